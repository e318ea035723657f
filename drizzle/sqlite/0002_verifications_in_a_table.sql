CREATE TABLE `book_verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`book` integer NOT NULL,
	`started_by` text NOT NULL,
	`started_at` integer NOT NULL,
	`heartbeat_at` integer NOT NULL,
	`state` text NOT NULL,
	`done` integer NOT NULL,
	`of` integer NOT NULL,
	`ended_at` integer,
	`report` text,
	`findings` text NOT NULL,
	`finding_count` integer NOT NULL,
	CONSTRAINT "book_verifications_state_known" CHECK("book_verifications"."state" in ('running', 'right', 'wrong', 'failed', 'broken-off'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `book_verifications_book` ON `book_verifications` (`book`,`id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `book_verifications_running` ON `book_verifications` (`book`) WHERE "book_verifications"."state" = 'running';
