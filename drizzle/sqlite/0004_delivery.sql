CREATE TABLE `leases` (
	`name` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
DROP INDEX `outbox_queue`;--> statement-breakpoint
ALTER TABLE `outbox` ADD `lane` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `atOnce` integer DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `fanOut` text;--> statement-breakpoint
CREATE INDEX `outbox_lane` ON `outbox` (`lane`,`queue`,`id`) WHERE status in ('waiting','sending');--> statement-breakpoint
CREATE INDEX `outbox_unsent` ON `outbox` (`id`) WHERE status in ('waiting','sending');--> statement-breakpoint
CREATE INDEX `outbox_fan_out` ON `outbox` (`fanOut`,`status`);--> statement-breakpoint
ALTER TABLE `errands` ADD `leasedUntil` integer;--> statement-breakpoint
ALTER TABLE `events` ADD `acceptedAt` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
UPDATE `outbox` SET `status` = 'held' WHERE `status` = 'waiting' AND `attempts` = 0;
