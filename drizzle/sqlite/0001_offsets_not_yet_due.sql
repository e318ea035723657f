CREATE TABLE `offsets_not_yet_due` (
	`id` text PRIMARY KEY NOT NULL,
	`import` text NOT NULL,
	`offset_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `offsets_not_yet_due_identity` ON `offsets_not_yet_due` (`import`,`offset_id`);
