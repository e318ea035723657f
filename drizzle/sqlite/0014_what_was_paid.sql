ALTER TABLE `bills` ADD `paid_was` text;
