ALTER TABLE `breaks` ADD `asked` text;
