ALTER TABLE "redemptions" ADD COLUMN "without_code" text COLLATE "C";
