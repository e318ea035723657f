CREATE TABLE "sign_in_codes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"phone_key" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C",
	"place" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "closure_requests" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"asked_by" text COLLATE "C" NOT NULL,
	"ended_by" text COLLATE "C",
	"created_at" bigint NOT NULL,
	CONSTRAINT "closure_requests_state_known" CHECK ("closure_requests"."state" in ('waiting', 'approved', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "counted_books" (
	"book" bigint PRIMARY KEY NOT NULL,
	"transaction" bigint NOT NULL,
	"until" bigint NOT NULL,
	"first_month" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counted_members" (
	"book" bigint NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"estate" text COLLATE "C" NOT NULL,
	"months" text COLLATE "C" NOT NULL,
	CONSTRAINT "counted_members_pk" PRIMARY KEY("book","person")
);
--> statement-breakpoint
CREATE TABLE "month_figures" (
	"book" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"fund" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"opening" bigint NOT NULL,
	"issued" bigint NOT NULL,
	"taken_back" bigint NOT NULL,
	"redeemed" bigint NOT NULL,
	"refunded" bigint NOT NULL,
	"expired" bigint NOT NULL,
	"moved" bigint NOT NULL,
	"taken_back_of_earlier" bigint NOT NULL,
	"refunded_of_earlier" bigint NOT NULL,
	"taken_back_later" bigint NOT NULL,
	"refunded_later" bigint NOT NULL,
	CONSTRAINT "month_figures_pk" PRIMARY KEY("place","month","fund"),
	CONSTRAINT "month_figures_opening_safe" CHECK ("month_figures"."opening" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_issued_safe" CHECK ("month_figures"."issued" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_taken_back_safe" CHECK ("month_figures"."taken_back" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_redeemed_safe" CHECK ("month_figures"."redeemed" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_refunded_safe" CHECK ("month_figures"."refunded" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_expired_safe" CHECK ("month_figures"."expired" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_moved_safe" CHECK ("month_figures"."moved" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_taken_back_of_earlier_safe" CHECK ("month_figures"."taken_back_of_earlier" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_refunded_of_earlier_safe" CHECK ("month_figures"."refunded_of_earlier" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_taken_back_later_safe" CHECK ("month_figures"."taken_back_later" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_figures_refunded_later_safe" CHECK ("month_figures"."refunded_later" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "month_counts" (
	"place" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"people" bigint NOT NULL,
	"services" bigint NOT NULL,
	"minutes" bigint NOT NULL,
	"points" bigint NOT NULL,
	"voided_services" bigint NOT NULL,
	"voided_minutes" bigint NOT NULL,
	"voided_points" bigint NOT NULL,
	CONSTRAINT "month_counts_pk" PRIMARY KEY("place","month","kind"),
	CONSTRAINT "month_counts_points_safe" CHECK ("month_counts"."points" between -9007199254740991 and 9007199254740991),
	CONSTRAINT "month_counts_voided_points_safe" CHECK ("month_counts"."voided_points" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "month_awards" (
	"transaction" bigint PRIMARY KEY NOT NULL,
	"estate" text COLLATE "C" NOT NULL,
	"month" text COLLATE "C" NOT NULL,
	"service" text COLLATE "C" NOT NULL,
	"unit" text COLLATE "C" NOT NULL,
	"points" bigint NOT NULL,
	CONSTRAINT "month_awards_points_safe" CHECK ("month_awards"."points" between -9007199254740991 and 9007199254740991)
);
--> statement-breakpoint
CREATE TABLE "inquiries" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"transaction" bigint NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"desk" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"waits" boolean NOT NULL,
	"reopened" boolean NOT NULL,
	"maker" text COLLATE "C" NOT NULL,
	"made_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "inquiries_desk_known" CHECK ("inquiries"."desk" in ('staff', 'shop', 'fees')),
	CONSTRAINT "inquiries_state_known" CHECK ("inquiries"."state" in ('open', 'answered', 'reopened', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "inquiry_words" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"inquiry" text COLLATE "C" NOT NULL,
	"deed" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C",
	"by" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"tell_from" bigint,
	CONSTRAINT "inquiry_words_deed_known" CHECK ("inquiry_words"."deed" in ('ask', 'answer', 'reopen', 'close'))
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"event" text COLLATE "C" NOT NULL,
	"facts" text COLLATE "C" NOT NULL,
	"transaction" bigint,
	"created_at" bigint NOT NULL,
	"read_at" bigint
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"notice" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"channel" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"tries" bigint NOT NULL,
	"due_at" bigint,
	"created_at" bigint NOT NULL,
	"done_at" bigint,
	"done_by" text COLLATE "C",
	CONSTRAINT "deliveries_state_known" CHECK ("deliveries"."state" in ('queued', 'sending', 'waiting', 'sent', 'told'))
);
--> statement-breakpoint
CREATE TABLE "notice_settings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"channel" text COLLATE "C" NOT NULL,
	"ways" text COLLATE "C" NOT NULL,
	"changed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notice_cursors" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL,
	"done_at" bigint
);
--> statement-breakpoint
DROP INDEX "agreements_redeemer";
--> statement-breakpoint
DROP INDEX "rule_versions_in_force";
--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "made_by" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "basis" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "ended_by" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "ended_at" bigint;
--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "ended_reason" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "agreements" ADD COLUMN "monthly_cap" bigint;
--> statement-breakpoint
ALTER TABLE "rule_versions" ADD COLUMN "basis" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "rule_versions" ADD COLUMN "withdrawn_by" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "rule_versions" ADD COLUMN "withdrawn_at" bigint;
--> statement-breakpoint
ALTER TABLE "rule_versions" ADD COLUMN "withdrawn_reason" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "residencies" ADD COLUMN "end_reason" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "closures" ADD COLUMN "asked_by" text COLLATE "C";
--> statement-breakpoint
CREATE INDEX "sign_in_codes_phone" ON "sign_in_codes" USING btree ("phone_key","id");
--> statement-breakpoint
CREATE INDEX "sign_in_codes_place" ON "sign_in_codes" USING btree ("place","id");
--> statement-breakpoint
CREATE INDEX "sign_in_codes_end" ON "sign_in_codes" USING btree ("ends_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "closure_requests_waiting" ON "closure_requests" USING btree ("place") WHERE "closure_requests"."state" = 'waiting';
--> statement-breakpoint
CREATE INDEX "month_figures_book" ON "month_figures" USING btree ("book","month");
--> statement-breakpoint
CREATE INDEX "month_awards_estate" ON "month_awards" USING btree ("estate","month","transaction");
--> statement-breakpoint
CREATE INDEX "inquiries_desk" ON "inquiries" USING btree ("place","desk","waits","id");
--> statement-breakpoint
CREATE INDEX "inquiries_member" ON "inquiries" USING btree ("member","id");
--> statement-breakpoint
CREATE INDEX "inquiries_transaction" ON "inquiries" USING btree ("member","transaction","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "inquiries_open" ON "inquiries" USING btree ("member","transaction") WHERE "inquiries"."state" <> 'closed';
--> statement-breakpoint
CREATE INDEX "inquiry_words_inquiry" ON "inquiry_words" USING btree ("inquiry","id");
--> statement-breakpoint
CREATE INDEX "inquiry_words_to_tell" ON "inquiry_words" USING btree ("tell_from","id") WHERE "inquiry_words"."tell_from" is not null;
--> statement-breakpoint
CREATE UNIQUE INDEX "notices_once" ON "notices" USING btree ("person","kind","event");
--> statement-breakpoint
CREATE INDEX "notices_person" ON "notices" USING btree ("person","id");
--> statement-breakpoint
CREATE INDEX "notices_unread" ON "notices" USING btree ("person","id") WHERE "notices"."read_at" is null;
--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_notice" ON "deliveries" USING btree ("notice");
--> statement-breakpoint
CREATE INDEX "deliveries_place" ON "deliveries" USING btree ("place","state","id");
--> statement-breakpoint
CREATE INDEX "deliveries_person" ON "deliveries" USING btree ("person");
--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at","id") WHERE "deliveries"."due_at" is not null;
--> statement-breakpoint
CREATE INDEX "assets_end" ON "assets" USING btree ("book","expires_at");
--> statement-breakpoint
CREATE UNIQUE INDEX "agreements_begin" ON "agreements" USING btree ("redeemer","fund","valid_from") WHERE "agreements"."valid_to" is null;
--> statement-breakpoint
CREATE INDEX "rule_versions_place" ON "rule_versions" USING btree ("place","kind","valid_from","id");
--> statement-breakpoint
CREATE INDEX "places_kind" ON "places" USING btree ("kind","id");
--> statement-breakpoint
CREATE INDEX "agreements_redeemer" ON "agreements" USING btree ("redeemer","fund","valid_from","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "rule_versions_in_force" ON "rule_versions" USING btree ("place","kind","valid_from") WHERE "rule_versions"."withdrawn_at" is null;
--> statement-breakpoint
ALTER TABLE "agreements" ADD CONSTRAINT "agreements_monthly_cap_safe" CHECK ("agreements"."monthly_cap" between -9007199254740991 and 9007199254740991);
