CREATE OR REPLACE FUNCTION "linli_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'linli: % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TABLE "firm_changes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"firm" text COLLATE "C" NOT NULL,
	"estate" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"before" text COLLATE "C",
	"after" text COLLATE "C",
	"follows" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"asked_by" text COLLATE "C" NOT NULL,
	"ended_by" text COLLATE "C",
	"ended_at" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "firm_changes_state_known" CHECK ("firm_changes"."state" in ('waiting', 'approved', 'withdrawn')),
	CONSTRAINT "firm_changes_kind_known" CHECK ("firm_changes"."kind" in ('layout', 'accounts', 'mapping'))
);
--> statement-breakpoint
CREATE TABLE "pool_consents" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"house" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"residency" text COLLATE "C" NOT NULL,
	"since" text COLLATE "C" NOT NULL,
	"until" text COLLATE "C",
	"given_by" text COLLATE "C" NOT NULL,
	"ended_at" bigint,
	"ended_by" text COLLATE "C",
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offset_parts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"offset_id" text COLLATE "C" NOT NULL,
	"nth" bigint NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"hold" text COLLATE "C" NOT NULL,
	"points" text COLLATE "C" NOT NULL,
	"value_fen" bigint NOT NULL,
	"hold_transaction" bigint,
	"settled_transaction" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "offset_parts_value_fen_safe" CHECK ("offset_parts"."value_fen" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "counted_offsets" (
	"book" bigint PRIMARY KEY NOT NULL,
	"transaction" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offset_sums" (
	"estate" text COLLATE "C" NOT NULL,
	"redeemer" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"item" text COLLATE "C" NOT NULL,
	"count" bigint NOT NULL,
	"value_fen" bigint NOT NULL,
	CONSTRAINT "offset_sums_pk" PRIMARY KEY("estate","month","redeemer","item"),
	CONSTRAINT "offset_sums_value_fen_safe" CHECK ("offset_sums"."value_fen" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "offset_fund_sums" (
	"estate" text COLLATE "C" NOT NULL,
	"redeemer" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"fund" text COLLATE "C" NOT NULL,
	"count" bigint NOT NULL,
	"points" bigint NOT NULL,
	"micro" bigint NOT NULL,
	CONSTRAINT "offset_fund_sums_pk" PRIMARY KEY("estate","month","redeemer","fund"),
	CONSTRAINT "offset_fund_sums_points_safe" CHECK ("offset_fund_sums"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "offset_fund_sums_micro_safe" CHECK ("offset_fund_sums"."micro" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "break_events" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"break_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"actor" text COLLATE "C" NOT NULL,
	"comment" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER "break_events_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "break_events"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "break_events" ENABLE ALWAYS TRIGGER "break_events_append_only";
--> statement-breakpoint
CREATE TABLE "write_offs" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"break_id" text COLLATE "C" NOT NULL,
	"estate" text COLLATE "C" NOT NULL,
	"firm" text COLLATE "C" NOT NULL,
	"item" text COLLATE "C" NOT NULL,
	"amount_fen" bigint NOT NULL,
	"asked_by" text COLLATE "C" NOT NULL,
	"approved_by" text COLLATE "C" NOT NULL,
	"comment" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"transaction" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "write_offs_amount_fen_safe" CHECK ("write_offs"."amount_fen" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TRIGGER "write_offs_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "write_offs"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "write_offs" ENABLE ALWAYS TRIGGER "write_offs_append_only";
--> statement-breakpoint
CREATE TABLE "funder_statements" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"fund" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"file_name" text COLLATE "C" NOT NULL,
	"file_hash" text COLLATE "C" NOT NULL,
	"rows" bigint NOT NULL,
	"rejected" bigint NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"matched" bigint NOT NULL,
	"differences" bigint NOT NULL,
	"ours_fen" bigint NOT NULL,
	"theirs_fen" bigint,
	"taken_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "funder_statements_ours_fen_safe" CHECK ("funder_statements"."ours_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "funder_statements_theirs_fen_safe" CHECK ("funder_statements"."theirs_fen" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TRIGGER "funder_statements_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "funder_statements"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "funder_statements" ENABLE ALWAYS TRIGGER "funder_statements_append_only";
--> statement-breakpoint
CREATE TABLE "funder_statement_rows" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"statement" text COLLATE "C" NOT NULL,
	"row_number" bigint NOT NULL,
	"party" text COLLATE "C" NOT NULL,
	"party_text" text COLLATE "C" NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"period" text COLLATE "C" NOT NULL,
	"opening_fen" bigint,
	"points" bigint,
	"accepted_fen" bigint,
	"reversed_fen" bigint,
	"paid_fen" bigint,
	"closing_fen" bigint,
	CONSTRAINT "funder_statement_rows_opening_fen_safe" CHECK ("funder_statement_rows"."opening_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "funder_statement_rows_points_safe" CHECK ("funder_statement_rows"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "funder_statement_rows_accepted_fen_safe" CHECK ("funder_statement_rows"."accepted_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "funder_statement_rows_reversed_fen_safe" CHECK ("funder_statement_rows"."reversed_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "funder_statement_rows_paid_fen_safe" CHECK ("funder_statement_rows"."paid_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "funder_statement_rows_closing_fen_safe" CHECK ("funder_statement_rows"."closing_fen" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TRIGGER "funder_statement_rows_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "funder_statement_rows"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "funder_statement_rows" ENABLE ALWAYS TRIGGER "funder_statement_rows_append_only";
--> statement-breakpoint
CREATE TABLE "fund_differences" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"statement" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"field" text COLLATE "C",
	"party" text COLLATE "C" NOT NULL,
	"party_text" text COLLATE "C" NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"row_number" bigint,
	"ours" bigint,
	"theirs" bigint,
	"tie" boolean NOT NULL,
	CONSTRAINT "fund_differences_ours_safe" CHECK ("fund_differences"."ours" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "fund_differences_theirs_safe" CHECK ("fund_differences"."theirs" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "fund_differences_kind_known" CHECK ("fund_differences"."kind" in ('missing-there', 'missing-here', 'amount', 'wrong-period', 'wrong-party', 'duplicate'))
);
--> statement-breakpoint
CREATE TRIGGER "fund_differences_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "fund_differences"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "fund_differences" ENABLE ALWAYS TRIGGER "fund_differences_append_only";
--> statement-breakpoint
CREATE TABLE "fund_agreements" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"statement" text COLLATE "C" NOT NULL,
	"side" text COLLATE "C" NOT NULL,
	"by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"remark" text COLLATE "C" NOT NULL,
	"agreed_transaction" bigint,
	CONSTRAINT "fund_agreements_side_known" CHECK ("fund_agreements"."side" in ('funder', 'staff'))
);
--> statement-breakpoint
CREATE TRIGGER "fund_agreements_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "fund_agreements"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "fund_agreements" ENABLE ALWAYS TRIGGER "fund_agreements_append_only";
--> statement-breakpoint
ALTER TABLE "bills" ADD COLUMN "period_to" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "bills" ADD COLUMN "due_in" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "offsets" ADD COLUMN "bill_months" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "breaks" ADD COLUMN "owner" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "breaks" ADD COLUMN "carried_to" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "breaks" ADD COLUMN "resolved_at" bigint;
--> statement-breakpoint
CREATE UNIQUE INDEX "firm_changes_waiting" ON "firm_changes" USING btree ("firm","kind","name") WHERE "firm_changes"."state" = 'waiting';
--> statement-breakpoint
CREATE INDEX "firm_changes_firm" ON "firm_changes" USING btree ("firm","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "pool_consents_standing" ON "pool_consents" USING btree ("house","person") WHERE "pool_consents"."ended_at" is null;
--> statement-breakpoint
CREATE INDEX "pool_consents_person" ON "pool_consents" USING btree ("person","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "offset_parts_identity" ON "offset_parts" USING btree ("offset_id","nth");
--> statement-breakpoint
CREATE INDEX "offset_parts_member" ON "offset_parts" USING btree ("member","offset_id");
--> statement-breakpoint
CREATE INDEX "offset_parts_hold" ON "offset_parts" USING btree ("hold_transaction");
--> statement-breakpoint
CREATE INDEX "offset_parts_settled" ON "offset_parts" USING btree ("settled_transaction");
--> statement-breakpoint
CREATE INDEX "offset_sums_redeemer" ON "offset_sums" USING btree ("redeemer","month");
--> statement-breakpoint
CREATE INDEX "offset_fund_sums_redeemer" ON "offset_fund_sums" USING btree ("redeemer","month");
--> statement-breakpoint
CREATE INDEX "break_events_break" ON "break_events" USING btree ("break_id","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "write_offs_break" ON "write_offs" USING btree ("break_id");
--> statement-breakpoint
CREATE INDEX "write_offs_transaction" ON "write_offs" USING btree ("transaction");
--> statement-breakpoint
CREATE INDEX "write_offs_estate" ON "write_offs" USING btree ("estate","transaction");
--> statement-breakpoint
CREATE UNIQUE INDEX "funder_statements_number" ON "funder_statements" USING btree ("fund","month","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "funder_statement_rows_identity" ON "funder_statement_rows" USING btree ("statement","row_number");
--> statement-breakpoint
CREATE INDEX "fund_differences_statement" ON "fund_differences" USING btree ("statement","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "fund_agreements_side" ON "fund_agreements" USING btree ("statement","side");
--> statement-breakpoint
CREATE INDEX "fund_agreements_agreed" ON "fund_agreements" USING btree ("agreed_transaction");
--> statement-breakpoint
CREATE INDEX "bills_several" ON "bills" USING btree ("estate","period_to") WHERE "bills"."period_to" is not null;
--> statement-breakpoint
CREATE INDEX "breaks_kind" ON "breaks" USING btree ("estate","state","kind","id");
--> statement-breakpoint
CREATE INDEX "breaks_offset" ON "breaks" USING btree ("offset","state");
--> statement-breakpoint
CREATE INDEX "breaks_owner" ON "breaks" USING btree ("owner");
