CREATE TABLE `fan_outs` (
	`id` text PRIMARY KEY NOT NULL,
	`starter` text NOT NULL,
	`told` integer NOT NULL,
	`stopped` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `fan_outs_starter` ON `fan_outs` (`starter`);