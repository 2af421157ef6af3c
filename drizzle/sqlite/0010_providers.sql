ALTER TABLE `organizations` ADD `words` text DEFAULT '' NOT NULL;
--> statement-breakpoint
-- What was folded before still has its signs: those beyond ASCII become spaces, the index passes over the others itself.
UPDATE `organizations` SET `words` = replace(replace(replace(replace(replace(replace(replace(replace(
	`folded`, '’', ' '), '‘', ' '), '“', ' '), '”', ' '), '«', ' '), '»', ' '), '–', ' '), '—', ' ');
--> statement-breakpoint
-- A practice is found by whose it is, too. From here on its words and its provider's are one text for the index.
INSERT INTO `practice_search` (`practice_search`) VALUES ('delete-all');
--> statement-breakpoint
INSERT INTO `practice_search` (`rowid`, `title`, `every`) SELECT `number`, `foldedTitle`, `practices`.`folded` || ' ' || `words`
	FROM `practices` JOIN `organizations` ON `organizations`.`id` = `provider` WHERE `state` = 'published';
--> statement-breakpoint
DROP TRIGGER `practice_search_added`;
--> statement-breakpoint
CREATE TRIGGER `practice_search_added` AFTER INSERT ON `practices` WHEN new.`state` = 'published' BEGIN
	INSERT INTO `practice_search` (`rowid`, `title`, `every`) SELECT new.`number`, new.`foldedTitle`, new.`folded` || ' ' || `words`
		FROM `organizations` WHERE `id` = new.`provider`;
END;
--> statement-breakpoint
DROP TRIGGER `practice_search_gone`;
--> statement-breakpoint
CREATE TRIGGER `practice_search_gone` AFTER DELETE ON `practices` WHEN old.`state` = 'published' BEGIN
	INSERT INTO `practice_search` (`practice_search`, `rowid`, `title`, `every`)
		SELECT 'delete', old.`number`, old.`foldedTitle`, old.`folded` || ' ' || `words` FROM `organizations` WHERE `id` = old.`provider`;
END;
--> statement-breakpoint
DROP TRIGGER `practice_search_changed`;
--> statement-breakpoint
CREATE TRIGGER `practice_search_changed` AFTER UPDATE OF `number`, `state`, `provider`, `folded`, `foldedTitle` ON `practices` BEGIN
	INSERT INTO `practice_search` (`practice_search`, `rowid`, `title`, `every`)
		SELECT 'delete', old.`number`, old.`foldedTitle`, old.`folded` || ' ' || `words` FROM `organizations`
			WHERE `id` = old.`provider` AND old.`state` = 'published';
	INSERT INTO `practice_search` (`rowid`, `title`, `every`)
		SELECT new.`number`, new.`foldedTitle`, new.`folded` || ' ' || `words` FROM `organizations`
			WHERE `id` = new.`provider` AND new.`state` = 'published';
END;
--> statement-breakpoint
CREATE TRIGGER `practice_search_renamed` AFTER UPDATE OF `words` ON `organizations` WHEN new.`words` <> old.`words` BEGIN
	INSERT INTO `practice_search` (`practice_search`, `rowid`, `title`, `every`)
		SELECT 'delete', `number`, `foldedTitle`, `folded` || ' ' || old.`words` FROM `practices`
			WHERE `provider` = old.`id` AND `state` = 'published';
	INSERT INTO `practice_search` (`rowid`, `title`, `every`)
		SELECT `number`, `foldedTitle`, `folded` || ' ' || new.`words` FROM `practices`
			WHERE `provider` = old.`id` AND `state` = 'published';
END;
