CREATE TABLE `breaks_seen_again` (
	`id` text PRIMARY KEY NOT NULL,
	`import` text NOT NULL,
	`break_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `breaks_seen_again_identity` ON `breaks_seen_again` (`break_id`,`import`);
--> statement-breakpoint
CREATE INDEX `breaks_seen_again_import` ON `breaks_seen_again` (`import`,`break_id`);
--> statement-breakpoint
ALTER TABLE `breaks` ADD `settled_import` text;
