CREATE TABLE "invitations" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"person" text COLLATE "C",
	"place" text COLLATE "C" NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"used_at" bigint,
	"cancelled_at" bigint,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "withdrawn_by" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "budgets" ADD COLUMN "withdrawn_at" bigint;
--> statement-breakpoint
ALTER TABLE "places" ADD COLUMN "division" text COLLATE "C";
--> statement-breakpoint
CREATE INDEX "invitations_place" ON "invitations" USING btree ("place","id");
--> statement-breakpoint
CREATE INDEX "invitations_person" ON "invitations" USING btree ("person","id");
--> statement-breakpoint
CREATE INDEX "budgets_waiting" ON "budgets" USING btree ("fund","id") WHERE "budgets"."transaction" is null and "budgets"."withdrawn_at" is null;
--> statement-breakpoint
CREATE INDEX "export_batches_estate" ON "export_batches" USING btree ("estate","id");
