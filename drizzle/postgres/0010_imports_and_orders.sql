CREATE TABLE "import_runs" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"place" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"file_name" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"stage" text COLLATE "C" NOT NULL,
	"rows" bigint NOT NULL,
	"started_by" text COLLATE "C" NOT NULL,
	"started_at" bigint NOT NULL,
	"heartbeat_at" bigint NOT NULL,
	"ended_at" bigint,
	"import" text COLLATE "C",
	"counts" text COLLATE "C",
	"refusal" text COLLATE "C",
	CONSTRAINT "import_runs_state_known" CHECK ("import_runs"."state" in ('running', 'taken', 'refused', 'failed'))
);
--> statement-breakpoint
CREATE INDEX "import_runs_place" ON "import_runs" USING btree ("place","kind","id");
--> statement-breakpoint
CREATE INDEX "transactions_refunds" ON "transactions" USING btree ("book","id") WHERE "transactions"."kind" in ('refund', 'clawback');
--> statement-breakpoint
CREATE INDEX "services_day" ON "services" USING btree ("place","state","starts_at","id");
--> statement-breakpoint
CREATE INDEX "bills_amount" ON "bills" USING btree ("estate","period","amount_fen","id");
--> statement-breakpoint
CREATE INDEX "bills_house_period" ON "bills" USING btree ("house","period","item","issue");
--> statement-breakpoint
CREATE INDEX "offsets_value" ON "offsets" USING btree ("estate","state","value_fen","id");
