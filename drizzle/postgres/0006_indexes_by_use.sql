DROP INDEX "purchases_member";
--> statement-breakpoint
DROP INDEX "redemptions_member";
--> statement-breakpoint
DROP INDEX "purchases_taken_back";
--> statement-breakpoint
DROP INDEX "redemptions_undone";
--> statement-breakpoint
DROP INDEX "closures_place";
--> statement-breakpoint
CREATE INDEX "transactions_late" ON "transactions" USING btree ("book","id") WHERE "transactions"."effective_at" < "transactions"."booked_at";
--> statement-breakpoint
CREATE INDEX "roles_given" ON "roles" USING btree ("place","id");
--> statement-breakpoint
CREATE INDEX "purchases_taken_back" ON "purchases" USING btree ("taken_back_transaction") WHERE "purchases"."taken_back_transaction" is not null;
--> statement-breakpoint
CREATE INDEX "redemptions_undone" ON "redemptions" USING btree ("undone_transaction") WHERE "redemptions"."undone_transaction" is not null;
--> statement-breakpoint
CREATE INDEX "closures_place" ON "closures" USING btree ("place","id");
--> statement-breakpoint
ALTER TABLE "keys" DROP CONSTRAINT "keys_pk";
--> statement-breakpoint
ALTER TABLE "keys" ADD CONSTRAINT "keys_pk" PRIMARY KEY("book","key","scope");
