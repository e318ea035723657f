ALTER TABLE "bills" ADD COLUMN "paid_was" text COLLATE "C";
