CREATE TABLE `import_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`place` text NOT NULL,
	`kind` text NOT NULL,
	`file_name` text NOT NULL,
	`state` text NOT NULL,
	`stage` text NOT NULL,
	`rows` integer NOT NULL,
	`started_by` text NOT NULL,
	`started_at` integer NOT NULL,
	`heartbeat_at` integer NOT NULL,
	`ended_at` integer,
	`import` text,
	`counts` text,
	`refusal` text,
	CONSTRAINT "import_runs_state_known" CHECK("import_runs"."state" in ('running', 'taken', 'refused', 'failed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `import_runs_place` ON `import_runs` (`place`,`kind`,`id`);
--> statement-breakpoint
CREATE INDEX `transactions_refunds` ON `transactions` (`book`,`id`) WHERE "transactions"."kind" in ('refund', 'clawback');
--> statement-breakpoint
CREATE INDEX `services_day` ON `services` (`place`,`state`,`starts_at`,`id`);
--> statement-breakpoint
CREATE INDEX `bills_amount` ON `bills` (`estate`,`period`,`amount_fen`,`id`);
--> statement-breakpoint
CREATE INDEX `bills_house_period` ON `bills` (`house`,`period`,`item`,`issue`);
--> statement-breakpoint
CREATE INDEX `offsets_value` ON `offsets` (`estate`,`state`,`value_fen`,`id`);
