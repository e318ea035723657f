CREATE TABLE "breaks_seen_again" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"import" text COLLATE "C" NOT NULL,
	"break_id" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
ALTER TABLE "breaks" ADD COLUMN "settled_import" text COLLATE "C";
--> statement-breakpoint
CREATE UNIQUE INDEX "breaks_seen_again_identity" ON "breaks_seen_again" USING btree ("break_id","import");
--> statement-breakpoint
CREATE INDEX "breaks_seen_again_import" ON "breaks_seen_again" USING btree ("import","break_id");
