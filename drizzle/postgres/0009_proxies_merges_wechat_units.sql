CREATE TABLE "person_merges" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"book" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"keeper" text COLLATE "C" NOT NULL,
	"duplicate" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"asked_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"decided_by" text COLLATE "C",
	"decided_at" bigint,
	"answer" text COLLATE "C",
	"effects" text COLLATE "C",
	CONSTRAINT "person_merges_state_known" CHECK ("person_merges"."state" in ('waiting', 'approved', 'refused', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "wechat_bindings" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"app" text COLLATE "C" NOT NULL,
	"openid_key" text COLLATE "C" NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wechat_returns" (
	"state_hash" text COLLATE "C" PRIMARY KEY NOT NULL,
	"ends_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proxies" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"principal" text COLLATE "C" NOT NULL,
	"proxy" text COLLATE "C" NOT NULL,
	"may" text COLLATE "C" NOT NULL,
	"since" text COLLATE "C" NOT NULL,
	"until" text COLLATE "C" NOT NULL,
	"given" text COLLATE "C" NOT NULL,
	"paper" text COLLATE "C" NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"recorded_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"ended_at" bigint,
	"ended_by" text COLLATE "C",
	CONSTRAINT "proxies_may_known" CHECK ("proxies"."may" in ('view', 'spend')),
	CONSTRAINT "proxies_given_known" CHECK ("proxies"."given" in ('house', 'code', 'paper')),
	CONSTRAINT "proxies_two_people" CHECK ("proxies"."proxy" <> "proxies"."principal")
);
--> statement-breakpoint
CREATE TABLE "helper_codes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C" NOT NULL,
	"hash" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"ends_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "units" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"version" bigint NOT NULL,
	"book" bigint NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"code" text COLLATE "C" NOT NULL,
	"name_zh" text COLLATE "C" NOT NULL,
	"name_en" text COLLATE "C" NOT NULL,
	"expiry" text COLLATE "C" NOT NULL,
	"basis" text COLLATE "C" NOT NULL,
	"made_by" text COLLATE "C" NOT NULL,
	"created_at" bigint NOT NULL,
	"changed_by" text COLLATE "C",
	"changed_at" bigint,
	"changed_reason" text COLLATE "C",
	CONSTRAINT "units_code_unique" UNIQUE("code")
);
--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "merged_into" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "sign_in_codes" ADD COLUMN "people" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "codes" ADD COLUMN "acted_by" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "offsets" ADD COLUMN "acted_by" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "offsets" ADD COLUMN "cancelled_by" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "counted_members" ADD COLUMN "moves" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "inquiries" ADD COLUMN "acted_by" text COLLATE "C";
--> statement-breakpoint
CREATE INDEX "person_merges_book" ON "person_merges" USING btree ("book","state","id");
--> statement-breakpoint
CREATE INDEX "person_merges_keeper" ON "person_merges" USING btree ("keeper","state");
--> statement-breakpoint
CREATE INDEX "person_merges_gone" ON "person_merges" USING btree ("duplicate","state");
--> statement-breakpoint
CREATE UNIQUE INDEX "person_merges_duplicate" ON "person_merges" USING btree ("duplicate") WHERE "person_merges"."state" in ('waiting', 'approved');
--> statement-breakpoint
CREATE UNIQUE INDEX "wechat_bindings_openid" ON "wechat_bindings" USING btree ("app","openid_key");
--> statement-breakpoint
CREATE UNIQUE INDEX "wechat_bindings_person" ON "wechat_bindings" USING btree ("person","app");
--> statement-breakpoint
CREATE INDEX "wechat_returns_end" ON "wechat_returns" USING btree ("ends_at");
--> statement-breakpoint
CREATE INDEX "proxies_principal" ON "proxies" USING btree ("principal","id");
--> statement-breakpoint
CREATE INDEX "proxies_proxy" ON "proxies" USING btree ("proxy","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "proxies_standing" ON "proxies" USING btree ("proxy","principal") WHERE "proxies"."ended_at" is null;
--> statement-breakpoint
CREATE INDEX "helper_codes_hash" ON "helper_codes" USING btree ("hash","id");
--> statement-breakpoint
CREATE INDEX "helper_codes_person" ON "helper_codes" USING btree ("person","id");
--> statement-breakpoint
CREATE INDEX "helper_codes_end" ON "helper_codes" USING btree ("ends_at");
--> statement-breakpoint
CREATE INDEX "units_book" ON "units" USING btree ("book","id");
--> statement-breakpoint
CREATE INDEX "people_merged" ON "people" USING btree ("merged_into") WHERE "people"."merged_into" is not null;
--> statement-breakpoint
CREATE INDEX "services_rated" ON "services" USING btree ("rated_by","recorded_by") WHERE "services"."rated_by" is not null;
--> statement-breakpoint
CREATE INDEX "funds_unit" ON "funds" USING btree ("book","unit","id");
--> statement-breakpoint
CREATE INDEX "budgets_requested" ON "budgets" USING btree ("requested_by","approved_by");
--> statement-breakpoint
CREATE INDEX "closures_asked" ON "closures" USING btree ("asked_by","closed_by");
--> statement-breakpoint
CREATE INDEX "closures_closed" ON "closures" USING btree ("closed_transaction");
--> statement-breakpoint
CREATE INDEX "closures_reopened" ON "closures" USING btree ("reopened_transaction");
