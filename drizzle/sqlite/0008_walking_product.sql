CREATE TABLE `sign_in_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`phone_key` text NOT NULL,
	`person` text,
	`place` text NOT NULL,
	`created_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`used_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `sign_in_codes_phone` ON `sign_in_codes` (`phone_key`,`id`);
--> statement-breakpoint
CREATE INDEX `sign_in_codes_place` ON `sign_in_codes` (`place`,`id`);
--> statement-breakpoint
CREATE INDEX `sign_in_codes_end` ON `sign_in_codes` (`ends_at`);
--> statement-breakpoint
CREATE TABLE `closure_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`month` text NOT NULL,
	`state` text NOT NULL,
	`asked_by` text NOT NULL,
	`ended_by` text,
	`created_at` integer NOT NULL,
	CONSTRAINT "closure_requests_state_known" CHECK("closure_requests"."state" in ('waiting', 'approved', 'withdrawn'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `closure_requests_waiting` ON `closure_requests` (`place`) WHERE "closure_requests"."state" = 'waiting';
--> statement-breakpoint
CREATE TABLE `counted_books` (
	`book` integer PRIMARY KEY NOT NULL,
	`transaction` integer NOT NULL,
	`until` integer NOT NULL,
	`first_month` text NOT NULL,
	`month` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `counted_members` (
	`book` integer NOT NULL,
	`person` text NOT NULL,
	`estate` text NOT NULL,
	`months` text NOT NULL,
	PRIMARY KEY(`book`, `person`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `month_figures` (
	`book` integer NOT NULL,
	`place` text NOT NULL,
	`month` text NOT NULL,
	`fund` text NOT NULL,
	`unit` text NOT NULL,
	`opening` integer NOT NULL,
	`issued` integer NOT NULL,
	`taken_back` integer NOT NULL,
	`redeemed` integer NOT NULL,
	`refunded` integer NOT NULL,
	`expired` integer NOT NULL,
	`moved` integer NOT NULL,
	`taken_back_of_earlier` integer NOT NULL,
	`refunded_of_earlier` integer NOT NULL,
	`taken_back_later` integer NOT NULL,
	`refunded_later` integer NOT NULL,
	PRIMARY KEY(`place`, `month`, `fund`),
	CONSTRAINT "month_figures_opening_safe" CHECK("month_figures"."opening" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_issued_safe" CHECK("month_figures"."issued" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_taken_back_safe" CHECK("month_figures"."taken_back" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_redeemed_safe" CHECK("month_figures"."redeemed" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_refunded_safe" CHECK("month_figures"."refunded" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_expired_safe" CHECK("month_figures"."expired" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_moved_safe" CHECK("month_figures"."moved" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_taken_back_of_earlier_safe" CHECK("month_figures"."taken_back_of_earlier" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_refunded_of_earlier_safe" CHECK("month_figures"."refunded_of_earlier" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_taken_back_later_safe" CHECK("month_figures"."taken_back_later" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_refunded_later_safe" CHECK("month_figures"."refunded_later" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `month_figures_book` ON `month_figures` (`book`,`month`);
--> statement-breakpoint
CREATE TABLE `month_counts` (
	`place` text NOT NULL,
	`month` text NOT NULL,
	`kind` text NOT NULL,
	`people` integer NOT NULL,
	`services` integer NOT NULL,
	`minutes` integer NOT NULL,
	`points` integer NOT NULL,
	`voided_services` integer NOT NULL,
	`voided_minutes` integer NOT NULL,
	`voided_points` integer NOT NULL,
	PRIMARY KEY(`place`, `month`, `kind`),
	CONSTRAINT "month_counts_points_safe" CHECK("month_counts"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_counts_voided_points_safe" CHECK("month_counts"."voided_points" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TABLE `month_awards` (
	`transaction` integer PRIMARY KEY NOT NULL,
	`estate` text NOT NULL,
	`month` text NOT NULL,
	`service` text NOT NULL,
	`unit` text NOT NULL,
	`points` integer NOT NULL,
	CONSTRAINT "month_awards_points_safe" CHECK("month_awards"."points" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `month_awards_estate` ON `month_awards` (`estate`,`month`,`transaction`);
--> statement-breakpoint
CREATE TABLE `inquiries` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`transaction` integer NOT NULL,
	`member` text NOT NULL,
	`place` text NOT NULL,
	`desk` text NOT NULL,
	`state` text NOT NULL,
	`waits` integer NOT NULL,
	`reopened` integer NOT NULL,
	`maker` text NOT NULL,
	`made_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "inquiries_waits_boolean" CHECK("inquiries"."waits" in (0, 1)),
	CONSTRAINT "inquiries_reopened_boolean" CHECK("inquiries"."reopened" in (0, 1)),
	CONSTRAINT "inquiries_desk_known" CHECK("inquiries"."desk" in ('staff', 'shop', 'fees')),
	CONSTRAINT "inquiries_state_known" CHECK("inquiries"."state" in ('open', 'answered', 'reopened', 'closed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `inquiries_desk` ON `inquiries` (`place`,`desk`,`waits`,`id`);
--> statement-breakpoint
CREATE INDEX `inquiries_member` ON `inquiries` (`member`,`id`);
--> statement-breakpoint
CREATE INDEX `inquiries_transaction` ON `inquiries` (`member`,`transaction`,`id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `inquiries_open` ON `inquiries` (`member`,`transaction`) WHERE "inquiries"."state" <> 'closed';
--> statement-breakpoint
CREATE TABLE `inquiry_words` (
	`id` text PRIMARY KEY NOT NULL,
	`inquiry` text NOT NULL,
	`deed` text NOT NULL,
	`text` text,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`tell_from` integer,
	CONSTRAINT "inquiry_words_deed_known" CHECK("inquiry_words"."deed" in ('ask', 'answer', 'reopen', 'close'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `inquiry_words_inquiry` ON `inquiry_words` (`inquiry`,`id`);
--> statement-breakpoint
CREATE INDEX `inquiry_words_to_tell` ON `inquiry_words` (`tell_from`,`id`) WHERE "inquiry_words"."tell_from" is not null;
--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`person` text NOT NULL,
	`kind` text NOT NULL,
	`event` text NOT NULL,
	`facts` text NOT NULL,
	`transaction` integer,
	`created_at` integer NOT NULL,
	`read_at` integer
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_once` ON `notices` (`person`,`kind`,`event`);
--> statement-breakpoint
CREATE INDEX `notices_person` ON `notices` (`person`,`id`);
--> statement-breakpoint
CREATE INDEX `notices_unread` ON `notices` (`person`,`id`) WHERE "notices"."read_at" is null;
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`notice` text NOT NULL,
	`person` text NOT NULL,
	`place` text NOT NULL,
	`channel` text NOT NULL,
	`state` text NOT NULL,
	`tries` integer NOT NULL,
	`due_at` integer,
	`created_at` integer NOT NULL,
	`done_at` integer,
	`done_by` text,
	CONSTRAINT "deliveries_state_known" CHECK("deliveries"."state" in ('queued', 'sending', 'waiting', 'sent', 'told'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_notice` ON `deliveries` (`notice`);
--> statement-breakpoint
CREATE INDEX `deliveries_place` ON `deliveries` (`place`,`state`,`id`);
--> statement-breakpoint
CREATE INDEX `deliveries_person` ON `deliveries` (`person`);
--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`due_at`,`id`) WHERE "deliveries"."due_at" is not null;
--> statement-breakpoint
CREATE TABLE `notice_settings` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`channel` text NOT NULL,
	`ways` text NOT NULL,
	`changed_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `notice_cursors` (
	`id` text PRIMARY KEY NOT NULL,
	`position` integer NOT NULL,
	`done_at` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `__new_agreements` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`redeemer` text NOT NULL,
	`fund` text NOT NULL,
	`mode` text NOT NULL,
	`via` text NOT NULL,
	`factor` integer NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_to` integer,
	`created_at` integer NOT NULL,
	`made_by` text,
	`basis` text,
	`ended_by` text,
	`ended_at` integer,
	`ended_reason` text,
	`monthly_cap` integer,
	CONSTRAINT "agreements_monthly_cap_safe" CHECK("__new_agreements"."monthly_cap" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "agreements_mode_known" CHECK("__new_agreements"."mode" in ('owed', 'clearing', 'stocked'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_agreements` ("id", "version", "redeemer", "fund", "mode", "via", "factor", "valid_from", "valid_to", "created_at") SELECT "id", "version", "redeemer", "fund", "mode", "via", "factor", "valid_from", "valid_to", "created_at" FROM `agreements`;
--> statement-breakpoint
DROP TABLE `agreements`;
--> statement-breakpoint
ALTER TABLE `__new_agreements` RENAME TO `agreements`;
--> statement-breakpoint
CREATE INDEX `agreements_redeemer` ON `agreements` (`redeemer`,`fund`,`valid_from`,`id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `agreements_begin` ON `agreements` (`redeemer`,`fund`,`valid_from`) WHERE "agreements"."valid_to" is null;
--> statement-breakpoint
DROP INDEX `rule_versions_in_force`;
--> statement-breakpoint
ALTER TABLE `rule_versions` ADD `basis` text;
--> statement-breakpoint
ALTER TABLE `rule_versions` ADD `withdrawn_by` text;
--> statement-breakpoint
ALTER TABLE `rule_versions` ADD `withdrawn_at` integer;
--> statement-breakpoint
ALTER TABLE `rule_versions` ADD `withdrawn_reason` text;
--> statement-breakpoint
CREATE INDEX `rule_versions_place` ON `rule_versions` (`place`,`kind`,`valid_from`,`id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `rule_versions_in_force` ON `rule_versions` (`place`,`kind`,`valid_from`) WHERE "rule_versions"."withdrawn_at" is null;
--> statement-breakpoint
ALTER TABLE `residencies` ADD `end_reason` text;
--> statement-breakpoint
ALTER TABLE `closures` ADD `asked_by` text;
--> statement-breakpoint
CREATE INDEX `assets_end` ON `assets` (`book`,`expires_at`);
--> statement-breakpoint
CREATE INDEX `places_kind` ON `places` (`kind`,`id`);
