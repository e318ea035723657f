DROP INDEX `purchases_member`;
--> statement-breakpoint
DROP INDEX `purchases_taken_back`;
--> statement-breakpoint
CREATE INDEX `purchases_taken_back` ON `purchases` (`taken_back_transaction`) WHERE "purchases"."taken_back_transaction" is not null;
--> statement-breakpoint
DROP INDEX `redemptions_member`;
--> statement-breakpoint
DROP INDEX `redemptions_undone`;
--> statement-breakpoint
CREATE INDEX `redemptions_undone` ON `redemptions` (`undone_transaction`) WHERE "redemptions"."undone_transaction" is not null;
--> statement-breakpoint
DROP INDEX `closures_place`;
--> statement-breakpoint
CREATE INDEX `closures_place` ON `closures` (`place`,`id`);
--> statement-breakpoint
CREATE INDEX `transactions_late` ON `transactions` (`book`,`id`) WHERE "transactions"."effective_at" < "transactions"."booked_at";
--> statement-breakpoint
CREATE INDEX `roles_given` ON `roles` (`place`,`id`);
--> statement-breakpoint
CREATE TABLE `__new_keys` (
	`book` integer NOT NULL,
	`scope` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`unit_id` text NOT NULL,
	`status` text NOT NULL,
	`answer` text NOT NULL,
	`first_seq` integer,
	`last_seq` integer,
	`booked_at` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`book`, `key`, `scope`),
	CONSTRAINT "keys_status_known" CHECK("__new_keys"."status" in ('posted', 'refused'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_keys` ("book", "scope", "key", "request_hash", "unit_id", "status", "answer", "first_seq", "last_seq", "booked_at", "hash") SELECT "book", "scope", "key", "request_hash", "unit_id", "status", "answer", "first_seq", "last_seq", "booked_at", "hash" FROM `keys`;
--> statement-breakpoint
DROP TABLE `keys`;
--> statement-breakpoint
ALTER TABLE `__new_keys` RENAME TO `keys`;
--> statement-breakpoint
CREATE TRIGGER `keys_no_update` BEFORE UPDATE ON `keys`
BEGIN
	SELECT RAISE(ABORT, 'linli: keys is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `keys_no_delete` BEFORE DELETE ON `keys`
BEGIN
	SELECT RAISE(ABORT, 'linli: keys is append-only');
END;
