CREATE OR REPLACE FUNCTION "linli_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'linli: % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TABLE "fund_pairings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"statement" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"theirs" text COLLATE "C" NOT NULL,
	"ours_rows" bigint NOT NULL,
	"ours_fen" bigint NOT NULL,
	"theirs_fen" bigint NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "fund_pairings_ours_fen_safe" CHECK ("fund_pairings"."ours_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "fund_pairings_theirs_fen_safe" CHECK ("fund_pairings"."theirs_fen" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TRIGGER "fund_pairings_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "fund_pairings"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "fund_pairings" ENABLE ALWAYS TRIGGER "fund_pairings_append_only";
--> statement-breakpoint
CREATE TABLE "fund_pairing_rows" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"pairing" text COLLATE "C" NOT NULL,
	"difference" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER "fund_pairing_rows_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "fund_pairing_rows"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "fund_pairing_rows" ENABLE ALWAYS TRIGGER "fund_pairing_rows_append_only";
--> statement-breakpoint
CREATE TABLE "fund_pairing_splits" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"pairing" text COLLATE "C" NOT NULL,
	"by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER "fund_pairing_splits_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "fund_pairing_splits"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "fund_pairing_splits" ENABLE ALWAYS TRIGGER "fund_pairing_splits_append_only";
--> statement-breakpoint
CREATE TABLE "attachment_contents" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"bytes" "bytea" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER "attachment_contents_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "attachment_contents"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "attachment_contents" ENABLE ALWAYS TRIGGER "attachment_contents_append_only";
--> statement-breakpoint
CREATE TABLE "attachments" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"thing" text COLLATE "C" NOT NULL,
	"thing_id" text COLLATE "C" NOT NULL,
	"content" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"type" text COLLATE "C" NOT NULL,
	"size" bigint NOT NULL,
	"added_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER "attachments_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "attachments"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "attachments" ENABLE ALWAYS TRIGGER "attachments_append_only";
--> statement-breakpoint
CREATE TABLE "attachment_withdrawals" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"attachment" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"withdrawn_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER "attachment_withdrawals_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "attachment_withdrawals"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "attachment_withdrawals" ENABLE ALWAYS TRIGGER "attachment_withdrawals_append_only";
--> statement-breakpoint
DROP INDEX "bills_house_period";
--> statement-breakpoint
DROP INDEX "bills_amount";
--> statement-breakpoint
DROP INDEX "write_offs_break";
--> statement-breakpoint
ALTER TABLE "breaks" ADD COLUMN "reversal_asked" bigint;
--> statement-breakpoint
ALTER TABLE "write_offs" ADD COLUMN "nth" bigint DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "write_offs" ADD COLUMN "reverses" text COLLATE "C";
--> statement-breakpoint
CREATE UNIQUE INDEX "fund_pairings_number" ON "fund_pairings" USING btree ("statement","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "fund_pairing_rows_identity" ON "fund_pairing_rows" USING btree ("pairing","difference");
--> statement-breakpoint
CREATE INDEX "fund_pairing_rows_difference" ON "fund_pairing_rows" USING btree ("difference");
--> statement-breakpoint
CREATE UNIQUE INDEX "fund_pairing_splits_pairing" ON "fund_pairing_splits" USING btree ("pairing");
--> statement-breakpoint
CREATE INDEX "attachments_thing" ON "attachments" USING btree ("thing","thing_id","id");
--> statement-breakpoint
CREATE INDEX "attachments_place" ON "attachments" USING btree ("place","created_at","size");
--> statement-breakpoint
CREATE UNIQUE INDEX "attachment_withdrawals_attachment" ON "attachment_withdrawals" USING btree ("attachment");
--> statement-breakpoint
CREATE INDEX "bills_due" ON "bills" USING btree ("estate",(case when "due_in" is null then "period" else "due_in" end),"id");
--> statement-breakpoint
CREATE INDEX "bills_house_due" ON "bills" USING btree ("house",(case when "due_in" is null then "period" else "due_in" end),"item","issue");
--> statement-breakpoint
CREATE INDEX "breaks_reversal_asked" ON "breaks" USING btree ("estate","reversal_asked");
--> statement-breakpoint
CREATE UNIQUE INDEX "write_offs_reverses" ON "write_offs" USING btree ("reverses");
--> statement-breakpoint
CREATE INDEX "bills_amount" ON "bills" USING btree ("estate",(case when "due_in" is null then "period" else "due_in" end),"amount_fen","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "write_offs_break" ON "write_offs" USING btree ("break_id","nth");
