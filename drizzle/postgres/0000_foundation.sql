CREATE OR REPLACE FUNCTION "linli_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'linli: % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
--> statement-breakpoint
CREATE TABLE "books" (
	"id" bigint PRIMARY KEY NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "books_code_unique" UNIQUE("code")
);
--> statement-breakpoint
CREATE TRIGGER "books_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "books"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "books" ENABLE ALWAYS TRIGGER "books_append_only";
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" bigint PRIMARY KEY NOT NULL,
	"book" bigint NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"counterparty" text COLLATE "C" NOT NULL,
	"floor" bigint,
	"ceiling" bigint,
	CONSTRAINT "accounts_floor_safe" CHECK ("accounts"."floor" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "accounts_ceiling_safe" CHECK ("accounts"."ceiling" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TRIGGER "accounts_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "accounts"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "accounts" ENABLE ALWAYS TRIGGER "accounts_append_only";
--> statement-breakpoint
CREATE TABLE "assets" (
	"id" bigint PRIMARY KEY NOT NULL,
	"book" bigint NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"fund" text COLLATE "C" NOT NULL,
	"expires_at" bigint NOT NULL,
	"rate_micro" bigint NOT NULL,
	"budget_returns" bigint NOT NULL,
	CONSTRAINT "assets_rate_micro_safe" CHECK ("assets"."rate_micro" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "assets_kind_known" CHECK ("assets"."kind" in ('series', 'promise', 'cny6')),
	CONSTRAINT "assets_budget_returns_flag" CHECK ("assets"."budget_returns" in (0, 1))
);
--> statement-breakpoint
CREATE TRIGGER "assets_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "assets"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "assets" ENABLE ALWAYS TRIGGER "assets_append_only";
--> statement-breakpoint
CREATE TABLE "transactions" (
	"id" bigint PRIMARY KEY NOT NULL,
	"book" bigint NOT NULL,
	"seq" bigint NOT NULL,
	"format" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"effective_at" bigint NOT NULL,
	"booked_at" bigint NOT NULL,
	"original_effective_at" bigint,
	"unit_id" text COLLATE "C" NOT NULL,
	"actor" text COLLATE "C" NOT NULL,
	"source" text COLLATE "C" NOT NULL,
	"hold_id" text COLLATE "C",
	"reverses" bigint,
	"rule_version" text COLLATE "C",
	"terms" text COLLATE "C",
	"memo_commitment" text COLLATE "C",
	"first_entry" bigint NOT NULL,
	"entry_count" bigint NOT NULL,
	"first_tally" bigint NOT NULL,
	"tally_count" bigint NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "transactions_id_is_seq" CHECK ("transactions"."id" = "transactions"."book" * 1099511627776 + "transactions"."seq")
);
--> statement-breakpoint
CREATE TRIGGER "transactions_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "transactions"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "transactions" ENABLE ALWAYS TRIGGER "transactions_append_only";
--> statement-breakpoint
CREATE TABLE "entries" (
	"id" bigint PRIMARY KEY NOT NULL,
	"tx" bigint NOT NULL,
	"account" bigint NOT NULL,
	"asset" bigint NOT NULL,
	"amount" bigint NOT NULL,
	"balance_after" bigint NOT NULL,
	"effective_at" bigint NOT NULL,
	CONSTRAINT "entries_amount_safe" CHECK ("entries"."amount" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "entries_balance_after_safe" CHECK ("entries"."balance_after" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TRIGGER "entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "entries"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "entries" ENABLE ALWAYS TRIGGER "entries_append_only";
--> statement-breakpoint
CREATE TABLE "positions" (
	"account" bigint NOT NULL,
	"asset" bigint NOT NULL,
	"balance" bigint NOT NULL,
	"entry" bigint NOT NULL,
	CONSTRAINT "positions_pk" PRIMARY KEY("account","asset"),
	CONSTRAINT "positions_balance_safe" CHECK ("positions"."balance" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "tallies" (
	"book" bigint NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"total" bigint NOT NULL,
	"entry" bigint NOT NULL,
	CONSTRAINT "tallies_pk" PRIMARY KEY("book","key"),
	CONSTRAINT "tallies_total_safe" CHECK ("tallies"."total" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "tally_entries" (
	"id" bigint PRIMARY KEY NOT NULL,
	"tx" bigint NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"amount" bigint NOT NULL,
	"total_after" bigint NOT NULL,
	"floor" bigint,
	"ceiling" bigint,
	CONSTRAINT "tally_entries_amount_safe" CHECK ("tally_entries"."amount" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "tally_entries_total_after_safe" CHECK ("tally_entries"."total_after" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "tally_entries_floor_safe" CHECK ("tally_entries"."floor" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "tally_entries_ceiling_safe" CHECK ("tally_entries"."ceiling" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TRIGGER "tally_entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "tally_entries"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "tally_entries" ENABLE ALWAYS TRIGGER "tally_entries_append_only";
--> statement-breakpoint
CREATE TABLE "keys" (
	"book" bigint NOT NULL,
	"scope" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"request_hash" text COLLATE "C" NOT NULL,
	"unit_id" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"answer" text COLLATE "C" NOT NULL,
	"first_seq" bigint,
	"last_seq" bigint,
	"booked_at" bigint NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	CONSTRAINT "keys_pk" PRIMARY KEY("book","scope","key"),
	CONSTRAINT "keys_status_known" CHECK ("keys"."status" in ('posted', 'refused'))
);
--> statement-breakpoint
CREATE TRIGGER "keys_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "keys"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "keys" ENABLE ALWAYS TRIGGER "keys_append_only";
--> statement-breakpoint
CREATE TABLE "holds" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"book" bigint NOT NULL,
	"tx" bigint NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"redeemer" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"ends_at" bigint NOT NULL,
	"lines" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TRIGGER "holds_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "holds"
FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();
--> statement-breakpoint
ALTER TABLE "holds" ENABLE ALWAYS TRIGGER "holds_append_only";
--> statement-breakpoint
CREATE TABLE "people" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C",
	"phone" text COLLATE "C",
	"initials" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"erased_at" bigint,
	"version" bigint NOT NULL,
	CONSTRAINT "people_erased" CHECK ("people"."erased_at" is null or ("people"."name" is null and "people"."phone" is null and "people"."initials" is null))
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"valid_from" bigint NOT NULL,
	"valid_to" bigint,
	"granted_by" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "system_keys" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"prefix" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"scopes" text COLLATE "C" NOT NULL,
	"book" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"created_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"revoked_at" bigint,
	"last_used_at" bigint,
	CONSTRAINT "system_keys_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"subject" text COLLATE "C" PRIMARY KEY NOT NULL,
	"tries" bigint NOT NULL,
	"ends_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "access_log" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"actor" text COLLATE "C" NOT NULL,
	"action" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"email" text COLLATE "C" NOT NULL,
	"email_verified" boolean NOT NULL,
	"image" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"username" text COLLATE "C",
	"display_username" text COLLATE "C",
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_username_unique" UNIQUE("username")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"expires_at" bigint NOT NULL,
	"token" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL,
	"ip_address" text COLLATE "C",
	"user_agent" text COLLATE "C",
	"user_id" text COLLATE "C" NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "credentials" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"account_id" text COLLATE "C" NOT NULL,
	"provider_id" text COLLATE "C" NOT NULL,
	"user_id" text COLLATE "C" NOT NULL,
	"access_token" text COLLATE "C",
	"refresh_token" text COLLATE "C",
	"id_token" text COLLATE "C",
	"access_token_expires_at" bigint,
	"refresh_token_expires_at" bigint,
	"scope" text COLLATE "C",
	"password" text COLLATE "C",
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"identifier" text COLLATE "C" NOT NULL,
	"value" text COLLATE "C" NOT NULL,
	"expires_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "services" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"type" text COLLATE "C" NOT NULL,
	"starts_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"attended_from" bigint NOT NULL,
	"attended_to" bigint NOT NULL,
	"trust" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"grade" text COLLATE "C",
	"points" bigint NOT NULL,
	"steps" text COLLATE "C" NOT NULL,
	"rule_version" text COLLATE "C" NOT NULL,
	"recorded_by" text COLLATE "C" NOT NULL,
	"rated_by" text COLLATE "C",
	"award_transaction" bigint,
	"settled_transaction" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "services_points_safe" CHECK ("services"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "services_state_known" CHECK ("services"."state" in ('waiting', 'released', 'rejected', 'no-points')),
	CONSTRAINT "services_trust_known" CHECK ("services"."trust" in ('scan', 'roll-call', 'paper', 'typed'))
);
--> statement-breakpoint
CREATE TABLE "purchases" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"receipt" text COLLATE "C" NOT NULL,
	"amount_fen" bigint NOT NULL,
	"paid_with_points_fen" bigint NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"points" bigint NOT NULL,
	"steps" text COLLATE "C" NOT NULL,
	"rule_version" text COLLATE "C" NOT NULL,
	"clerk" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"transaction" bigint,
	"taken_back_transaction" bigint,
	"taken_back_by" text COLLATE "C",
	"taken_back_reason" text COLLATE "C",
	"created_at" bigint NOT NULL,
	CONSTRAINT "purchases_amount_fen_safe" CHECK ("purchases"."amount_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "purchases_paid_with_points_fen_safe" CHECK ("purchases"."paid_with_points_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "purchases_points_safe" CHECK ("purchases"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "purchases_state_known" CHECK ("purchases"."state" in ('credited', 'taken-back'))
);
--> statement-breakpoint
CREATE TABLE "codes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"book" bigint NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"token_hash" text COLLATE "C" NOT NULL,
	"digits_hash" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"resolved_at" bigint,
	"resolved_place" text COLLATE "C",
	"used_at" bigint,
	"used_place" text COLLATE "C",
	"used_by" text COLLATE "C",
	"used_for" text COLLATE "C",
	CONSTRAINT "codes_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "redemptions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"points" bigint NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"goods" text COLLATE "C" NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"clerk" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"transaction" bigint,
	"undone_transaction" bigint,
	"undone_by" text COLLATE "C",
	"undone_reason" text COLLATE "C",
	"created_at" bigint NOT NULL,
	CONSTRAINT "redemptions_points_safe" CHECK ("redemptions"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "redemptions_state_known" CHECK ("redemptions"."state" in ('taken', 'undone'))
);
--> statement-breakpoint
CREATE TABLE "funds" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"book" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"rate_micro" bigint NOT NULL,
	"budget_returns" boolean NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "funds_rate_micro_safe" CHECK ("funds"."rate_micro" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "budgets" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"fund" text COLLATE "C" NOT NULL,
	"amount" bigint NOT NULL,
	"basis" text COLLATE "C" NOT NULL,
	"requested_by" text COLLATE "C" NOT NULL,
	"approved_by" text COLLATE "C",
	"transaction" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "budgets_amount_safe" CHECK ("budgets"."amount" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "agreements" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"redeemer" text COLLATE "C" NOT NULL,
	"fund" text COLLATE "C" NOT NULL,
	"mode" text COLLATE "C" NOT NULL,
	"via" text COLLATE "C" NOT NULL,
	"factor" bigint NOT NULL,
	"valid_from" bigint NOT NULL,
	"valid_to" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "agreements_mode_known" CHECK ("agreements"."mode" in ('owed', 'clearing', 'stocked'))
);
--> statement-breakpoint
CREATE TABLE "rule_versions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"body" text COLLATE "C" NOT NULL,
	"valid_from" bigint NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "places" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"book" bigint NOT NULL,
	"parent" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "places_kind_known" CHECK ("places"."kind" in ('district', 'street', 'community', 'estate', 'merchant', 'firm', 'clearing'))
);
--> statement-breakpoint
CREATE TABLE "houses" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"estate" text COLLATE "C" NOT NULL,
	"building" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"room" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "residencies" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"house" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"relation" text COLLATE "C" NOT NULL,
	"since" text COLLATE "C" NOT NULL,
	"until" text COLLATE "C",
	"created_at" bigint NOT NULL,
	CONSTRAINT "residencies_relation_known" CHECK ("residencies"."relation" in ('owner', 'family', 'tenant'))
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"file_name" text COLLATE "C" NOT NULL,
	"file_hash" text COLLATE "C" NOT NULL,
	"rows_accepted" bigint NOT NULL,
	"rows_rejected" bigint NOT NULL,
	"summary" text COLLATE "C" NOT NULL,
	"imported_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bills" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"estate" text COLLATE "C" NOT NULL,
	"house" text COLLATE "C" NOT NULL,
	"item" text COLLATE "C" NOT NULL,
	"period" text COLLATE "C" NOT NULL,
	"issue" bigint NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"amount_fen" bigint NOT NULL,
	"paid_fen" bigint NOT NULL,
	"past_due_fen" bigint,
	"state" text COLLATE "C" NOT NULL,
	"import" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "bills_amount_fen_safe" CHECK ("bills"."amount_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "bills_paid_fen_safe" CHECK ("bills"."paid_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "bills_past_due_fen_safe" CHECK ("bills"."past_due_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "bills_state_known" CHECK ("bills"."state" in ('open', 'reissued', 'cancelled'))
);
--> statement-breakpoint
CREATE TABLE "offsets" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"estate" text COLLATE "C" NOT NULL,
	"bill" text COLLATE "C" NOT NULL,
	"bill_issue" bigint NOT NULL,
	"house" text COLLATE "C" NOT NULL,
	"item" text COLLATE "C" NOT NULL,
	"period" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"value_fen" bigint NOT NULL,
	"points" text COLLATE "C" NOT NULL,
	"steps" text COLLATE "C" NOT NULL,
	"rule_version" text COLLATE "C" NOT NULL,
	"hold" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"export_batch" text COLLATE "C",
	"hold_transaction" bigint,
	"settled_transaction" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "offsets_value_fen_safe" CHECK ("offsets"."value_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "offsets_state_known" CHECK ("offsets"."state" in ('held', 'exported', 'posted', 'cancelled', 'returned'))
);
--> statement-breakpoint
CREATE TABLE "export_batches" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"estate" text COLLATE "C" NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"count" bigint NOT NULL,
	"value_fen" bigint NOT NULL,
	"rows_hash" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "export_batches_value_fen_safe" CHECK ("export_batches"."value_fen" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "posted_rows" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"import" text COLLATE "C" NOT NULL,
	"row_number" bigint NOT NULL,
	"estate" text COLLATE "C" NOT NULL,
	"offset_number" text COLLATE "C" NOT NULL,
	"house" text COLLATE "C" NOT NULL,
	"house_text" text COLLATE "C" NOT NULL,
	"item" text COLLATE "C" NOT NULL,
	"period" text COLLATE "C" NOT NULL,
	"amount_fen" bigint NOT NULL,
	"posted_on" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"remark" text COLLATE "C" NOT NULL,
	"matched_offset" text COLLATE "C",
	CONSTRAINT "posted_rows_amount_fen_safe" CHECK ("posted_rows"."amount_fen" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "breaks" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"estate" text COLLATE "C" NOT NULL,
	"import" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"offset" text COLLATE "C",
	"posted_row" text COLLATE "C",
	"difference_fen" bigint NOT NULL,
	"proposal" text COLLATE "C" NOT NULL,
	"zh" text COLLATE "C" NOT NULL,
	"en" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"resolution" text COLLATE "C",
	"comment" text COLLATE "C",
	"resolved_by" text COLLATE "C",
	"transaction" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "breaks_difference_fen_safe" CHECK ("breaks"."difference_fen" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "breaks_state_known" CHECK ("breaks"."state" in ('open', 'resolved'))
);
--> statement-breakpoint
CREATE TABLE "closures" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"closed_by" text COLLATE "C" NOT NULL,
	"closed_transaction" bigint,
	"reopened_by" text COLLATE "C",
	"reopened_transaction" bigint,
	"reason" text COLLATE "C",
	"created_at" bigint NOT NULL,
	CONSTRAINT "closures_state_known" CHECK ("closures"."state" in ('closed', 'reopened'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_identity" ON "accounts" USING btree ("book","owner","role","counterparty");
--> statement-breakpoint
CREATE UNIQUE INDEX "assets_identity" ON "assets" USING btree ("book","kind","unit","fund","expires_at","rate_micro","budget_returns");
--> statement-breakpoint
CREATE INDEX "transactions_booked_at" ON "transactions" USING btree ("book","booked_at");
--> statement-breakpoint
CREATE INDEX "transactions_reverses" ON "transactions" USING btree ("reverses") WHERE "transactions"."reverses" is not null;
--> statement-breakpoint
CREATE INDEX "transactions_hold" ON "transactions" USING btree ("hold_id") WHERE "transactions"."hold_id" is not null;
--> statement-breakpoint
CREATE INDEX "entries_account" ON "entries" USING btree ("account","id");
--> statement-breakpoint
CREATE INDEX "holds_member" ON "holds" USING btree ("book","member","id");
--> statement-breakpoint
CREATE INDEX "holds_ends_at" ON "holds" USING btree ("book","ends_at");
--> statement-breakpoint
CREATE INDEX "people_phone" ON "people" USING btree ("phone");
--> statement-breakpoint
CREATE INDEX "roles_person" ON "roles" USING btree ("person");
--> statement-breakpoint
CREATE INDEX "roles_place" ON "roles" USING btree ("place","role");
--> statement-breakpoint
CREATE UNIQUE INDEX "roles_running" ON "roles" USING btree ("person","role","place") WHERE "roles"."valid_to" is null;
--> statement-breakpoint
CREATE INDEX "system_keys_book" ON "system_keys" USING btree ("book","id");
--> statement-breakpoint
CREATE INDEX "access_log_place" ON "access_log" USING btree ("place","id");
--> statement-breakpoint
CREATE INDEX "access_log_subject" ON "access_log" USING btree ("subject","id");
--> statement-breakpoint
CREATE INDEX "sessions_user" ON "sessions" USING btree ("user_id");
--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "credentials_user" ON "credentials" USING btree ("user_id","provider_id");
--> statement-breakpoint
CREATE INDEX "verifications_identifier" ON "verifications" USING btree ("identifier");
--> statement-breakpoint
CREATE INDEX "services_place" ON "services" USING btree ("place","state","id");
--> statement-breakpoint
CREATE INDEX "services_member" ON "services" USING btree ("member","id");
--> statement-breakpoint
CREATE INDEX "services_award" ON "services" USING btree ("award_transaction");
--> statement-breakpoint
CREATE INDEX "services_settled" ON "services" USING btree ("settled_transaction");
--> statement-breakpoint
CREATE INDEX "purchases_place" ON "purchases" USING btree ("place","id");
--> statement-breakpoint
CREATE INDEX "purchases_member" ON "purchases" USING btree ("member","id");
--> statement-breakpoint
CREATE INDEX "purchases_transaction" ON "purchases" USING btree ("transaction");
--> statement-breakpoint
CREATE INDEX "purchases_taken_back" ON "purchases" USING btree ("taken_back_transaction");
--> statement-breakpoint
CREATE INDEX "codes_digits" ON "codes" USING btree ("digits_hash","ends_at");
--> statement-breakpoint
CREATE INDEX "codes_member" ON "codes" USING btree ("member","id");
--> statement-breakpoint
CREATE INDEX "codes_end" ON "codes" USING btree ("ends_at");
--> statement-breakpoint
CREATE INDEX "redemptions_place" ON "redemptions" USING btree ("place","id");
--> statement-breakpoint
CREATE INDEX "redemptions_member" ON "redemptions" USING btree ("member","id");
--> statement-breakpoint
CREATE INDEX "redemptions_transaction" ON "redemptions" USING btree ("transaction");
--> statement-breakpoint
CREATE INDEX "redemptions_undone" ON "redemptions" USING btree ("undone_transaction");
--> statement-breakpoint
CREATE UNIQUE INDEX "redemptions_code" ON "redemptions" USING btree ("code");
--> statement-breakpoint
CREATE UNIQUE INDEX "funds_identity" ON "funds" USING btree ("place","unit");
--> statement-breakpoint
CREATE INDEX "funds_book" ON "funds" USING btree ("book","id");
--> statement-breakpoint
CREATE INDEX "budgets_fund" ON "budgets" USING btree ("fund","id");
--> statement-breakpoint
CREATE INDEX "agreements_redeemer" ON "agreements" USING btree ("redeemer","fund","valid_from");
--> statement-breakpoint
CREATE UNIQUE INDEX "rule_versions_in_force" ON "rule_versions" USING btree ("place","kind","valid_from");
--> statement-breakpoint
CREATE INDEX "places_parent" ON "places" USING btree ("parent","kind","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "places_identity" ON "places" USING btree ("book","parent","kind","name");
--> statement-breakpoint
CREATE UNIQUE INDEX "houses_identity" ON "houses" USING btree ("estate","building","unit","room");
--> statement-breakpoint
CREATE INDEX "residencies_house" ON "residencies" USING btree ("house","person");
--> statement-breakpoint
CREATE INDEX "residencies_person" ON "residencies" USING btree ("person","house");
--> statement-breakpoint
CREATE UNIQUE INDEX "imports_file" ON "imports" USING btree ("place","kind","file_hash");
--> statement-breakpoint
CREATE INDEX "imports_place" ON "imports" USING btree ("place","kind","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "bills_identity" ON "bills" USING btree ("estate","house","item","period","issue");
--> statement-breakpoint
CREATE INDEX "bills_house" ON "bills" USING btree ("house","id");
--> statement-breakpoint
CREATE INDEX "bills_estate" ON "bills" USING btree ("estate","period","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "offsets_number" ON "offsets" USING btree ("estate","number");
--> statement-breakpoint
CREATE INDEX "offsets_estate" ON "offsets" USING btree ("estate","state","id");
--> statement-breakpoint
CREATE INDEX "offsets_period" ON "offsets" USING btree ("estate","period","id");
--> statement-breakpoint
CREATE INDEX "offsets_member" ON "offsets" USING btree ("member","id");
--> statement-breakpoint
CREATE INDEX "offsets_bill" ON "offsets" USING btree ("bill");
--> statement-breakpoint
CREATE INDEX "offsets_hold" ON "offsets" USING btree ("hold_transaction");
--> statement-breakpoint
CREATE INDEX "offsets_settled" ON "offsets" USING btree ("settled_transaction");
--> statement-breakpoint
CREATE UNIQUE INDEX "export_batches_number" ON "export_batches" USING btree ("estate","number");
--> statement-breakpoint
CREATE UNIQUE INDEX "posted_rows_identity" ON "posted_rows" USING btree ("import","row_number");
--> statement-breakpoint
CREATE INDEX "posted_rows_matched" ON "posted_rows" USING btree ("matched_offset");
--> statement-breakpoint
CREATE INDEX "breaks_import" ON "breaks" USING btree ("import","id");
--> statement-breakpoint
CREATE INDEX "breaks_estate" ON "breaks" USING btree ("estate","state","id");
--> statement-breakpoint
CREATE INDEX "closures_place" ON "closures" USING btree ("place","month","id");
