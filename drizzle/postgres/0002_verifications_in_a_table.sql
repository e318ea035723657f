CREATE TABLE "book_verifications" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"book" bigint NOT NULL,
	"started_by" text COLLATE "C" NOT NULL,
	"started_at" bigint NOT NULL,
	"heartbeat_at" bigint NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"done" bigint NOT NULL,
	"of" bigint NOT NULL,
	"ended_at" bigint,
	"report" text COLLATE "C",
	"findings" text COLLATE "C" NOT NULL,
	"finding_count" bigint NOT NULL,
	CONSTRAINT "book_verifications_state_known" CHECK ("book_verifications"."state" in ('running', 'right', 'wrong', 'failed', 'broken-off'))
);
--> statement-breakpoint
CREATE INDEX "book_verifications_book" ON "book_verifications" USING btree ("book","id");
--> statement-breakpoint
CREATE UNIQUE INDEX "book_verifications_running" ON "book_verifications" USING btree ("book") WHERE "book_verifications"."state" = 'running';
