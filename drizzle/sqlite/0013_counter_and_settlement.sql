CREATE TABLE `goods` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`name` text NOT NULL,
	`category` text NOT NULL,
	`description` text NOT NULL,
	`kind` text NOT NULL,
	`unit` text NOT NULL,
	`low_at` integer,
	`limit_quantity` integer,
	`limit_period` text,
	`limit_of` text,
	`keep_days` integer NOT NULL,
	`state` text NOT NULL,
	`made_by` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "goods_low_at_safe" CHECK("goods"."low_at" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "goods_limit_quantity_safe" CHECK("goods"."limit_quantity" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `goods_place` ON `goods` (`place`,`id`);
--> statement-breakpoint
CREATE INDEX `goods_name` ON `goods` (`place`,`name`,`id`);
--> statement-breakpoint
CREATE INDEX `goods_on_sale` ON `goods` (`place`,`state`,`id`);
--> statement-breakpoint
CREATE TABLE `goods_prices` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`goods` text NOT NULL,
	`points` integer NOT NULL,
	`yuan_fen` integer NOT NULL,
	`valid_from` integer NOT NULL,
	`set_by` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "goods_prices_points_safe" CHECK("goods_prices"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "goods_prices_yuan_fen_safe" CHECK("goods_prices"."yuan_fen" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `goods_prices_no_update` BEFORE UPDATE ON `goods_prices`
BEGIN
	SELECT RAISE(ABORT, 'linli: goods_prices is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `goods_prices_no_delete` BEFORE DELETE ON `goods_prices`
BEGIN
	SELECT RAISE(ABORT, 'linli: goods_prices is append-only');
END;
--> statement-breakpoint
CREATE INDEX `goods_prices_goods` ON `goods_prices` (`goods`,`valid_from`,`id`);
--> statement-breakpoint
CREATE TABLE `sold_lines` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`sale` text NOT NULL,
	`goods` text NOT NULL,
	`price` text NOT NULL,
	`name` text NOT NULL,
	`points` integer NOT NULL,
	`yuan_fen` integer NOT NULL,
	`quantity` integer NOT NULL,
	`kind` text NOT NULL,
	`limit_key` text,
	CONSTRAINT "sold_lines_points_safe" CHECK("sold_lines"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "sold_lines_yuan_fen_safe" CHECK("sold_lines"."yuan_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "sold_lines_quantity_safe" CHECK("sold_lines"."quantity" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `sold_lines_no_update` BEFORE UPDATE ON `sold_lines`
BEGIN
	SELECT RAISE(ABORT, 'linli: sold_lines is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `sold_lines_no_delete` BEFORE DELETE ON `sold_lines`
BEGIN
	SELECT RAISE(ABORT, 'linli: sold_lines is append-only');
END;
--> statement-breakpoint
CREATE INDEX `sold_lines_sale` ON `sold_lines` (`sale`,`id`);
--> statement-breakpoint
CREATE TABLE `stock_movements` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`goods` text NOT NULL,
	`kind` text NOT NULL,
	`free` integer NOT NULL,
	`kept` integer NOT NULL,
	`free_after` integer NOT NULL,
	`kept_after` integer NOT NULL,
	`unit_id` text NOT NULL,
	`transaction` integer,
	`about` text,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "stock_movements_free_safe" CHECK("stock_movements"."free" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "stock_movements_kept_safe" CHECK("stock_movements"."kept" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "stock_movements_free_after_safe" CHECK("stock_movements"."free_after" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "stock_movements_kept_after_safe" CHECK("stock_movements"."kept_after" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `stock_movements_no_update` BEFORE UPDATE ON `stock_movements`
BEGIN
	SELECT RAISE(ABORT, 'linli: stock_movements is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `stock_movements_no_delete` BEFORE DELETE ON `stock_movements`
BEGIN
	SELECT RAISE(ABORT, 'linli: stock_movements is append-only');
END;
--> statement-breakpoint
CREATE INDEX `stock_movements_goods` ON `stock_movements` (`goods`,`id`);
--> statement-breakpoint
CREATE INDEX `stock_movements_place` ON `stock_movements` (`place`,`id`);
--> statement-breakpoint
CREATE INDEX `stock_movements_transaction` ON `stock_movements` (`transaction`,`id`);
--> statement-breakpoint
CREATE INDEX `stock_movements_unit` ON `stock_movements` (`unit_id`);
--> statement-breakpoint
CREATE TABLE `stocktakings` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`state` text NOT NULL,
	`note` text NOT NULL,
	`counted_by` text NOT NULL,
	`decided_by` text,
	`reason` text,
	`transaction` integer,
	`created_at` integer NOT NULL,
	`decided_at` integer,
	CONSTRAINT "stocktakings_state_known" CHECK("stocktakings"."state" in ('counted', 'confirmed', 'dropped'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `stocktakings_place` ON `stocktakings` (`place`,`id`);
--> statement-breakpoint
CREATE TABLE `stocktaking_counts` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`stocktaking` text NOT NULL,
	`goods` text NOT NULL,
	`name` text NOT NULL,
	`expected` integer NOT NULL,
	`counted` integer NOT NULL,
	CONSTRAINT "stocktaking_counts_expected_safe" CHECK("stocktaking_counts"."expected" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "stocktaking_counts_counted_safe" CHECK("stocktaking_counts"."counted" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `stocktaking_counts_no_update` BEFORE UPDATE ON `stocktaking_counts`
BEGIN
	SELECT RAISE(ABORT, 'linli: stocktaking_counts is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `stocktaking_counts_no_delete` BEFORE DELETE ON `stocktaking_counts`
BEGIN
	SELECT RAISE(ABORT, 'linli: stocktaking_counts is append-only');
END;
--> statement-breakpoint
CREATE INDEX `stocktaking_counts_of` ON `stocktaking_counts` (`stocktaking`,`id`);
--> statement-breakpoint
CREATE TABLE `orders` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`member` text NOT NULL,
	`unit` text NOT NULL,
	`points` integer NOT NULL,
	`points_taken` integer NOT NULL,
	`state` text NOT NULL,
	`token_hash` text NOT NULL,
	`digits_hash` text NOT NULL,
	`taken_key` text,
	`proposal` text,
	`ends_at` integer NOT NULL,
	`hold_transaction` integer,
	`settled_transaction` integer,
	`settled_by` text,
	`settled_at` integer,
	`reason` text,
	`acted_by` text,
	`created_at` integer NOT NULL,
	CONSTRAINT "orders_points_safe" CHECK("orders"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "orders_points_taken_safe" CHECK("orders"."points_taken" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "orders_state_known" CHECK("orders"."state" in ('placed', 'collected', 'cancelled', 'expired'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `orders_member` ON `orders` (`member`,`id`);
--> statement-breakpoint
CREATE INDEX `orders_place` ON `orders` (`place`,`state`,`id`);
--> statement-breakpoint
CREATE INDEX `orders_token` ON `orders` (`token_hash`,`id`);
--> statement-breakpoint
CREATE INDEX `orders_digits` ON `orders` (`place`,`digits_hash`,`id`);
--> statement-breakpoint
CREATE INDEX `orders_due` ON `orders` (`ends_at`,`id`) WHERE "orders"."state" = 'placed';
--> statement-breakpoint
CREATE INDEX `orders_hold` ON `orders` (`hold_transaction`);
--> statement-breakpoint
CREATE INDEX `orders_settled` ON `orders` (`settled_transaction`) WHERE "orders"."settled_transaction" is not null;
--> statement-breakpoint
CREATE TABLE `order_lines` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`of_order` text NOT NULL,
	`goods` text NOT NULL,
	`price` text NOT NULL,
	`name` text NOT NULL,
	`points` integer NOT NULL,
	`yuan_fen` integer NOT NULL,
	`kind` text NOT NULL,
	`limit_key` text,
	`quantity` integer NOT NULL,
	`taken` integer NOT NULL,
	`released` integer NOT NULL,
	`instead_of` text,
	CONSTRAINT "order_lines_points_safe" CHECK("order_lines"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "order_lines_yuan_fen_safe" CHECK("order_lines"."yuan_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "order_lines_quantity_safe" CHECK("order_lines"."quantity" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "order_lines_taken_safe" CHECK("order_lines"."taken" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "order_lines_released_safe" CHECK("order_lines"."released" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `order_lines_of` ON `order_lines` (`of_order`,`id`);
--> statement-breakpoint
CREATE TABLE `fund_pairings` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`statement` text NOT NULL,
	`number` integer NOT NULL,
	`theirs` text NOT NULL,
	`ours_rows` integer NOT NULL,
	`ours_fen` integer NOT NULL,
	`theirs_fen` integer NOT NULL,
	`reason` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	CONSTRAINT "fund_pairings_ours_fen_safe" CHECK("fund_pairings"."ours_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "fund_pairings_theirs_fen_safe" CHECK("fund_pairings"."theirs_fen" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `fund_pairings_no_update` BEFORE UPDATE ON `fund_pairings`
BEGIN
	SELECT RAISE(ABORT, 'linli: fund_pairings is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `fund_pairings_no_delete` BEFORE DELETE ON `fund_pairings`
BEGIN
	SELECT RAISE(ABORT, 'linli: fund_pairings is append-only');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `fund_pairings_number` ON `fund_pairings` (`statement`,`number`);
--> statement-breakpoint
CREATE TABLE `fund_pairing_rows` (
	`id` text PRIMARY KEY NOT NULL,
	`pairing` text NOT NULL,
	`difference` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `fund_pairing_rows_no_update` BEFORE UPDATE ON `fund_pairing_rows`
BEGIN
	SELECT RAISE(ABORT, 'linli: fund_pairing_rows is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `fund_pairing_rows_no_delete` BEFORE DELETE ON `fund_pairing_rows`
BEGIN
	SELECT RAISE(ABORT, 'linli: fund_pairing_rows is append-only');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `fund_pairing_rows_identity` ON `fund_pairing_rows` (`pairing`,`difference`);
--> statement-breakpoint
CREATE INDEX `fund_pairing_rows_difference` ON `fund_pairing_rows` (`difference`);
--> statement-breakpoint
CREATE TABLE `fund_pairing_splits` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`pairing` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `fund_pairing_splits_no_update` BEFORE UPDATE ON `fund_pairing_splits`
BEGIN
	SELECT RAISE(ABORT, 'linli: fund_pairing_splits is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `fund_pairing_splits_no_delete` BEFORE DELETE ON `fund_pairing_splits`
BEGIN
	SELECT RAISE(ABORT, 'linli: fund_pairing_splits is append-only');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `fund_pairing_splits_pairing` ON `fund_pairing_splits` (`pairing`);
--> statement-breakpoint
CREATE TABLE `attachment_contents` (
	`id` text PRIMARY KEY NOT NULL,
	`bytes` blob NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `attachment_contents_no_update` BEFORE UPDATE ON `attachment_contents`
BEGIN
	SELECT RAISE(ABORT, 'linli: attachment_contents is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `attachment_contents_no_delete` BEFORE DELETE ON `attachment_contents`
BEGIN
	SELECT RAISE(ABORT, 'linli: attachment_contents is append-only');
END;
--> statement-breakpoint
CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`thing` text NOT NULL,
	`thing_id` text NOT NULL,
	`content` text NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`size` integer NOT NULL,
	`added_by` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `attachments_no_update` BEFORE UPDATE ON `attachments`
BEGIN
	SELECT RAISE(ABORT, 'linli: attachments is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `attachments_no_delete` BEFORE DELETE ON `attachments`
BEGIN
	SELECT RAISE(ABORT, 'linli: attachments is append-only');
END;
--> statement-breakpoint
CREATE INDEX `attachments_thing` ON `attachments` (`thing`,`thing_id`,`id`);
--> statement-breakpoint
CREATE INDEX `attachments_place` ON `attachments` (`place`,`created_at`,`size`);
--> statement-breakpoint
CREATE TABLE `attachment_withdrawals` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`attachment` text NOT NULL,
	`reason` text NOT NULL,
	`withdrawn_by` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `attachment_withdrawals_no_update` BEFORE UPDATE ON `attachment_withdrawals`
BEGIN
	SELECT RAISE(ABORT, 'linli: attachment_withdrawals is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `attachment_withdrawals_no_delete` BEFORE DELETE ON `attachment_withdrawals`
BEGIN
	SELECT RAISE(ABORT, 'linli: attachment_withdrawals is append-only');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `attachment_withdrawals_attachment` ON `attachment_withdrawals` (`attachment`);
--> statement-breakpoint
CREATE TABLE `settlements` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`book` integer NOT NULL,
	`number` text NOT NULL,
	`payer` text NOT NULL,
	`payer_place` text NOT NULL,
	`payee` text NOT NULL,
	`place` text NOT NULL,
	`month` text NOT NULL,
	`since` text NOT NULL,
	`after_entry` integer NOT NULL,
	`through_entry` integer NOT NULL,
	`carried_in_micro` integer NOT NULL,
	`taken_micro` integer NOT NULL,
	`returned_micro` integer NOT NULL,
	`conceded_micro` integer NOT NULL,
	`net_fen` integer NOT NULL,
	`carried_out_micro` integer NOT NULL,
	`made_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`made_transaction` integer,
	`state` text NOT NULL,
	`paid_fen` integer NOT NULL,
	`confirmed_by` text,
	`confirmed_at` integer,
	`confirmed_transaction` integer,
	`agreed_by` text,
	`agreed_at` integer,
	`agreed_transaction` integer,
	CONSTRAINT "settlements_after_entry_safe" CHECK("settlements"."after_entry" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_through_entry_safe" CHECK("settlements"."through_entry" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_carried_in_micro_safe" CHECK("settlements"."carried_in_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_taken_micro_safe" CHECK("settlements"."taken_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_returned_micro_safe" CHECK("settlements"."returned_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_conceded_micro_safe" CHECK("settlements"."conceded_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_net_fen_safe" CHECK("settlements"."net_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_carried_out_micro_safe" CHECK("settlements"."carried_out_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_paid_fen_safe" CHECK("settlements"."paid_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlements_state_known" CHECK("settlements"."state" in ('draft', 'objected', 'confirmed', 'agreed', 'paid')),
	CONSTRAINT "settlements_paid" CHECK("settlements"."paid_fen" between 0 and "settlements"."net_fen")
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `settlements_month` ON `settlements` (`payee`,`payer`,`month`);
--> statement-breakpoint
CREATE INDEX `settlements_payee` ON `settlements` (`payee`,`id`);
--> statement-breakpoint
CREATE INDEX `settlements_payee_state` ON `settlements` (`payee`,`state`,`id`);
--> statement-breakpoint
CREATE INDEX `settlements_payer` ON `settlements` (`payer_place`,`id`);
--> statement-breakpoint
CREATE INDEX `settlements_payer_state` ON `settlements` (`payer_place`,`state`,`id`);
--> statement-breakpoint
CREATE INDEX `settlements_made` ON `settlements` (`made_transaction`);
--> statement-breakpoint
CREATE INDEX `settlements_confirmed` ON `settlements` (`confirmed_transaction`);
--> statement-breakpoint
CREATE INDEX `settlements_agreed` ON `settlements` (`agreed_transaction`);
--> statement-breakpoint
CREATE TABLE `settlement_lines` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`settlement` text NOT NULL,
	`fund` text NOT NULL,
	`unit` text NOT NULL,
	`redeemer` text NOT NULL,
	`rate_micro` integer NOT NULL,
	`factor` integer NOT NULL,
	`taken_points` integer NOT NULL,
	`taken_micro` integer NOT NULL,
	`returned_points` integer NOT NULL,
	`returned_micro` integer NOT NULL,
	CONSTRAINT "settlement_lines_rate_micro_safe" CHECK("settlement_lines"."rate_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlement_lines_taken_points_safe" CHECK("settlement_lines"."taken_points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlement_lines_taken_micro_safe" CHECK("settlement_lines"."taken_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlement_lines_returned_points_safe" CHECK("settlement_lines"."returned_points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlement_lines_returned_micro_safe" CHECK("settlement_lines"."returned_micro" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `settlement_lines_no_update` BEFORE UPDATE ON `settlement_lines`
BEGIN
	SELECT RAISE(ABORT, 'linli: settlement_lines is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `settlement_lines_no_delete` BEFORE DELETE ON `settlement_lines`
BEGIN
	SELECT RAISE(ABORT, 'linli: settlement_lines is append-only');
END;
--> statement-breakpoint
CREATE INDEX `settlement_lines_settlement` ON `settlement_lines` (`settlement`,`id`);
--> statement-breakpoint
CREATE TABLE `settlement_remarks` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`settlement` text NOT NULL,
	`side` text NOT NULL,
	`kind` text NOT NULL,
	`said` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`said_transaction` integer,
	CONSTRAINT "settlement_remarks_side_known" CHECK("settlement_remarks"."side" in ('payee', 'payer')),
	CONSTRAINT "settlement_remarks_kind_known" CHECK("settlement_remarks"."kind" in ('objection', 'answer'))
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `settlement_remarks_no_update` BEFORE UPDATE ON `settlement_remarks`
BEGIN
	SELECT RAISE(ABORT, 'linli: settlement_remarks is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `settlement_remarks_no_delete` BEFORE DELETE ON `settlement_remarks`
BEGIN
	SELECT RAISE(ABORT, 'linli: settlement_remarks is append-only');
END;
--> statement-breakpoint
CREATE INDEX `settlement_remarks_settlement` ON `settlement_remarks` (`settlement`,`id`);
--> statement-breakpoint
CREATE INDEX `settlement_remarks_said` ON `settlement_remarks` (`said_transaction`);
--> statement-breakpoint
CREATE TABLE `settlement_payments` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`settlement` text NOT NULL,
	`place` text NOT NULL,
	`payer_place` text NOT NULL,
	`number` text NOT NULL,
	`amount_fen` integer NOT NULL,
	`reference` text NOT NULL,
	`paid_on` text NOT NULL,
	`paid_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`paid_transaction` integer,
	`state` text NOT NULL,
	`asked_by` text,
	`asked_at` integer,
	`asked_reason` text,
	`taken_back_by` text,
	`taken_back_at` integer,
	`taken_back_transaction` integer,
	CONSTRAINT "settlement_payments_amount_fen_safe" CHECK("settlement_payments"."amount_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlement_payments_state_known" CHECK("settlement_payments"."state" in ('paid', 'asked-back', 'taken-back')),
	CONSTRAINT "settlement_payments_amount" CHECK("settlement_payments"."amount_fen" > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `settlement_payments_settlement` ON `settlement_payments` (`settlement`,`id`);
--> statement-breakpoint
CREATE INDEX `settlement_payments_paid` ON `settlement_payments` (`paid_transaction`);
--> statement-breakpoint
CREATE INDEX `settlement_payments_taken_back` ON `settlement_payments` (`taken_back_transaction`);
--> statement-breakpoint
CREATE INDEX `settlement_payments_asked` ON `settlement_payments` (`payer_place`,`state`,`id`);
--> statement-breakpoint
CREATE TABLE `webhooks` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`url` text NOT NULL,
	`events` text NOT NULL,
	`secret` text NOT NULL,
	`old_secret` text,
	`old_secret_until` integer,
	`state` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "webhooks_state_known" CHECK("webhooks"."state" in ('on', 'off'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `webhooks_place` ON `webhooks` (`place`,`id`);
--> statement-breakpoint
CREATE TABLE `webhook_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`webhook` text NOT NULL,
	`event` text NOT NULL,
	`thing` text NOT NULL,
	`state` text NOT NULL,
	`tries` integer NOT NULL,
	`attempts` text NOT NULL,
	`due_at` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "webhook_messages_state_known" CHECK("webhook_messages"."state" in ('due', 'sending', 'delivered', 'failed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `webhook_messages_webhook` ON `webhook_messages` (`webhook`,`id`);
--> statement-breakpoint
CREATE INDEX `webhook_messages_due` ON `webhook_messages` (`due_at`,`id`) WHERE "webhook_messages"."due_at" is not null;
--> statement-breakpoint
CREATE TABLE `__new_offsets` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`number` text NOT NULL,
	`estate` text NOT NULL,
	`bill` text NOT NULL,
	`bill_issue` integer NOT NULL,
	`house` text NOT NULL,
	`item` text NOT NULL,
	`period` text NOT NULL,
	`member` text NOT NULL,
	`value_fen` integer NOT NULL,
	`points` text NOT NULL,
	`steps` text NOT NULL,
	`rule_version` text NOT NULL,
	`hold` text NOT NULL,
	`state` text NOT NULL,
	`export_batch` text,
	`hold_transaction` integer,
	`settled_transaction` integer,
	`created_at` integer NOT NULL,
	`acted_by` text,
	`cancelled_by` text,
	`bill_months` text,
	`household_since` text,
	`reversed_transaction` integer,
	CONSTRAINT "offsets_value_fen_safe" CHECK("__new_offsets"."value_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "offsets_state_known" CHECK("__new_offsets"."state" in ('held', 'exported', 'posted', 'cancelled', 'returned', 'reversed'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_offsets` ("id", "version", "number", "estate", "bill", "bill_issue", "house", "item", "period", "member", "value_fen", "points", "steps", "rule_version", "hold", "state", "export_batch", "hold_transaction", "settled_transaction", "created_at", "acted_by", "cancelled_by", "bill_months") SELECT "id", "version", "number", "estate", "bill", "bill_issue", "house", "item", "period", "member", "value_fen", "points", "steps", "rule_version", "hold", "state", "export_batch", "hold_transaction", "settled_transaction", "created_at", "acted_by", "cancelled_by", "bill_months" FROM `offsets`;
--> statement-breakpoint
DROP TABLE `offsets`;
--> statement-breakpoint
ALTER TABLE `__new_offsets` RENAME TO `offsets`;
--> statement-breakpoint
CREATE UNIQUE INDEX `offsets_number` ON `offsets` (`estate`,`number`);
--> statement-breakpoint
CREATE INDEX `offsets_estate` ON `offsets` (`estate`,`state`,`id`);
--> statement-breakpoint
CREATE INDEX `offsets_value` ON `offsets` (`estate`,`state`,`value_fen`,`id`);
--> statement-breakpoint
CREATE INDEX `offsets_period` ON `offsets` (`estate`,`period`,`id`);
--> statement-breakpoint
CREATE INDEX `offsets_member` ON `offsets` (`member`,`id`);
--> statement-breakpoint
CREATE INDEX `offsets_bill` ON `offsets` (`bill`);
--> statement-breakpoint
CREATE INDEX `offsets_batch` ON `offsets` (`export_batch`,`state`);
--> statement-breakpoint
CREATE INDEX `offsets_hold` ON `offsets` (`hold_transaction`);
--> statement-breakpoint
CREATE INDEX `offsets_settled` ON `offsets` (`settled_transaction`);
--> statement-breakpoint
CREATE INDEX `offsets_reversed` ON `offsets` (`reversed_transaction`);
--> statement-breakpoint
DROP INDEX `bills_house_period`;
--> statement-breakpoint
DROP INDEX `bills_amount`;
--> statement-breakpoint
CREATE INDEX `bills_due` ON `bills` (`estate`,(case when "due_in" is null then "period" else "due_in" end),`id`);
--> statement-breakpoint
CREATE INDEX `bills_house_due` ON `bills` (`house`,(case when "due_in" is null then "period" else "due_in" end),`item`,`issue`,`id`);
--> statement-breakpoint
CREATE INDEX `bills_amount` ON `bills` (`estate`,(case when "due_in" is null then "period" else "due_in" end),`amount_fen`,`id`);
--> statement-breakpoint
DROP INDEX `write_offs_break`;
--> statement-breakpoint
ALTER TABLE `write_offs` ADD `nth` integer DEFAULT 1 NOT NULL;
--> statement-breakpoint
ALTER TABLE `write_offs` ADD `reverses` text;
--> statement-breakpoint
CREATE UNIQUE INDEX `write_offs_reverses` ON `write_offs` (`reverses`);
--> statement-breakpoint
CREATE UNIQUE INDEX `write_offs_break` ON `write_offs` (`break_id`,`nth`);
--> statement-breakpoint
CREATE TABLE `__new_redemptions` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`member` text NOT NULL,
	`points` integer NOT NULL,
	`unit` text NOT NULL,
	`goods` text NOT NULL,
	`code` text NOT NULL,
	`clerk` text NOT NULL,
	`state` text NOT NULL,
	`transaction` integer,
	`undone_transaction` integer,
	`undone_by` text,
	`undone_reason` text,
	`created_at` integer NOT NULL,
	`yuan_fen` integer DEFAULT 0 NOT NULL,
	`of_order` text,
	`by_proxy` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "redemptions_points_safe" CHECK("__new_redemptions"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "redemptions_yuan_fen_safe" CHECK("__new_redemptions"."yuan_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "redemptions_state_known" CHECK("__new_redemptions"."state" in ('taken', 'undone'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_redemptions` ("id", "version", "place", "member", "points", "unit", "goods", "code", "clerk", "state", "transaction", "undone_transaction", "undone_by", "undone_reason", "created_at") SELECT "id", "version", "place", "member", "points", "unit", "goods", "code", "clerk", "state", "transaction", "undone_transaction", "undone_by", "undone_reason", "created_at" FROM `redemptions`;
--> statement-breakpoint
DROP TABLE `redemptions`;
--> statement-breakpoint
ALTER TABLE `__new_redemptions` RENAME TO `redemptions`;
--> statement-breakpoint
CREATE INDEX `redemptions_place` ON `redemptions` (`place`,`id`);
--> statement-breakpoint
CREATE INDEX `redemptions_transaction` ON `redemptions` (`transaction`);
--> statement-breakpoint
CREATE INDEX `redemptions_undone` ON `redemptions` (`undone_transaction`) WHERE "redemptions"."undone_transaction" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX `redemptions_code` ON `redemptions` (`code`);
--> statement-breakpoint
CREATE INDEX `redemptions_order` ON `redemptions` (`of_order`,`id`) WHERE "redemptions"."of_order" is not null;
--> statement-breakpoint
CREATE TABLE `__new_agreements` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`redeemer` text NOT NULL,
	`fund` text NOT NULL,
	`mode` text NOT NULL,
	`via` text NOT NULL,
	`factor` integer NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_to` integer,
	`created_at` integer NOT NULL,
	`made_by` text,
	`basis` text,
	`ended_by` text,
	`ended_at` integer,
	`ended_reason` text,
	`monthly_cap` integer,
	`exposure_fen` integer,
	`over_exposure` text,
	`period` text,
	CONSTRAINT "agreements_monthly_cap_safe" CHECK("__new_agreements"."monthly_cap" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "agreements_exposure_fen_safe" CHECK("__new_agreements"."exposure_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "agreements_over_exposure_known" CHECK("__new_agreements"."over_exposure" in ('refuse', 'ask')),
	CONSTRAINT "agreements_period_known" CHECK("__new_agreements"."period" in ('month', 'quarter', 'year')),
	CONSTRAINT "agreements_mode_known" CHECK("__new_agreements"."mode" in ('owed', 'clearing', 'stocked'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_agreements` ("id", "version", "redeemer", "fund", "mode", "via", "factor", "valid_from", "valid_to", "created_at", "made_by", "basis", "ended_by", "ended_at", "ended_reason", "monthly_cap") SELECT "id", "version", "redeemer", "fund", "mode", "via", "factor", "valid_from", "valid_to", "created_at", "made_by", "basis", "ended_by", "ended_at", "ended_reason", "monthly_cap" FROM `agreements`;
--> statement-breakpoint
DROP TABLE `agreements`;
--> statement-breakpoint
ALTER TABLE `__new_agreements` RENAME TO `agreements`;
--> statement-breakpoint
CREATE INDEX `agreements_redeemer` ON `agreements` (`redeemer`,`fund`,`valid_from`,`id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `agreements_begin` ON `agreements` (`redeemer`,`fund`,`valid_from`) WHERE "agreements"."valid_to" is null;
--> statement-breakpoint
ALTER TABLE `offset_parts` ADD `reversed_transaction` integer;
--> statement-breakpoint
CREATE INDEX `offset_parts_reversed` ON `offset_parts` (`reversed_transaction`);
--> statement-breakpoint
ALTER TABLE `breaks` ADD `reversal_asked` integer;
--> statement-breakpoint
CREATE INDEX `breaks_reversal_asked` ON `breaks` (`estate`,`reversal_asked`);
