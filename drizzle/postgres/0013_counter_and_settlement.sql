CREATE OR REPLACE FUNCTION "linli_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'linli: % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TABLE "goods" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"category" text COLLATE "C" NOT NULL,
	"description" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"low_at" bigint,
	"limit_quantity" bigint,
	"limit_period" text COLLATE "C",
	"limit_of" text COLLATE "C",
	"keep_days" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "goods_low_at_safe" CHECK ("goods"."low_at" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "goods_limit_quantity_safe" CHECK ("goods"."limit_quantity" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "goods_prices" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"goods" text COLLATE "C" NOT NULL,
	"points" bigint NOT NULL,
	"yuan_fen" bigint NOT NULL,
	"valid_from" bigint NOT NULL,
	"set_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "goods_prices_points_safe" CHECK ("goods_prices"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "goods_prices_yuan_fen_safe" CHECK ("goods_prices"."yuan_fen" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TRIGGER "goods_prices_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "goods_prices"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "goods_prices" ENABLE ALWAYS TRIGGER "goods_prices_append_only";
--> statement-breakpoint
CREATE TABLE "sold_lines" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"sale" text COLLATE "C" NOT NULL,
	"goods" text COLLATE "C" NOT NULL,
	"price" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"points" bigint NOT NULL,
	"yuan_fen" bigint NOT NULL,
	"quantity" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"limit_key" text COLLATE "C",
	CONSTRAINT "sold_lines_points_safe" CHECK ("sold_lines"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "sold_lines_yuan_fen_safe" CHECK ("sold_lines"."yuan_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "sold_lines_quantity_safe" CHECK ("sold_lines"."quantity" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TRIGGER "sold_lines_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "sold_lines"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "sold_lines" ENABLE ALWAYS TRIGGER "sold_lines_append_only";
--> statement-breakpoint
CREATE TABLE "stock_movements" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"goods" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"free" bigint NOT NULL,
	"kept" bigint NOT NULL,
	"free_after" bigint NOT NULL,
	"kept_after" bigint NOT NULL,
	"unit_id" text COLLATE "C" NOT NULL,
	"transaction" bigint,
	"about" text COLLATE "C",
	"reason" text COLLATE "C" NOT NULL,
	"by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "stock_movements_free_safe" CHECK ("stock_movements"."free" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "stock_movements_kept_safe" CHECK ("stock_movements"."kept" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "stock_movements_free_after_safe" CHECK ("stock_movements"."free_after" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "stock_movements_kept_after_safe" CHECK ("stock_movements"."kept_after" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TRIGGER "stock_movements_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "stock_movements"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "stock_movements" ENABLE ALWAYS TRIGGER "stock_movements_append_only";
--> statement-breakpoint
CREATE TABLE "stocktakings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"note" text COLLATE "C" NOT NULL,
	"counted_by" text COLLATE "C" NOT NULL,
	"decided_by" text COLLATE "C",
	"reason" text COLLATE "C",
	"transaction" bigint,
	"created_at" bigint NOT NULL,
	"decided_at" bigint,
	CONSTRAINT "stocktakings_state_known" CHECK ("stocktakings"."state" in ('counted', 'confirmed', 'dropped'))
);
--> statement-breakpoint
CREATE TABLE "stocktaking_counts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"stocktaking" text COLLATE "C" NOT NULL,
	"goods" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"expected" bigint NOT NULL,
	"counted" bigint NOT NULL,
	CONSTRAINT "stocktaking_counts_expected_safe" CHECK ("stocktaking_counts"."expected" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "stocktaking_counts_counted_safe" CHECK ("stocktaking_counts"."counted" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TRIGGER "stocktaking_counts_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "stocktaking_counts"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "stocktaking_counts" ENABLE ALWAYS TRIGGER "stocktaking_counts_append_only";
--> statement-breakpoint
CREATE TABLE "orders" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"points" bigint NOT NULL,
	"points_taken" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"digits_hash" text COLLATE "C" NOT NULL,
	"taken_key" text COLLATE "C",
	"proposal" text COLLATE "C",
	"ends_at" bigint NOT NULL,
	"hold_transaction" bigint,
	"settled_transaction" bigint,
	"settled_by" text COLLATE "C",
	"settled_at" bigint,
	"reason" text COLLATE "C",
	"acted_by" text COLLATE "C",
	"created_at" bigint NOT NULL,
	CONSTRAINT "orders_points_safe" CHECK ("orders"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "orders_points_taken_safe" CHECK ("orders"."points_taken" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "orders_state_known" CHECK ("orders"."state" in ('placed', 'collected', 'cancelled', 'expired'))
);
--> statement-breakpoint
CREATE TABLE "order_lines" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"of_order" text COLLATE "C" NOT NULL,
	"goods" text COLLATE "C" NOT NULL,
	"price" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"points" bigint NOT NULL,
	"yuan_fen" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"limit_key" text COLLATE "C",
	"quantity" bigint NOT NULL,
	"taken" bigint NOT NULL,
	"released" bigint NOT NULL,
	"instead_of" text COLLATE "C",
	CONSTRAINT "order_lines_points_safe" CHECK ("order_lines"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "order_lines_yuan_fen_safe" CHECK ("order_lines"."yuan_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "order_lines_quantity_safe" CHECK ("order_lines"."quantity" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "order_lines_taken_safe" CHECK ("order_lines"."taken" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "order_lines_released_safe" CHECK ("order_lines"."released" between -9007199254740991 and 9007199254740991)
);
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
CREATE TABLE "settlements" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"book" bigint NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"payer" text COLLATE "C" NOT NULL,
	"payer_place" text COLLATE "C" NOT NULL,
	"payee" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"since" text COLLATE "C" NOT NULL,
	"after_entry" bigint NOT NULL,
	"through_entry" bigint NOT NULL,
	"carried_in_micro" bigint NOT NULL,
	"taken_micro" bigint NOT NULL,
	"returned_micro" bigint NOT NULL,
	"conceded_micro" bigint NOT NULL,
	"net_fen" bigint NOT NULL,
	"carried_out_micro" bigint NOT NULL,
	"made_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"made_transaction" bigint,
	"state" text COLLATE "C" NOT NULL,
	"paid_fen" bigint NOT NULL,
	"confirmed_by" text COLLATE "C",
	"confirmed_at" bigint,
	"confirmed_transaction" bigint,
	"agreed_by" text COLLATE "C",
	"agreed_at" bigint,
	"agreed_transaction" bigint,
	CONSTRAINT "settlements_after_entry_safe" CHECK ("settlements"."after_entry" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_through_entry_safe" CHECK ("settlements"."through_entry" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_carried_in_micro_safe" CHECK ("settlements"."carried_in_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_taken_micro_safe" CHECK ("settlements"."taken_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_returned_micro_safe" CHECK ("settlements"."returned_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_conceded_micro_safe" CHECK ("settlements"."conceded_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_net_fen_safe" CHECK ("settlements"."net_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_carried_out_micro_safe" CHECK ("settlements"."carried_out_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_paid_fen_safe" CHECK ("settlements"."paid_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_state_known" CHECK ("settlements"."state" in ('draft', 'objected', 'confirmed', 'agreed', 'paid')),
	CONSTRAINT "settlements_paid" CHECK ("settlements"."paid_fen" between 0 and "settlements"."net_fen")
);
--> statement-breakpoint
CREATE TABLE "settlement_lines" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"settlement" text COLLATE "C" NOT NULL,
	"fund" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"redeemer" text COLLATE "C" NOT NULL,
	"rate_micro" bigint NOT NULL,
	"factor" bigint NOT NULL,
	"taken_points" bigint NOT NULL,
	"taken_micro" bigint NOT NULL,
	"returned_points" bigint NOT NULL,
	"returned_micro" bigint NOT NULL,
	CONSTRAINT "settlement_lines_rate_micro_safe" CHECK ("settlement_lines"."rate_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlement_lines_taken_points_safe" CHECK ("settlement_lines"."taken_points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlement_lines_taken_micro_safe" CHECK ("settlement_lines"."taken_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlement_lines_returned_points_safe" CHECK ("settlement_lines"."returned_points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlement_lines_returned_micro_safe" CHECK ("settlement_lines"."returned_micro" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TRIGGER "settlement_lines_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "settlement_lines"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "settlement_lines" ENABLE ALWAYS TRIGGER "settlement_lines_append_only";
--> statement-breakpoint
CREATE TABLE "settlement_remarks" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"settlement" text COLLATE "C" NOT NULL,
	"side" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"said" text COLLATE "C" NOT NULL,
	"by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"said_transaction" bigint,
	CONSTRAINT "settlement_remarks_side_known" CHECK ("settlement_remarks"."side" in ('payee', 'payer')),
	CONSTRAINT "settlement_remarks_kind_known" CHECK ("settlement_remarks"."kind" in ('objection', 'answer'))
);
--> statement-breakpoint
CREATE TRIGGER "settlement_remarks_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "settlement_remarks"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "settlement_remarks" ENABLE ALWAYS TRIGGER "settlement_remarks_append_only";
--> statement-breakpoint
CREATE TABLE "settlement_payments" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"settlement" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"payer_place" text COLLATE "C" NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"amount_fen" bigint NOT NULL,
	"reference" text COLLATE "C" NOT NULL,
	"paid_on" text COLLATE "C" NOT NULL,
	"paid_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"paid_transaction" bigint,
	"state" text COLLATE "C" NOT NULL,
	"asked_by" text COLLATE "C",
	"asked_at" bigint,
	"asked_reason" text COLLATE "C",
	"taken_back_by" text COLLATE "C",
	"taken_back_at" bigint,
	"taken_back_transaction" bigint,
	CONSTRAINT "settlement_payments_amount_fen_safe" CHECK ("settlement_payments"."amount_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlement_payments_state_known" CHECK ("settlement_payments"."state" in ('paid', 'asked-back', 'taken-back')),
	CONSTRAINT "settlement_payments_amount" CHECK ("settlement_payments"."amount_fen" > 0)
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"url" text COLLATE "C" NOT NULL,
	"events" text COLLATE "C" NOT NULL,
	"secret" text COLLATE "C" NOT NULL,
	"old_secret" text COLLATE "C",
	"old_secret_until" bigint,
	"state" text COLLATE "C" NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "webhooks_state_known" CHECK ("webhooks"."state" in ('on', 'off'))
);
--> statement-breakpoint
CREATE TABLE "webhook_messages" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"webhook" text COLLATE "C" NOT NULL,
	"event" text COLLATE "C" NOT NULL,
	"thing" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"tries" bigint NOT NULL,
	"attempts" text COLLATE "C" NOT NULL,
	"due_at" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "webhook_messages_state_known" CHECK ("webhook_messages"."state" in ('due', 'sending', 'delivered', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "offsets" DROP CONSTRAINT "offsets_state_known";
--> statement-breakpoint
DROP INDEX "bills_house_period";
--> statement-breakpoint
DROP INDEX "bills_amount";
--> statement-breakpoint
DROP INDEX "write_offs_break";
--> statement-breakpoint
ALTER TABLE "redemptions" ADD COLUMN "yuan_fen" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "redemptions" ADD COLUMN "of_order" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "redemptions" ADD COLUMN "by_proxy" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "exposure_fen" bigint;
--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "over_exposure" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "period" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "offsets" ADD COLUMN "household_since" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "offsets" ADD COLUMN "reversed_transaction" bigint;
--> statement-breakpoint
ALTER TABLE "offset_parts" ADD COLUMN "reversed_transaction" bigint;
--> statement-breakpoint
ALTER TABLE "breaks" ADD COLUMN "reversal_asked" bigint;
--> statement-breakpoint
ALTER TABLE "write_offs" ADD COLUMN "nth" bigint DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "write_offs" ADD COLUMN "reverses" text COLLATE "C";
--> statement-breakpoint
CREATE INDEX "goods_place" ON "goods" USING btree ("place","id");
--> statement-breakpoint
CREATE INDEX "goods_name" ON "goods" USING btree ("place","name","id");
--> statement-breakpoint
CREATE INDEX "goods_on_sale" ON "goods" USING btree ("place","state","id");
--> statement-breakpoint
CREATE INDEX "goods_prices_goods" ON "goods_prices" USING btree ("goods","valid_from","id");
--> statement-breakpoint
CREATE INDEX "sold_lines_sale" ON "sold_lines" USING btree ("sale","id");
--> statement-breakpoint
CREATE INDEX "stock_movements_goods" ON "stock_movements" USING btree ("goods","id");
--> statement-breakpoint
CREATE INDEX "stock_movements_place" ON "stock_movements" USING btree ("place","id");
--> statement-breakpoint
CREATE INDEX "stock_movements_transaction" ON "stock_movements" USING btree ("transaction","id");
--> statement-breakpoint
CREATE INDEX "stock_movements_unit" ON "stock_movements" USING btree ("unit_id");
--> statement-breakpoint
CREATE INDEX "stocktakings_place" ON "stocktakings" USING btree ("place","id");
--> statement-breakpoint
CREATE INDEX "stocktaking_counts_of" ON "stocktaking_counts" USING btree ("stocktaking","id");
--> statement-breakpoint
CREATE INDEX "orders_member" ON "orders" USING btree ("member","id");
--> statement-breakpoint
CREATE INDEX "orders_place" ON "orders" USING btree ("place","state","id");
--> statement-breakpoint
CREATE INDEX "orders_token" ON "orders" USING btree ("token_hash","id");
--> statement-breakpoint
CREATE INDEX "orders_digits" ON "orders" USING btree ("place","digits_hash","id");
--> statement-breakpoint
CREATE INDEX "orders_due" ON "orders" USING btree ("ends_at","id") WHERE "orders"."state" = 'placed';
--> statement-breakpoint
CREATE INDEX "orders_hold" ON "orders" USING btree ("hold_transaction");
--> statement-breakpoint
CREATE INDEX "orders_settled" ON "orders" USING btree ("settled_transaction") WHERE "orders"."settled_transaction" is not null;
--> statement-breakpoint
CREATE INDEX "order_lines_of" ON "order_lines" USING btree ("of_order","id");
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
CREATE UNIQUE INDEX "settlements_month" ON "settlements" USING btree ("payee","payer","month");
--> statement-breakpoint
CREATE INDEX "settlements_payee" ON "settlements" USING btree ("payee","id");
--> statement-breakpoint
CREATE INDEX "settlements_payee_state" ON "settlements" USING btree ("payee","state","id");
--> statement-breakpoint
CREATE INDEX "settlements_payer" ON "settlements" USING btree ("payer_place","id");
--> statement-breakpoint
CREATE INDEX "settlements_payer_state" ON "settlements" USING btree ("payer_place","state","id");
--> statement-breakpoint
CREATE INDEX "settlements_made" ON "settlements" USING btree ("made_transaction");
--> statement-breakpoint
CREATE INDEX "settlements_confirmed" ON "settlements" USING btree ("confirmed_transaction");
--> statement-breakpoint
CREATE INDEX "settlements_agreed" ON "settlements" USING btree ("agreed_transaction");
--> statement-breakpoint
CREATE INDEX "settlement_lines_settlement" ON "settlement_lines" USING btree ("settlement","id");
--> statement-breakpoint
CREATE INDEX "settlement_remarks_settlement" ON "settlement_remarks" USING btree ("settlement","id");
--> statement-breakpoint
CREATE INDEX "settlement_remarks_said" ON "settlement_remarks" USING btree ("said_transaction");
--> statement-breakpoint
CREATE INDEX "settlement_payments_settlement" ON "settlement_payments" USING btree ("settlement","id");
--> statement-breakpoint
CREATE INDEX "settlement_payments_paid" ON "settlement_payments" USING btree ("paid_transaction");
--> statement-breakpoint
CREATE INDEX "settlement_payments_taken_back" ON "settlement_payments" USING btree ("taken_back_transaction");
--> statement-breakpoint
CREATE INDEX "settlement_payments_asked" ON "settlement_payments" USING btree ("payer_place","state","id");
--> statement-breakpoint
CREATE INDEX "webhooks_place" ON "webhooks" USING btree ("place","id");
--> statement-breakpoint
CREATE INDEX "webhook_messages_webhook" ON "webhook_messages" USING btree ("webhook","id");
--> statement-breakpoint
CREATE INDEX "webhook_messages_due" ON "webhook_messages" USING btree ("due_at","id") WHERE "webhook_messages"."due_at" is not null;
--> statement-breakpoint
CREATE INDEX "redemptions_order" ON "redemptions" USING btree ("of_order","id") WHERE "redemptions"."of_order" is not null;
--> statement-breakpoint
CREATE INDEX "bills_due" ON "bills" USING btree ("estate",(case when "due_in" is null then "period" else "due_in" end),"id");
--> statement-breakpoint
CREATE INDEX "bills_house_due" ON "bills" USING btree ("house",(case when "due_in" is null then "period" else "due_in" end),"item","issue","id");
--> statement-breakpoint
CREATE INDEX "offsets_reversed" ON "offsets" USING btree ("reversed_transaction");
--> statement-breakpoint
CREATE INDEX "offset_parts_reversed" ON "offset_parts" USING btree ("reversed_transaction");
--> statement-breakpoint
CREATE INDEX "breaks_reversal_asked" ON "breaks" USING btree ("estate","reversal_asked");
--> statement-breakpoint
CREATE UNIQUE INDEX "write_offs_reverses" ON "write_offs" USING btree ("reverses");
--> statement-breakpoint
CREATE INDEX "bills_amount" ON "bills" USING btree ("estate",(case when "due_in" is null then "period" else "due_in" end),"amount_fen","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "write_offs_break" ON "write_offs" USING btree ("break_id","nth");
--> statement-breakpoint
ALTER TABLE "redemptions" ADD CONSTRAINT "redemptions_yuan_fen_safe" CHECK ("redemptions"."yuan_fen" between -9007199254740991 and 9007199254740991);
--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_exposure_fen_safe" CHECK ("agreements"."exposure_fen" between -9007199254740991 and 9007199254740991);
--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_over_exposure_known" CHECK ("agreements"."over_exposure" in ('refuse', 'ask'));
--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_period_known" CHECK ("agreements"."period" in ('month', 'quarter', 'year'));
--> statement-breakpoint
ALTER TABLE "offsets" ADD CONSTRAINT "offsets_state_known" CHECK ("offsets"."state" in ('held', 'exported', 'posted', 'cancelled', 'returned', 'reversed'));
