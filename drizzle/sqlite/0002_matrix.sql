CREATE TABLE `link_attempts` (
	`member` text PRIMARY KEY NOT NULL,
	`since` integer NOT NULL,
	`count` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `link_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`member` text NOT NULL,
	`platform` text NOT NULL,
	`until` integer NOT NULL,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `link_codes_member` ON `link_codes` (`member`);--> statement-breakpoint
CREATE TABLE `request_origins` (
	`id` text PRIMARY KEY NOT NULL,
	`request` text NOT NULL,
	`words` text,
	FOREIGN KEY (`request`) REFERENCES `requests`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `request_origins_request` ON `request_origins` (`request`);--> statement-breakpoint
ALTER TABLE `conversations` ADD `sources` text;--> statement-breakpoint
ALTER TABLE `members` ADD `joinedTo` text;