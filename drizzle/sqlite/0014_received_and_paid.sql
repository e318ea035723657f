ALTER TABLE `bills` ADD `paid_was` text;
--> statement-breakpoint
CREATE TABLE `__new_settlement_payments` (
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
	`payee` text,
	`transfer` text,
	`transfer_fen` integer,
	`receipt` text,
	`receipt_by` text,
	`receipt_at` integer,
	`receipt_said` text,
	`receipt_transaction` integer,
	CONSTRAINT "settlement_payments_amount_fen_safe" CHECK("__new_settlement_payments"."amount_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlement_payments_transfer_fen_safe" CHECK("__new_settlement_payments"."transfer_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "settlement_payments_state_known" CHECK("__new_settlement_payments"."state" in ('paid', 'asked-back', 'taken-back')),
	CONSTRAINT "settlement_payments_amount" CHECK("__new_settlement_payments"."amount_fen" > 0)
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_settlement_payments` ("id", "version", "settlement", "place", "payer_place", "number", "amount_fen", "reference", "paid_on", "paid_by", "created_at", "paid_transaction", "state", "asked_by", "asked_at", "asked_reason", "taken_back_by", "taken_back_at", "taken_back_transaction") SELECT "id", "version", "settlement", "place", "payer_place", "number", "amount_fen", "reference", "paid_on", "paid_by", "created_at", "paid_transaction", "state", "asked_by", "asked_at", "asked_reason", "taken_back_by", "taken_back_at", "taken_back_transaction" FROM `settlement_payments`;
--> statement-breakpoint
DROP TABLE `settlement_payments`;
--> statement-breakpoint
ALTER TABLE `__new_settlement_payments` RENAME TO `settlement_payments`;
--> statement-breakpoint
CREATE INDEX `settlement_payments_settlement` ON `settlement_payments` (`settlement`,`id`);
--> statement-breakpoint
CREATE INDEX `settlement_payments_paid` ON `settlement_payments` (`paid_transaction`);
--> statement-breakpoint
CREATE INDEX `settlement_payments_taken_back` ON `settlement_payments` (`taken_back_transaction`);
--> statement-breakpoint
CREATE INDEX `settlement_payments_asked` ON `settlement_payments` (`payer_place`,`state`,`id`);
--> statement-breakpoint
CREATE INDEX `settlement_payments_transfer` ON `settlement_payments` (`payer_place`,`transfer`);
--> statement-breakpoint
CREATE INDEX `settlement_payments_receipt` ON `settlement_payments` (`payee`,`receipt`,`state`,`id`);
--> statement-breakpoint
CREATE INDEX `settlement_payments_disputed` ON `settlement_payments` (`payer_place`,`receipt`,`state`,`id`);
--> statement-breakpoint
CREATE INDEX `settlement_payments_received` ON `settlement_payments` (`receipt_transaction`);
--> statement-breakpoint
UPDATE settlement_payments SET payee = (SELECT s.payee FROM settlements s WHERE s.id = settlement_payments.settlement), transfer = upper(replace(replace(reference, ' ', ''), '-', '')), receipt = 'waiting';
