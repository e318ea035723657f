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
DROP INDEX `bills_house_period`;
--> statement-breakpoint
DROP INDEX `bills_amount`;
--> statement-breakpoint
CREATE INDEX `bills_due` ON `bills` (`estate`,(case when "due_in" is null then "period" else "due_in" end),`id`);
--> statement-breakpoint
CREATE INDEX `bills_house_due` ON `bills` (`house`,(case when "due_in" is null then "period" else "due_in" end),`item`,`issue`);
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
ALTER TABLE `breaks` ADD `reversal_asked` integer;
--> statement-breakpoint
CREATE INDEX `breaks_reversal_asked` ON `breaks` (`estate`,`reversal_asked`);
