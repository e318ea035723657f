ALTER TABLE "breaks" ADD COLUMN "asked" text COLLATE "C";
