CREATE TABLE `firm_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`firm` text NOT NULL,
	`estate` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`before` text,
	`after` text,
	`follows` integer NOT NULL,
	`state` text NOT NULL,
	`asked_by` text NOT NULL,
	`ended_by` text,
	`ended_at` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "firm_changes_state_known" CHECK("firm_changes"."state" in ('waiting', 'approved', 'withdrawn')),
	CONSTRAINT "firm_changes_kind_known" CHECK("firm_changes"."kind" in ('layout', 'accounts', 'mapping'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `firm_changes_waiting` ON `firm_changes` (`firm`,`kind`,`name`) WHERE "firm_changes"."state" = 'waiting';
--> statement-breakpoint
CREATE INDEX `firm_changes_firm` ON `firm_changes` (`firm`,`id`);
--> statement-breakpoint
CREATE TABLE `pool_consents` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`house` text NOT NULL,
	`person` text NOT NULL,
	`residency` text NOT NULL,
	`since` text NOT NULL,
	`until` text,
	`given_by` text NOT NULL,
	`ended_at` integer,
	`ended_by` text,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `pool_consents_standing` ON `pool_consents` (`house`,`person`) WHERE "pool_consents"."ended_at" is null;
--> statement-breakpoint
CREATE INDEX `pool_consents_person` ON `pool_consents` (`person`,`id`);
--> statement-breakpoint
CREATE TABLE `offset_parts` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`offset_id` text NOT NULL,
	`nth` integer NOT NULL,
	`member` text NOT NULL,
	`hold` text NOT NULL,
	`points` text NOT NULL,
	`value_fen` integer NOT NULL,
	`hold_transaction` integer,
	`settled_transaction` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "offset_parts_value_fen_safe" CHECK("offset_parts"."value_fen" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `offset_parts_identity` ON `offset_parts` (`offset_id`,`nth`);
--> statement-breakpoint
CREATE INDEX `offset_parts_member` ON `offset_parts` (`member`,`offset_id`);
--> statement-breakpoint
CREATE INDEX `offset_parts_hold` ON `offset_parts` (`hold_transaction`);
--> statement-breakpoint
CREATE INDEX `offset_parts_settled` ON `offset_parts` (`settled_transaction`);
--> statement-breakpoint
CREATE TABLE `counted_offsets` (
	`book` integer PRIMARY KEY NOT NULL,
	`transaction` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `offset_sums` (
	`estate` text NOT NULL,
	`redeemer` text NOT NULL,
	`month` text NOT NULL,
	`item` text NOT NULL,
	`count` integer NOT NULL,
	`value_fen` integer NOT NULL,
	PRIMARY KEY(`estate`, `month`, `redeemer`, `item`),
	CONSTRAINT "offset_sums_value_fen_safe" CHECK("offset_sums"."value_fen" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `offset_sums_redeemer` ON `offset_sums` (`redeemer`,`month`);
--> statement-breakpoint
CREATE TABLE `offset_fund_sums` (
	`estate` text NOT NULL,
	`redeemer` text NOT NULL,
	`month` text NOT NULL,
	`fund` text NOT NULL,
	`count` integer NOT NULL,
	`points` integer NOT NULL,
	`micro` integer NOT NULL,
	PRIMARY KEY(`estate`, `month`, `redeemer`, `fund`),
	CONSTRAINT "offset_fund_sums_points_safe" CHECK("offset_fund_sums"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "offset_fund_sums_micro_safe" CHECK("offset_fund_sums"."micro" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `offset_fund_sums_redeemer` ON `offset_fund_sums` (`redeemer`,`month`);
--> statement-breakpoint
CREATE TABLE `break_events` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`break_id` text NOT NULL,
	`kind` text NOT NULL,
	`actor` text NOT NULL,
	`comment` text NOT NULL,
	`subject` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `break_events_no_update` BEFORE UPDATE ON `break_events`
BEGIN
	SELECT RAISE(ABORT, 'linli: break_events is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `break_events_no_delete` BEFORE DELETE ON `break_events`
BEGIN
	SELECT RAISE(ABORT, 'linli: break_events is append-only');
END;
--> statement-breakpoint
CREATE INDEX `break_events_break` ON `break_events` (`break_id`,`id`);
--> statement-breakpoint
CREATE TABLE `write_offs` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`break_id` text NOT NULL,
	`estate` text NOT NULL,
	`firm` text NOT NULL,
	`item` text NOT NULL,
	`amount_fen` integer NOT NULL,
	`asked_by` text NOT NULL,
	`approved_by` text NOT NULL,
	`comment` text NOT NULL,
	`hash` text NOT NULL,
	`transaction` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "write_offs_amount_fen_safe" CHECK("write_offs"."amount_fen" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `write_offs_no_update` BEFORE UPDATE ON `write_offs`
BEGIN
	SELECT RAISE(ABORT, 'linli: write_offs is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `write_offs_no_delete` BEFORE DELETE ON `write_offs`
BEGIN
	SELECT RAISE(ABORT, 'linli: write_offs is append-only');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `write_offs_break` ON `write_offs` (`break_id`);
--> statement-breakpoint
CREATE INDEX `write_offs_transaction` ON `write_offs` (`transaction`);
--> statement-breakpoint
CREATE INDEX `write_offs_estate` ON `write_offs` (`estate`,`transaction`);
--> statement-breakpoint
CREATE TABLE `funder_statements` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`fund` text NOT NULL,
	`month` text NOT NULL,
	`number` integer NOT NULL,
	`source` text NOT NULL,
	`file_name` text NOT NULL,
	`file_hash` text NOT NULL,
	`rows` integer NOT NULL,
	`rejected` integer NOT NULL,
	`reason` text NOT NULL,
	`matched` integer NOT NULL,
	`differences` integer NOT NULL,
	`ours_fen` integer NOT NULL,
	`theirs_fen` integer,
	`taken_by` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "funder_statements_ours_fen_safe" CHECK("funder_statements"."ours_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "funder_statements_theirs_fen_safe" CHECK("funder_statements"."theirs_fen" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `funder_statements_no_update` BEFORE UPDATE ON `funder_statements`
BEGIN
	SELECT RAISE(ABORT, 'linli: funder_statements is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `funder_statements_no_delete` BEFORE DELETE ON `funder_statements`
BEGIN
	SELECT RAISE(ABORT, 'linli: funder_statements is append-only');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `funder_statements_number` ON `funder_statements` (`fund`,`month`,`number`);
--> statement-breakpoint
CREATE TABLE `funder_statement_rows` (
	`id` text PRIMARY KEY NOT NULL,
	`statement` text NOT NULL,
	`row_number` integer NOT NULL,
	`party` text NOT NULL,
	`party_text` text NOT NULL,
	`number` text NOT NULL,
	`period` text NOT NULL,
	`opening_fen` integer,
	`points` integer,
	`accepted_fen` integer,
	`reversed_fen` integer,
	`paid_fen` integer,
	`closing_fen` integer,
	CONSTRAINT "funder_statement_rows_opening_fen_safe" CHECK("funder_statement_rows"."opening_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "funder_statement_rows_points_safe" CHECK("funder_statement_rows"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "funder_statement_rows_accepted_fen_safe" CHECK("funder_statement_rows"."accepted_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "funder_statement_rows_reversed_fen_safe" CHECK("funder_statement_rows"."reversed_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "funder_statement_rows_paid_fen_safe" CHECK("funder_statement_rows"."paid_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "funder_statement_rows_closing_fen_safe" CHECK("funder_statement_rows"."closing_fen" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `funder_statement_rows_no_update` BEFORE UPDATE ON `funder_statement_rows`
BEGIN
	SELECT RAISE(ABORT, 'linli: funder_statement_rows is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `funder_statement_rows_no_delete` BEFORE DELETE ON `funder_statement_rows`
BEGIN
	SELECT RAISE(ABORT, 'linli: funder_statement_rows is append-only');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `funder_statement_rows_identity` ON `funder_statement_rows` (`statement`,`row_number`);
--> statement-breakpoint
CREATE TABLE `fund_differences` (
	`id` text PRIMARY KEY NOT NULL,
	`statement` text NOT NULL,
	`kind` text NOT NULL,
	`field` text,
	`party` text NOT NULL,
	`party_text` text NOT NULL,
	`number` text NOT NULL,
	`row_number` integer,
	`ours` integer,
	`theirs` integer,
	`tie` integer NOT NULL,
	CONSTRAINT "fund_differences_ours_safe" CHECK("fund_differences"."ours" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "fund_differences_theirs_safe" CHECK("fund_differences"."theirs" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "fund_differences_tie_boolean" CHECK("fund_differences"."tie" in (0, 1)),
	CONSTRAINT "fund_differences_kind_known" CHECK("fund_differences"."kind" in ('missing-there', 'missing-here', 'amount', 'wrong-period', 'wrong-party', 'duplicate'))
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `fund_differences_no_update` BEFORE UPDATE ON `fund_differences`
BEGIN
	SELECT RAISE(ABORT, 'linli: fund_differences is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `fund_differences_no_delete` BEFORE DELETE ON `fund_differences`
BEGIN
	SELECT RAISE(ABORT, 'linli: fund_differences is append-only');
END;
--> statement-breakpoint
CREATE INDEX `fund_differences_statement` ON `fund_differences` (`statement`,`id`);
--> statement-breakpoint
CREATE TABLE `fund_agreements` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`statement` text NOT NULL,
	`side` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`remark` text NOT NULL,
	`agreed_transaction` integer,
	CONSTRAINT "fund_agreements_side_known" CHECK("fund_agreements"."side" in ('funder', 'staff'))
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `fund_agreements_no_update` BEFORE UPDATE ON `fund_agreements`
BEGIN
	SELECT RAISE(ABORT, 'linli: fund_agreements is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `fund_agreements_no_delete` BEFORE DELETE ON `fund_agreements`
BEGIN
	SELECT RAISE(ABORT, 'linli: fund_agreements is append-only');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `fund_agreements_side` ON `fund_agreements` (`statement`,`side`);
--> statement-breakpoint
CREATE INDEX `fund_agreements_agreed` ON `fund_agreements` (`agreed_transaction`);
--> statement-breakpoint
ALTER TABLE `bills` ADD `period_to` text;
--> statement-breakpoint
ALTER TABLE `bills` ADD `due_in` text;
--> statement-breakpoint
CREATE INDEX `bills_several` ON `bills` (`estate`,`period_to`) WHERE "bills"."period_to" is not null;
--> statement-breakpoint
ALTER TABLE `offsets` ADD `bill_months` text;
--> statement-breakpoint
ALTER TABLE `breaks` ADD `owner` text;
--> statement-breakpoint
ALTER TABLE `breaks` ADD `carried_to` text;
--> statement-breakpoint
ALTER TABLE `breaks` ADD `resolved_at` integer;
--> statement-breakpoint
CREATE INDEX `breaks_kind` ON `breaks` (`estate`,`state`,`kind`,`id`);
--> statement-breakpoint
CREATE INDEX `breaks_offset` ON `breaks` (`offset`,`state`);
--> statement-breakpoint
CREATE INDEX `breaks_owner` ON `breaks` (`owner`);
