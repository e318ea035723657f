ALTER TABLE `redemptions` ADD `without_code` text;
