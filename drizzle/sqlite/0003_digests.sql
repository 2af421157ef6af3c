CREATE INDEX `memberships_joined` ON `memberships` (`joinedAt`);--> statement-breakpoint
CREATE INDEX `requests_closed` ON `requests` (`closedAt`);--> statement-breakpoint
CREATE INDEX `adoptions_interested` ON `adoptions` (`interestedAt`);--> statement-breakpoint
CREATE INDEX `adoptions_deploying` ON `adoptions` (`deployingAt`);--> statement-breakpoint
CREATE INDEX `adoptions_in_use` ON `adoptions` (`inUseAt`);--> statement-breakpoint
CREATE INDEX `adoptions_holder` ON `adoptions` (`holderAt`);--> statement-breakpoint
CREATE INDEX `practices_published` ON `practices` (`publishedAt`);