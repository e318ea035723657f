CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`person` text,
	`place` text NOT NULL,
	`token_hash` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`used_at` integer,
	`cancelled_at` integer
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_token_hash_unique` ON `invitations` (`token_hash`);
--> statement-breakpoint
CREATE INDEX `invitations_place` ON `invitations` (`place`,`id`);
--> statement-breakpoint
CREATE INDEX `invitations_person` ON `invitations` (`person`,`id`);
--> statement-breakpoint
ALTER TABLE `budgets` ADD `withdrawn_by` text;
--> statement-breakpoint
ALTER TABLE `budgets` ADD `withdrawn_at` integer;
--> statement-breakpoint
CREATE INDEX `budgets_waiting` ON `budgets` (`fund`,`id`) WHERE "budgets"."transaction" is null and "budgets"."withdrawn_at" is null;
--> statement-breakpoint
ALTER TABLE `places` ADD `division` text;
--> statement-breakpoint
CREATE INDEX `export_batches_estate` ON `export_batches` (`estate`,`id`);
