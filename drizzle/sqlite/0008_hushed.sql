ALTER TABLE `outbox` ADD `hushed` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `outbox_hushed` ON `outbox` (`lane`,`queue`,`id`) WHERE status = 'held' and hushed;