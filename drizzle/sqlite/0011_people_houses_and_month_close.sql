CREATE TABLE `estate_firms` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`estate` text NOT NULL,
	`firm` text NOT NULL,
	`since` text NOT NULL,
	`until` text,
	`reason` text NOT NULL,
	`named_by` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `estate_firms_estate` ON `estate_firms` (`estate`,`since`);
--> statement-breakpoint
CREATE INDEX `estate_firms_firm` ON `estate_firms` (`firm`,`estate`);
--> statement-breakpoint
CREATE TABLE `fee_mappings` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`firm` text NOT NULL,
	`name` text NOT NULL,
	`header` text NOT NULL,
	`columns` text NOT NULL,
	`saved_by` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `fee_mappings_name` ON `fee_mappings` (`firm`,`name`);
--> statement-breakpoint
CREATE INDEX `fee_mappings_firm` ON `fee_mappings` (`firm`,`id`);
--> statement-breakpoint
CREATE TABLE `house_names` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`estate` text NOT NULL,
	`written` text NOT NULL,
	`house` text NOT NULL,
	`decided_by` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `house_names_written` ON `house_names` (`estate`,`written`);
--> statement-breakpoint
CREATE INDEX `house_names_estate` ON `house_names` (`estate`,`id`);
--> statement-breakpoint
CREATE TABLE `offsets_taken_back` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`batch` text NOT NULL,
	`offset_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `offsets_taken_back_identity` ON `offsets_taken_back` (`batch`,`offset_id`);
--> statement-breakpoint
CREATE TABLE `export_layouts` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`firm` text NOT NULL,
	`number` integer NOT NULL,
	`body` text NOT NULL,
	`made_by` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `export_layouts_number` ON `export_layouts` (`firm`,`number`);
--> statement-breakpoint
CREATE TABLE `month_statements` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`closure` text NOT NULL,
	`place` text NOT NULL,
	`month` text NOT NULL,
	`edition` integer NOT NULL,
	`body` text NOT NULL,
	`hash` text NOT NULL,
	`read_through` integer NOT NULL,
	`closed_transaction` integer,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `month_statements_no_update` BEFORE UPDATE ON `month_statements`
BEGIN
	SELECT RAISE(ABORT, 'linli: month_statements is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `month_statements_no_delete` BEFORE DELETE ON `month_statements`
BEGIN
	SELECT RAISE(ABORT, 'linli: month_statements is append-only');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `month_statements_edition` ON `month_statements` (`place`,`month`,`edition`);
--> statement-breakpoint
CREATE UNIQUE INDEX `month_statements_closure` ON `month_statements` (`closure`);
--> statement-breakpoint
CREATE INDEX `month_statements_closed` ON `month_statements` (`closed_transaction`);
--> statement-breakpoint
CREATE TABLE `firm_accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`firm` text NOT NULL,
	`accounts` text NOT NULL,
	`changed_by` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `firm_accounts_no_update` BEFORE UPDATE ON `firm_accounts`
BEGIN
	SELECT RAISE(ABORT, 'linli: firm_accounts is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `firm_accounts_no_delete` BEFORE DELETE ON `firm_accounts`
BEGIN
	SELECT RAISE(ABORT, 'linli: firm_accounts is append-only');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `firm_accounts_version` ON `firm_accounts` (`firm`,`version`);
--> statement-breakpoint
ALTER TABLE `export_batches` ADD `sent` text;
--> statement-breakpoint
ALTER TABLE `export_batches` ADD `acknowledged` text;
--> statement-breakpoint
ALTER TABLE `export_batches` ADD `asked_back` text;
--> statement-breakpoint
ALTER TABLE `export_batches` ADD `taken_back` text;
--> statement-breakpoint
CREATE INDEX `people_name` ON `people` (`name`);
--> statement-breakpoint
CREATE INDEX `offsets_batch` ON `offsets` (`export_batch`,`state`);
--> statement-breakpoint
CREATE INDEX `breaks_most` ON `breaks` (`estate`,`state`,abs("difference_fen"),`id`);
