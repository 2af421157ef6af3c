ALTER TABLE `practices` ADD `foldedTitle` text DEFAULT '' NOT NULL;
--> statement-breakpoint
-- What was folded before still has its signs: those beyond ASCII become spaces, the index passes over the others itself.
UPDATE `practices` SET `folded` = replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
	`folded`, '’', ' '), '‘', ' '), '“', ' '), '”', ' '), '«', ' '), '»', ' '), '–', ' '), '—', ' '), '·', ' '), '•', ' '), '°', ' '), '€', ' ');
--> statement-breakpoint
UPDATE `practices` SET `foldedTitle` = substr(`folded`, 1, length(`title`));
--> statement-breakpoint
-- The words come folded and apart: this tokenizer takes each as it is. A row's number is the practice's.
CREATE VIRTUAL TABLE `practice_search` USING fts5(`title`, `every`, content='', detail=column, tokenize='ascii', prefix='1 2 3');
--> statement-breakpoint
-- Words that are taken back leave no trace in the index either.
INSERT INTO `practice_search` (`practice_search`, `rank`) VALUES ('secure-delete', 1);
--> statement-breakpoint
INSERT INTO `practice_search` (`rowid`, `title`, `every`) SELECT `number`, `foldedTitle`, `folded` FROM `practices` WHERE `state` = 'published';
--> statement-breakpoint
CREATE TRIGGER `practice_search_added` AFTER INSERT ON `practices` WHEN new.`state` = 'published' BEGIN
	INSERT INTO `practice_search` (`rowid`, `title`, `every`) VALUES (new.`number`, new.`foldedTitle`, new.`folded`);
END;
--> statement-breakpoint
CREATE TRIGGER `practice_search_gone` AFTER DELETE ON `practices` WHEN old.`state` = 'published' BEGIN
	INSERT INTO `practice_search` (`practice_search`, `rowid`, `title`, `every`) VALUES ('delete', old.`number`, old.`foldedTitle`, old.`folded`);
END;
--> statement-breakpoint
CREATE TRIGGER `practice_search_changed` AFTER UPDATE OF `number`, `state`, `folded`, `foldedTitle` ON `practices` BEGIN
	INSERT INTO `practice_search` (`practice_search`, `rowid`, `title`, `every`)
		SELECT 'delete', old.`number`, old.`foldedTitle`, old.`folded` WHERE old.`state` = 'published';
	INSERT INTO `practice_search` (`rowid`, `title`, `every`)
		SELECT new.`number`, new.`foldedTitle`, new.`folded` WHERE new.`state` = 'published';
END;
