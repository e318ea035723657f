CREATE TABLE `__new_services` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`member` text NOT NULL,
	`type` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`attended_from` integer NOT NULL,
	`attended_to` integer NOT NULL,
	`trust` text NOT NULL,
	`state` text NOT NULL,
	`grade` text,
	`points` integer NOT NULL,
	`steps` text NOT NULL,
	`rule_version` text NOT NULL,
	`recorded_by` text NOT NULL,
	`rated_by` text,
	`award_transaction` integer,
	`settled_transaction` integer,
	`created_at` integer NOT NULL,
	`voided_by` text,
	`voided_reason` text,
	`voided_transaction` integer,
	CONSTRAINT "services_points_safe" CHECK("__new_services"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "services_state_known" CHECK("__new_services"."state" in ('waiting', 'released', 'rejected', 'no-points', 'voided')),
	CONSTRAINT "services_trust_known" CHECK("__new_services"."trust" in ('scan', 'roll-call', 'paper', 'typed'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_services` ("id", "version", "place", "member", "type", "starts_at", "ends_at", "attended_from", "attended_to", "trust", "state", "grade", "points", "steps", "rule_version", "recorded_by", "rated_by", "award_transaction", "settled_transaction", "created_at") SELECT "id", "version", "place", "member", "type", "starts_at", "ends_at", "attended_from", "attended_to", "trust", "state", "grade", "points", "steps", "rule_version", "recorded_by", "rated_by", "award_transaction", "settled_transaction", "created_at" FROM `services`;
--> statement-breakpoint
DROP TABLE `services`;
--> statement-breakpoint
ALTER TABLE `__new_services` RENAME TO `services`;
--> statement-breakpoint
CREATE INDEX `services_place` ON `services` (`place`,`state`,`id`);
--> statement-breakpoint
CREATE INDEX `services_member` ON `services` (`member`,`id`);
--> statement-breakpoint
CREATE INDEX `services_award` ON `services` (`award_transaction`);
--> statement-breakpoint
CREATE INDEX `services_settled` ON `services` (`settled_transaction`);
--> statement-breakpoint
CREATE INDEX `services_voided` ON `services` (`voided_transaction`);
