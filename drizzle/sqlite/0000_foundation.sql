CREATE TABLE `books` (
	`id` integer PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `books_no_update` BEFORE UPDATE ON `books`
BEGIN
	SELECT RAISE(ABORT, 'linli: books is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `books_no_delete` BEFORE DELETE ON `books`
BEGIN
	SELECT RAISE(ABORT, 'linli: books is append-only');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `books_code_unique` ON `books` (`code`);
--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` integer PRIMARY KEY NOT NULL,
	`book` integer NOT NULL,
	`owner` text NOT NULL,
	`role` text NOT NULL,
	`counterparty` text NOT NULL,
	`floor` integer,
	`ceiling` integer,
	CONSTRAINT "accounts_floor_safe" CHECK("accounts"."floor" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "accounts_ceiling_safe" CHECK("accounts"."ceiling" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `accounts_no_update` BEFORE UPDATE ON `accounts`
BEGIN
	SELECT RAISE(ABORT, 'linli: accounts is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `accounts_no_delete` BEFORE DELETE ON `accounts`
BEGIN
	SELECT RAISE(ABORT, 'linli: accounts is append-only');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_identity` ON `accounts` (`book`,`owner`,`role`,`counterparty`);
--> statement-breakpoint
CREATE TABLE `assets` (
	`id` integer PRIMARY KEY NOT NULL,
	`book` integer NOT NULL,
	`kind` text NOT NULL,
	`unit` text NOT NULL,
	`fund` text NOT NULL,
	`expires_at` integer NOT NULL,
	`rate_micro` integer NOT NULL,
	`budget_returns` integer NOT NULL,
	CONSTRAINT "assets_rate_micro_safe" CHECK("assets"."rate_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "assets_kind_known" CHECK("assets"."kind" in ('series', 'promise', 'cny6')),
	CONSTRAINT "assets_budget_returns_flag" CHECK("assets"."budget_returns" in (0, 1))
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `assets_no_update` BEFORE UPDATE ON `assets`
BEGIN
	SELECT RAISE(ABORT, 'linli: assets is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `assets_no_delete` BEFORE DELETE ON `assets`
BEGIN
	SELECT RAISE(ABORT, 'linli: assets is append-only');
END;
--> statement-breakpoint
CREATE UNIQUE INDEX `assets_identity` ON `assets` (`book`,`kind`,`unit`,`fund`,`expires_at`,`rate_micro`,`budget_returns`);
--> statement-breakpoint
CREATE TABLE `transactions` (
	`id` integer PRIMARY KEY NOT NULL,
	`book` integer NOT NULL,
	`seq` integer NOT NULL,
	`format` integer NOT NULL,
	`place` text NOT NULL,
	`kind` text NOT NULL,
	`effective_at` integer NOT NULL,
	`booked_at` integer NOT NULL,
	`original_effective_at` integer,
	`unit_id` text NOT NULL,
	`actor` text NOT NULL,
	`source` text NOT NULL,
	`hold_id` text,
	`reverses` integer,
	`rule_version` text,
	`terms` text,
	`memo_commitment` text,
	`first_entry` integer NOT NULL,
	`entry_count` integer NOT NULL,
	`first_tally` integer NOT NULL,
	`tally_count` integer NOT NULL,
	`hash` text NOT NULL,
	CONSTRAINT "transactions_id_is_seq" CHECK("transactions"."id" = "transactions"."book" * 1099511627776 + "transactions"."seq")
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `transactions_no_update` BEFORE UPDATE ON `transactions`
BEGIN
	SELECT RAISE(ABORT, 'linli: transactions is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `transactions_no_delete` BEFORE DELETE ON `transactions`
BEGIN
	SELECT RAISE(ABORT, 'linli: transactions is append-only');
END;
--> statement-breakpoint
CREATE INDEX `transactions_booked_at` ON `transactions` (`book`,`booked_at`);
--> statement-breakpoint
CREATE INDEX `transactions_reverses` ON `transactions` (`reverses`) WHERE "transactions"."reverses" is not null;
--> statement-breakpoint
CREATE INDEX `transactions_hold` ON `transactions` (`hold_id`) WHERE "transactions"."hold_id" is not null;
--> statement-breakpoint
CREATE TABLE `entries` (
	`id` integer PRIMARY KEY NOT NULL,
	`tx` integer NOT NULL,
	`account` integer NOT NULL,
	`asset` integer NOT NULL,
	`amount` integer NOT NULL,
	`balance_after` integer NOT NULL,
	`effective_at` integer NOT NULL,
	CONSTRAINT "entries_amount_safe" CHECK("entries"."amount" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "entries_balance_after_safe" CHECK("entries"."balance_after" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `entries_no_update` BEFORE UPDATE ON `entries`
BEGIN
	SELECT RAISE(ABORT, 'linli: entries is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `entries_no_delete` BEFORE DELETE ON `entries`
BEGIN
	SELECT RAISE(ABORT, 'linli: entries is append-only');
END;
--> statement-breakpoint
CREATE INDEX `entries_account` ON `entries` (`account`,`id`);
--> statement-breakpoint
CREATE TABLE `positions` (
	`account` integer NOT NULL,
	`asset` integer NOT NULL,
	`balance` integer NOT NULL,
	`entry` integer NOT NULL,
	PRIMARY KEY(`account`, `asset`),
	CONSTRAINT "positions_balance_safe" CHECK("positions"."balance" between -9007199254740991 and 9007199254740991)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tallies` (
	`book` integer NOT NULL,
	`key` text NOT NULL,
	`total` integer NOT NULL,
	`entry` integer NOT NULL,
	PRIMARY KEY(`book`, `key`),
	CONSTRAINT "tallies_total_safe" CHECK("tallies"."total" between -9007199254740991 and 9007199254740991)
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tally_entries` (
	`id` integer PRIMARY KEY NOT NULL,
	`tx` integer NOT NULL,
	`key` text NOT NULL,
	`amount` integer NOT NULL,
	`total_after` integer NOT NULL,
	`floor` integer,
	`ceiling` integer,
	CONSTRAINT "tally_entries_amount_safe" CHECK("tally_entries"."amount" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "tally_entries_total_after_safe" CHECK("tally_entries"."total_after" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "tally_entries_floor_safe" CHECK("tally_entries"."floor" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "tally_entries_ceiling_safe" CHECK("tally_entries"."ceiling" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `tally_entries_no_update` BEFORE UPDATE ON `tally_entries`
BEGIN
	SELECT RAISE(ABORT, 'linli: tally_entries is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `tally_entries_no_delete` BEFORE DELETE ON `tally_entries`
BEGIN
	SELECT RAISE(ABORT, 'linli: tally_entries is append-only');
END;
--> statement-breakpoint
CREATE TABLE `keys` (
	`book` integer NOT NULL,
	`scope` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`unit_id` text NOT NULL,
	`status` text NOT NULL,
	`answer` text NOT NULL,
	`first_seq` integer,
	`last_seq` integer,
	`booked_at` integer NOT NULL,
	`hash` text NOT NULL,
	PRIMARY KEY(`book`, `scope`, `key`),
	CONSTRAINT "keys_status_known" CHECK("keys"."status" in ('posted', 'refused'))
) STRICT, WITHOUT ROWID;
--> statement-breakpoint
CREATE TRIGGER `keys_no_update` BEFORE UPDATE ON `keys`
BEGIN
	SELECT RAISE(ABORT, 'linli: keys is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `keys_no_delete` BEFORE DELETE ON `keys`
BEGIN
	SELECT RAISE(ABORT, 'linli: keys is append-only');
END;
--> statement-breakpoint
CREATE TABLE `holds` (
	`id` text PRIMARY KEY NOT NULL,
	`book` integer NOT NULL,
	`tx` integer NOT NULL,
	`member` text NOT NULL,
	`redeemer` text NOT NULL,
	`place` text NOT NULL,
	`ends_at` integer NOT NULL,
	`lines` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TRIGGER `holds_no_update` BEFORE UPDATE ON `holds`
BEGIN
	SELECT RAISE(ABORT, 'linli: holds is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `holds_no_delete` BEFORE DELETE ON `holds`
BEGIN
	SELECT RAISE(ABORT, 'linli: holds is append-only');
END;
--> statement-breakpoint
CREATE INDEX `holds_member` ON `holds` (`book`,`member`,`id`);
--> statement-breakpoint
CREATE INDEX `holds_ends_at` ON `holds` (`book`,`ends_at`);
--> statement-breakpoint
CREATE TABLE `people` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text,
	`phone` text,
	`initials` text,
	`created_at` integer NOT NULL,
	`erased_at` integer,
	`version` integer NOT NULL,
	CONSTRAINT "people_erased" CHECK("people"."erased_at" is null or ("people"."name" is null and "people"."phone" is null and "people"."initials" is null))
) STRICT;
--> statement-breakpoint
CREATE INDEX `people_phone` ON `people` (`phone`);
--> statement-breakpoint
CREATE TABLE `roles` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	`place` text NOT NULL,
	`valid_from` integer NOT NULL,
	`valid_to` integer,
	`granted_by` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `roles_person` ON `roles` (`person`);
--> statement-breakpoint
CREATE INDEX `roles_place` ON `roles` (`place`,`role`);
--> statement-breakpoint
CREATE UNIQUE INDEX `roles_running` ON `roles` (`person`,`role`,`place`) WHERE "roles"."valid_to" is null;
--> statement-breakpoint
CREATE TABLE `system_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`prefix` text NOT NULL,
	`hash` text NOT NULL,
	`scopes` text NOT NULL,
	`book` integer NOT NULL,
	`place` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	`last_used_at` integer
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `system_keys_hash_unique` ON `system_keys` (`hash`);
--> statement-breakpoint
CREATE INDEX `system_keys_book` ON `system_keys` (`book`,`id`);
--> statement-breakpoint
CREATE TABLE `sign_in_attempts` (
	`subject` text PRIMARY KEY NOT NULL,
	`tries` integer NOT NULL,
	`ends_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `access_log` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`place` text NOT NULL,
	`reason` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `access_log_place` ON `access_log` (`place`,`id`);
--> statement-breakpoint
CREATE INDEX `access_log_subject` ON `access_log` (`subject`,`id`);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`email_verified` integer NOT NULL,
	`image` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`username` text,
	`display_username` text,
	CONSTRAINT "users_email_verified_boolean" CHECK("users"."email_verified" in (0, 1))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_username_unique` ON `users` (`username`);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL,
	`token` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`ip_address` text,
	`user_agent` text,
	`user_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_token_unique` ON `sessions` (`token`);
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);
--> statement-breakpoint
CREATE INDEX `sessions_expiry` ON `sessions` (`expires_at`);
--> statement-breakpoint
CREATE TABLE `credentials` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`provider_id` text NOT NULL,
	`user_id` text NOT NULL,
	`access_token` text,
	`refresh_token` text,
	`id_token` text,
	`access_token_expires_at` integer,
	`refresh_token_expires_at` integer,
	`scope` text,
	`password` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_user` ON `credentials` (`user_id`,`provider_id`);
--> statement-breakpoint
CREATE TABLE `verifications` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`value` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `verifications_identifier` ON `verifications` (`identifier`);
--> statement-breakpoint
CREATE TABLE `services` (
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
	CONSTRAINT "services_points_safe" CHECK("services"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "services_state_known" CHECK("services"."state" in ('waiting', 'released', 'rejected', 'no-points')),
	CONSTRAINT "services_trust_known" CHECK("services"."trust" in ('scan', 'roll-call', 'paper', 'typed'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `services_place` ON `services` (`place`,`state`,`id`);
--> statement-breakpoint
CREATE INDEX `services_member` ON `services` (`member`,`id`);
--> statement-breakpoint
CREATE INDEX `services_award` ON `services` (`award_transaction`);
--> statement-breakpoint
CREATE INDEX `services_settled` ON `services` (`settled_transaction`);
--> statement-breakpoint
CREATE TABLE `purchases` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`member` text NOT NULL,
	`receipt` text NOT NULL,
	`amount_fen` integer NOT NULL,
	`paid_with_points_fen` integer NOT NULL,
	`unit` text NOT NULL,
	`points` integer NOT NULL,
	`steps` text NOT NULL,
	`rule_version` text NOT NULL,
	`clerk` text NOT NULL,
	`state` text NOT NULL,
	`transaction` integer,
	`taken_back_transaction` integer,
	`taken_back_by` text,
	`taken_back_reason` text,
	`created_at` integer NOT NULL,
	CONSTRAINT "purchases_amount_fen_safe" CHECK("purchases"."amount_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "purchases_paid_with_points_fen_safe" CHECK("purchases"."paid_with_points_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "purchases_points_safe" CHECK("purchases"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "purchases_state_known" CHECK("purchases"."state" in ('credited', 'taken-back'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `purchases_place` ON `purchases` (`place`,`id`);
--> statement-breakpoint
CREATE INDEX `purchases_member` ON `purchases` (`member`,`id`);
--> statement-breakpoint
CREATE INDEX `purchases_transaction` ON `purchases` (`transaction`);
--> statement-breakpoint
CREATE INDEX `purchases_taken_back` ON `purchases` (`taken_back_transaction`);
--> statement-breakpoint
CREATE TABLE `codes` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`book` integer NOT NULL,
	`member` text NOT NULL,
	`token_hash` text NOT NULL,
	`digits_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`resolved_at` integer,
	`resolved_place` text,
	`used_at` integer,
	`used_place` text,
	`used_by` text,
	`used_for` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `codes_token_hash_unique` ON `codes` (`token_hash`);
--> statement-breakpoint
CREATE INDEX `codes_digits` ON `codes` (`digits_hash`,`ends_at`);
--> statement-breakpoint
CREATE INDEX `codes_member` ON `codes` (`member`,`id`);
--> statement-breakpoint
CREATE INDEX `codes_end` ON `codes` (`ends_at`);
--> statement-breakpoint
CREATE TABLE `redemptions` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`member` text NOT NULL,
	`points` integer NOT NULL,
	`unit` text NOT NULL,
	`goods` text NOT NULL,
	`code` text NOT NULL,
	`clerk` text NOT NULL,
	`state` text NOT NULL,
	`transaction` integer,
	`undone_transaction` integer,
	`undone_by` text,
	`undone_reason` text,
	`created_at` integer NOT NULL,
	CONSTRAINT "redemptions_points_safe" CHECK("redemptions"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "redemptions_state_known" CHECK("redemptions"."state" in ('taken', 'undone'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `redemptions_place` ON `redemptions` (`place`,`id`);
--> statement-breakpoint
CREATE INDEX `redemptions_member` ON `redemptions` (`member`,`id`);
--> statement-breakpoint
CREATE INDEX `redemptions_transaction` ON `redemptions` (`transaction`);
--> statement-breakpoint
CREATE INDEX `redemptions_undone` ON `redemptions` (`undone_transaction`);
--> statement-breakpoint
CREATE UNIQUE INDEX `redemptions_code` ON `redemptions` (`code`);
--> statement-breakpoint
CREATE TABLE `funds` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`book` integer NOT NULL,
	`place` text NOT NULL,
	`name` text NOT NULL,
	`unit` text NOT NULL,
	`rate_micro` integer NOT NULL,
	`budget_returns` integer NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "funds_rate_micro_safe" CHECK("funds"."rate_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "funds_budget_returns_boolean" CHECK("funds"."budget_returns" in (0, 1))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `funds_identity` ON `funds` (`place`,`unit`);
--> statement-breakpoint
CREATE INDEX `funds_book` ON `funds` (`book`,`id`);
--> statement-breakpoint
CREATE TABLE `budgets` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`fund` text NOT NULL,
	`amount` integer NOT NULL,
	`basis` text NOT NULL,
	`requested_by` text NOT NULL,
	`approved_by` text,
	`transaction` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "budgets_amount_safe" CHECK("budgets"."amount" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE INDEX `budgets_fund` ON `budgets` (`fund`,`id`);
--> statement-breakpoint
CREATE TABLE `agreements` (
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
	CONSTRAINT "agreements_mode_known" CHECK("agreements"."mode" in ('owed', 'clearing', 'stocked'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `agreements_redeemer` ON `agreements` (`redeemer`,`fund`,`valid_from`);
--> statement-breakpoint
CREATE TABLE `rule_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`kind` text NOT NULL,
	`body` text NOT NULL,
	`valid_from` integer NOT NULL,
	`reason` text NOT NULL,
	`made_by` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `rule_versions_in_force` ON `rule_versions` (`place`,`kind`,`valid_from`);
--> statement-breakpoint
CREATE TABLE `places` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`book` integer NOT NULL,
	`parent` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "places_kind_known" CHECK("places"."kind" in ('district', 'street', 'community', 'estate', 'merchant', 'firm', 'clearing'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `places_parent` ON `places` (`parent`,`kind`,`id`);
--> statement-breakpoint
CREATE UNIQUE INDEX `places_identity` ON `places` (`book`,`parent`,`kind`,`name`);
--> statement-breakpoint
CREATE TABLE `houses` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`estate` text NOT NULL,
	`building` text NOT NULL,
	`unit` text NOT NULL,
	`room` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `houses_identity` ON `houses` (`estate`,`building`,`unit`,`room`);
--> statement-breakpoint
CREATE TABLE `residencies` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`house` text NOT NULL,
	`person` text NOT NULL,
	`relation` text NOT NULL,
	`since` text NOT NULL,
	`until` text,
	`created_at` integer NOT NULL,
	CONSTRAINT "residencies_relation_known" CHECK("residencies"."relation" in ('owner', 'family', 'tenant'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `residencies_house` ON `residencies` (`house`,`person`);
--> statement-breakpoint
CREATE INDEX `residencies_person` ON `residencies` (`person`,`house`);
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`kind` text NOT NULL,
	`file_name` text NOT NULL,
	`file_hash` text NOT NULL,
	`rows_accepted` integer NOT NULL,
	`rows_rejected` integer NOT NULL,
	`summary` text NOT NULL,
	`imported_by` text NOT NULL,
	`created_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `imports_file` ON `imports` (`place`,`kind`,`file_hash`);
--> statement-breakpoint
CREATE INDEX `imports_place` ON `imports` (`place`,`kind`,`id`);
--> statement-breakpoint
CREATE TABLE `bills` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`estate` text NOT NULL,
	`house` text NOT NULL,
	`item` text NOT NULL,
	`period` text NOT NULL,
	`issue` integer NOT NULL,
	`number` text NOT NULL,
	`amount_fen` integer NOT NULL,
	`paid_fen` integer NOT NULL,
	`past_due_fen` integer,
	`state` text NOT NULL,
	`import` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "bills_amount_fen_safe" CHECK("bills"."amount_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "bills_paid_fen_safe" CHECK("bills"."paid_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "bills_past_due_fen_safe" CHECK("bills"."past_due_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "bills_state_known" CHECK("bills"."state" in ('open', 'reissued', 'cancelled'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `bills_identity` ON `bills` (`estate`,`house`,`item`,`period`,`issue`);
--> statement-breakpoint
CREATE INDEX `bills_house` ON `bills` (`house`,`id`);
--> statement-breakpoint
CREATE INDEX `bills_estate` ON `bills` (`estate`,`period`,`id`);
--> statement-breakpoint
CREATE TABLE `offsets` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`number` text NOT NULL,
	`estate` text NOT NULL,
	`bill` text NOT NULL,
	`bill_issue` integer NOT NULL,
	`house` text NOT NULL,
	`item` text NOT NULL,
	`period` text NOT NULL,
	`member` text NOT NULL,
	`value_fen` integer NOT NULL,
	`points` text NOT NULL,
	`steps` text NOT NULL,
	`rule_version` text NOT NULL,
	`hold` text NOT NULL,
	`state` text NOT NULL,
	`export_batch` text,
	`hold_transaction` integer,
	`settled_transaction` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "offsets_value_fen_safe" CHECK("offsets"."value_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "offsets_state_known" CHECK("offsets"."state" in ('held', 'exported', 'posted', 'cancelled', 'returned'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `offsets_number` ON `offsets` (`estate`,`number`);
--> statement-breakpoint
CREATE INDEX `offsets_estate` ON `offsets` (`estate`,`state`,`id`);
--> statement-breakpoint
CREATE INDEX `offsets_period` ON `offsets` (`estate`,`period`,`id`);
--> statement-breakpoint
CREATE INDEX `offsets_member` ON `offsets` (`member`,`id`);
--> statement-breakpoint
CREATE INDEX `offsets_bill` ON `offsets` (`bill`);
--> statement-breakpoint
CREATE INDEX `offsets_hold` ON `offsets` (`hold_transaction`);
--> statement-breakpoint
CREATE INDEX `offsets_settled` ON `offsets` (`settled_transaction`);
--> statement-breakpoint
CREATE TABLE `export_batches` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`estate` text NOT NULL,
	`number` text NOT NULL,
	`count` integer NOT NULL,
	`value_fen` integer NOT NULL,
	`rows_hash` text NOT NULL,
	`made_by` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "export_batches_value_fen_safe" CHECK("export_batches"."value_fen" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `export_batches_number` ON `export_batches` (`estate`,`number`);
--> statement-breakpoint
CREATE TABLE `posted_rows` (
	`id` text PRIMARY KEY NOT NULL,
	`import` text NOT NULL,
	`row_number` integer NOT NULL,
	`estate` text NOT NULL,
	`offset_number` text NOT NULL,
	`house` text NOT NULL,
	`house_text` text NOT NULL,
	`item` text NOT NULL,
	`period` text NOT NULL,
	`amount_fen` integer NOT NULL,
	`posted_on` text,
	`state` text NOT NULL,
	`remark` text NOT NULL,
	`matched_offset` text,
	CONSTRAINT "posted_rows_amount_fen_safe" CHECK("posted_rows"."amount_fen" between -9007199254740991 and 9007199254740991)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `posted_rows_identity` ON `posted_rows` (`import`,`row_number`);
--> statement-breakpoint
CREATE INDEX `posted_rows_matched` ON `posted_rows` (`matched_offset`);
--> statement-breakpoint
CREATE TABLE `breaks` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`estate` text NOT NULL,
	`import` text NOT NULL,
	`kind` text NOT NULL,
	`offset` text,
	`posted_row` text,
	`difference_fen` integer NOT NULL,
	`proposal` text NOT NULL,
	`zh` text NOT NULL,
	`en` text NOT NULL,
	`state` text NOT NULL,
	`resolution` text,
	`comment` text,
	`resolved_by` text,
	`transaction` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "breaks_difference_fen_safe" CHECK("breaks"."difference_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "breaks_state_known" CHECK("breaks"."state" in ('open', 'resolved'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `breaks_import` ON `breaks` (`import`,`id`);
--> statement-breakpoint
CREATE INDEX `breaks_estate` ON `breaks` (`estate`,`state`,`id`);
--> statement-breakpoint
CREATE TABLE `closures` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`place` text NOT NULL,
	`month` text NOT NULL,
	`state` text NOT NULL,
	`closed_by` text NOT NULL,
	`closed_transaction` integer,
	`reopened_by` text,
	`reopened_transaction` integer,
	`reason` text,
	`created_at` integer NOT NULL,
	CONSTRAINT "closures_state_known" CHECK("closures"."state" in ('closed', 'reopened'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `closures_place` ON `closures` (`place`,`month`,`id`);
