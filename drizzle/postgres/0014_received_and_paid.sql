ALTER TABLE "bills" ADD COLUMN "paid_was" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "settlement_payments" ADD COLUMN "payee" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "settlement_payments" ADD COLUMN "transfer" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "settlement_payments" ADD COLUMN "transfer_fen" bigint;
--> statement-breakpoint
ALTER TABLE "settlement_payments" ADD COLUMN "receipt" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "settlement_payments" ADD COLUMN "receipt_by" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "settlement_payments" ADD COLUMN "receipt_at" bigint;
--> statement-breakpoint
ALTER TABLE "settlement_payments" ADD COLUMN "receipt_said" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "settlement_payments" ADD COLUMN "receipt_transaction" bigint;
--> statement-breakpoint
CREATE INDEX "settlement_payments_transfer" ON "settlement_payments" USING btree ("payer_place","transfer");
--> statement-breakpoint
CREATE INDEX "settlement_payments_receipt" ON "settlement_payments" USING btree ("payee","receipt","state","id");
--> statement-breakpoint
CREATE INDEX "settlement_payments_disputed" ON "settlement_payments" USING btree ("payer_place","receipt","state","id");
--> statement-breakpoint
CREATE INDEX "settlement_payments_received" ON "settlement_payments" USING btree ("receipt_transaction");
--> statement-breakpoint
ALTER TABLE "settlement_payments" ADD CONSTRAINT "settlement_payments_transfer_fen_safe" CHECK ("settlement_payments"."transfer_fen" between -9007199254740991 and 9007199254740991);
--> statement-breakpoint
UPDATE settlement_payments SET payee = (SELECT s.payee FROM settlements s WHERE s.id = settlement_payments.settlement), transfer = upper(replace(replace(reference, ' ', ''), '-', '')), receipt = 'waiting';
