CREATE TABLE `person_merges` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`book` integer NOT NULL,
	`place` text NOT NULL,
	`keeper` text NOT NULL,
	`duplicate` text NOT NULL,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`asked_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	`answer` text,
	`effects` text,
	CONSTRAINT "person_merges_state_known" CHECK("person_merges"."state" in ('waiting', 'approved', 'refused', 'withdrawn'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `person_merges_book` ON `person_merges` (`book`,`state`,`id`);
--> statement-breakpoint
CREATE INDEX `person_merges_keeper` ON `person_merges` (`keeper`,`state`);
--> statement-breakpoint
CREATE INDEX `person_merges_gone` ON `person_merges` (`duplicate`,`state`);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_merges_duplicate` ON `person_merges` (`duplicate`) WHERE "person_merges"."state" in ('waiting', 'approved');
--> statement-breakpoint
CREATE TABLE `wechat_bindings` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`app` text NOT NULL,
	`openid_key` text NOT NULL,
	`person` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `wechat_bindings_openid` ON `wechat_bindings` (`app`,`openid_key`);
--> statement-breakpoint
CREATE UNIQUE INDEX `wechat_bindings_person` ON `wechat_bindings` (`person`,`app`);
--> statement-breakpoint
CREATE TABLE `wechat_returns` (
	`state_hash` text PRIMARY KEY NOT NULL,
	`ends_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `wechat_returns_end` ON `wechat_returns` (`ends_at`);
--> statement-breakpoint
CREATE TABLE `proxies` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`principal` text NOT NULL,
	`proxy` text NOT NULL,
	`may` text NOT NULL,
	`since` text NOT NULL,
	`until` text NOT NULL,
	`given` text NOT NULL,
	`paper` text NOT NULL,
	`place` text NOT NULL,
	`recorded_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	CONSTRAINT "proxies_may_known" CHECK("proxies"."may" in ('view', 'spend')),
	CONSTRAINT "proxies_given_known" CHECK("proxies"."given" in ('house', 'code', 'paper')),
	CONSTRAINT "proxies_two_people" CHECK("proxies"."proxy" <> "proxies"."principal")
) STRICT;
--> statement-breakpoint
CREATE INDEX `proxies_principal` ON `proxies` (`principal`,`id`);
--> statement-breakpoint
CREATE INDEX `proxies_proxy` ON `proxies` (`proxy`,`id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `proxies_standing` ON `proxies` (`proxy`,`principal`) WHERE "proxies"."ended_at" is null;
--> statement-breakpoint
CREATE TABLE `helper_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`used_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `helper_codes_hash` ON `helper_codes` (`hash`,`id`);
--> statement-breakpoint
CREATE INDEX `helper_codes_person` ON `helper_codes` (`person`,`id`);
--> statement-breakpoint
CREATE INDEX `helper_codes_end` ON `helper_codes` (`ends_at`);
--> statement-breakpoint
CREATE TABLE `units` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`book` integer NOT NULL,
	`place` text NOT NULL,
	`code` text NOT NULL,
	`name_zh` text NOT NULL,
	`name_en` text NOT NULL,
	`expiry` text NOT NULL,
	`basis` text NOT NULL,
	`made_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`changed_by` text,
	`changed_at` integer,
	`changed_reason` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `units_code_unique` ON `units` (`code`);
--> statement-breakpoint
CREATE INDEX `units_book` ON `units` (`book`,`id`);
--> statement-breakpoint
ALTER TABLE `people` ADD `merged_into` text;
--> statement-breakpoint
CREATE INDEX `people_merged` ON `people` (`merged_into`) WHERE "people"."merged_into" is not null;
--> statement-breakpoint
ALTER TABLE `sign_in_codes` ADD `people` text;
--> statement-breakpoint
ALTER TABLE `codes` ADD `acted_by` text;
--> statement-breakpoint
ALTER TABLE `offsets` ADD `acted_by` text;
--> statement-breakpoint
ALTER TABLE `offsets` ADD `cancelled_by` text;
--> statement-breakpoint
ALTER TABLE `counted_members` ADD `moves` text;
--> statement-breakpoint
ALTER TABLE `inquiries` ADD `acted_by` text;
--> statement-breakpoint
CREATE INDEX `services_rated` ON `services` (`rated_by`,`recorded_by`) WHERE "services"."rated_by" is not null;
--> statement-breakpoint
CREATE INDEX `funds_unit` ON `funds` (`book`,`unit`,`id`);
--> statement-breakpoint
CREATE INDEX `budgets_requested` ON `budgets` (`requested_by`,`approved_by`);
--> statement-breakpoint
CREATE INDEX `closures_asked` ON `closures` (`asked_by`,`closed_by`);
--> statement-breakpoint
CREATE INDEX `closures_closed` ON `closures` (`closed_transaction`);
--> statement-breakpoint
CREATE INDEX `closures_reopened` ON `closures` (`reopened_transaction`);
