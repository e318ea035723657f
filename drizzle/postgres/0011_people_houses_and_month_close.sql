CREATE OR REPLACE FUNCTION "linli_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'linli: % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TABLE "estate_firms" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"estate" text COLLATE "C" NOT NULL,
	"firm" text COLLATE "C" NOT NULL,
	"since" text COLLATE "C" NOT NULL,
	"until" text COLLATE "C",
	"reason" text COLLATE "C" NOT NULL,
	"named_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fee_mappings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"firm" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"header" text COLLATE "C" NOT NULL,
	"columns" text COLLATE "C" NOT NULL,
	"saved_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "house_names" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"estate" text COLLATE "C" NOT NULL,
	"written" text COLLATE "C" NOT NULL,
	"house" text COLLATE "C" NOT NULL,
	"decided_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offsets_taken_back" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"batch" text COLLATE "C" NOT NULL,
	"offset_id" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "export_layouts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"firm" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "month_statements" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"closure" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"edition" bigint NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"read_through" bigint NOT NULL,
	"closed_transaction" bigint,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER "month_statements_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "month_statements"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "month_statements" ENABLE ALWAYS TRIGGER "month_statements_append_only";
--> statement-breakpoint
CREATE TABLE "firm_accounts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"firm" text COLLATE "C" NOT NULL,
	"accounts" text COLLATE "C" NOT NULL,
	"changed_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER "firm_accounts_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "firm_accounts"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "firm_accounts" ENABLE ALWAYS TRIGGER "firm_accounts_append_only";
--> statement-breakpoint
ALTER TABLE "export_batches" ADD COLUMN "sent" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "export_batches" ADD COLUMN "acknowledged" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "export_batches" ADD COLUMN "asked_back" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "export_batches" ADD COLUMN "taken_back" text COLLATE "C";
--> statement-breakpoint
CREATE UNIQUE INDEX "estate_firms_estate" ON "estate_firms" USING btree ("estate","since");
--> statement-breakpoint
CREATE INDEX "estate_firms_firm" ON "estate_firms" USING btree ("firm","estate");
--> statement-breakpoint
CREATE UNIQUE INDEX "fee_mappings_name" ON "fee_mappings" USING btree ("firm","name");
--> statement-breakpoint
CREATE INDEX "fee_mappings_firm" ON "fee_mappings" USING btree ("firm","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "house_names_written" ON "house_names" USING btree ("estate","written");
--> statement-breakpoint
CREATE INDEX "house_names_estate" ON "house_names" USING btree ("estate","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "offsets_taken_back_identity" ON "offsets_taken_back" USING btree ("batch","offset_id");
--> statement-breakpoint
CREATE UNIQUE INDEX "export_layouts_number" ON "export_layouts" USING btree ("firm","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "month_statements_edition" ON "month_statements" USING btree ("place","month","edition");
--> statement-breakpoint
CREATE UNIQUE INDEX "month_statements_closure" ON "month_statements" USING btree ("closure");
--> statement-breakpoint
CREATE INDEX "month_statements_closed" ON "month_statements" USING btree ("closed_transaction");
--> statement-breakpoint
CREATE UNIQUE INDEX "firm_accounts_version" ON "firm_accounts" USING btree ("firm","version");
--> statement-breakpoint
CREATE INDEX "people_name" ON "people" USING btree ("name");
--> statement-breakpoint
CREATE INDEX "offsets_batch" ON "offsets" USING btree ("export_batch","state");
--> statement-breakpoint
CREATE INDEX "breaks_most" ON "breaks" USING btree ("estate","state",abs("difference_fen"),"id");
