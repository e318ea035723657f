ALTER TABLE "services" DROP CONSTRAINT "services_state_known";
--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "voided_by" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "voided_reason" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "voided_transaction" bigint;
--> statement-breakpoint
CREATE INDEX "services_voided" ON "services" USING btree ("voided_transaction");
--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_state_known" CHECK ("services"."state" in ('waiting', 'released', 'rejected', 'no-points', 'voided'));
