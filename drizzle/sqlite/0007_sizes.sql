CREATE INDEX `memberships_left` ON `memberships` (`community`,`leftAt`);--> statement-breakpoint
-- How many are in each community now: a digest would count them all.
CREATE TABLE `community_sizes` (`community` text PRIMARY KEY NOT NULL, `members` integer NOT NULL);
--> statement-breakpoint
INSERT INTO `community_sizes` SELECT `community`, count(*) FROM `memberships` WHERE `state` = 'member' GROUP BY `community`;
--> statement-breakpoint
CREATE TRIGGER `community_sizes_added` AFTER INSERT ON `memberships` WHEN new.`state` = 'member' BEGIN
	INSERT INTO `community_sizes` VALUES (new.`community`, 1) ON CONFLICT DO UPDATE SET `members` = `members` + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `community_sizes_gone` AFTER DELETE ON `memberships` WHEN old.`state` = 'member' BEGIN
	UPDATE `community_sizes` SET `members` = `members` - 1 WHERE `community` = old.`community`;
END;
--> statement-breakpoint
CREATE TRIGGER `community_sizes_changed` AFTER UPDATE OF `state`, `community` ON `memberships` BEGIN
	UPDATE `community_sizes` SET `members` = `members` - 1 WHERE `community` = old.`community` AND old.`state` = 'member';
	INSERT INTO `community_sizes` SELECT new.`community`, 1 WHERE new.`state` = 'member'
		ON CONFLICT DO UPDATE SET `members` = `members` + 1;
END;
