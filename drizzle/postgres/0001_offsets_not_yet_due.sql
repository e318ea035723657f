CREATE TABLE "offsets_not_yet_due" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"import" text COLLATE "C" NOT NULL,
	"offset_id" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "offsets_not_yet_due_identity" ON "offsets_not_yet_due" USING btree ("import","offset_id");
