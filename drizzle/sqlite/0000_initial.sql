CREATE TABLE `errands` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`input` text NOT NULL,
	`backTo` text NOT NULL,
	`about` text NOT NULL,
	`cause` text,
	`author` text,
	`attempts` integer NOT NULL,
	`dueAt` integer NOT NULL,
	`done` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `errands_key` ON `errands` (`key`);--> statement-breakpoint
CREATE INDEX `errands_due` ON `errands` (`done`,`dueAt`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`place` text,
	`member` text,
	`queue` text NOT NULL,
	`message` text,
	`choices` text NOT NULL,
	`instead` text,
	`under` text,
	`onlyFor` text,
	`unasked` integer NOT NULL,
	`until` integer,
	`cause` text,
	`author` text,
	`status` text NOT NULL,
	`dueAt` integer NOT NULL,
	`attempts` integer NOT NULL,
	`sentTo` text,
	`spot` text,
	`ref` text,
	`sentAt` integer,
	`failure` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_key` ON `outbox` (`key`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`status`,`dueAt`);--> statement-breakpoint
CREATE INDEX `outbox_queue` ON `outbox` (`queue`,`status`,`id`);--> statement-breakpoint
CREATE INDEX `outbox_instead` ON `outbox` (`instead`);--> statement-breakpoint
CREATE INDEX `outbox_author` ON `outbox` (`author`);--> statement-breakpoint
CREATE INDEX `outbox_spot` ON `outbox` (`spot`,`id`);--> statement-breakpoint
CREATE TABLE `checkin_answers` (
	`id` text PRIMARY KEY NOT NULL,
	`period` text NOT NULL,
	`kind` text NOT NULL,
	`item` text NOT NULL,
	`status` text NOT NULL,
	`done` text,
	`next` text,
	`blocks` text,
	`support` integer NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	`late` integer NOT NULL,
	FOREIGN KEY (`period`) REFERENCES `periods`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `checkin_answers_item` ON `checkin_answers` (`period`,`kind`,`item`);--> statement-breakpoint
CREATE INDEX `checkin_answers_by` ON `checkin_answers` (`by`);--> statement-breakpoint
CREATE TABLE `periods` (
	`id` text PRIMARY KEY NOT NULL,
	`openedAt` integer,
	`closesAt` integer NOT NULL,
	`extendedAt` integer,
	`closedAt` integer
);
--> statement-breakpoint
CREATE TABLE `programme_items` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`line` text,
	`name` text NOT NULL,
	`mitigation` text,
	`owner` text,
	`position` integer NOT NULL,
	FOREIGN KEY (`owner`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `programme_items_owner` ON `programme_items` (`owner`);--> statement-breakpoint
CREATE TABLE `risk_reviews` (
	`id` text PRIMARY KEY NOT NULL,
	`period` text NOT NULL,
	`risk` text NOT NULL,
	`likelihood` integer NOT NULL,
	`impact` integer NOT NULL,
	`change` text,
	`by` text,
	`at` integer NOT NULL,
	`late` integer NOT NULL,
	FOREIGN KEY (`period`) REFERENCES `periods`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`risk`) REFERENCES `programme_items`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `risk_reviews_risk` ON `risk_reviews` (`period`,`risk`);--> statement-breakpoint
CREATE INDEX `risk_reviews_by` ON `risk_reviews` (`by`);--> statement-breakpoint
CREATE TABLE `checkin_skips` (
	`id` text PRIMARY KEY NOT NULL,
	`period` text NOT NULL,
	`member` text NOT NULL,
	FOREIGN KEY (`period`) REFERENCES `periods`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `checkin_skips_pair` ON `checkin_skips` (`period`,`member`);--> statement-breakpoint
CREATE TABLE `communities` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`audience` integer,
	`territory` text,
	`controller` text NOT NULL,
	`privacyContact` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `memberships` (
	`id` text PRIMARY KEY NOT NULL,
	`member` text NOT NULL,
	`community` text NOT NULL,
	`state` text NOT NULL,
	`startedAt` integer NOT NULL,
	`remindedAt` integer,
	`joinedAt` integer,
	`leftAt` integer,
	`introductions` text NOT NULL,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`community`) REFERENCES `communities`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `memberships_pair` ON `memberships` (`member`,`community`);--> statement-breakpoint
CREATE INDEX `memberships_community` ON `memberships` (`community`,`joinedAt`);--> statement-breakpoint
CREATE TABLE `profiles` (
	`member` text PRIMARY KEY NOT NULL,
	`role` text,
	`brings` text,
	`needs` text,
	`interests` text NOT NULL,
	`introduce` integer NOT NULL,
	`changedAt` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `laboratories` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`covers` text NOT NULL,
	`hours` text NOT NULL,
	`timezone` text NOT NULL,
	`feast` text,
	`targets` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `request_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`request` text NOT NULL,
	`author` text,
	`side` text NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`file` text,
	`at` integer NOT NULL,
	`posted` text NOT NULL,
	FOREIGN KEY (`request`) REFERENCES `requests`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `request_messages_request` ON `request_messages` (`request`,`at`);--> statement-breakpoint
CREATE INDEX `request_messages_author` ON `request_messages` (`author`);--> statement-breakpoint
CREATE TABLE `requests` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`practice` text,
	`community` text,
	`organization` text,
	`requester` text,
	`event` text NOT NULL,
	`need` text NOT NULL,
	`urgency` text NOT NULL,
	`file` text,
	`laboratory` text,
	`assignee` text,
	`state` text NOT NULL,
	`openedAt` integer NOT NULL,
	`answeredAt` integer,
	`target` real NOT NULL,
	`dueAt` integer NOT NULL,
	`replyDueAt` integer,
	`pendingSince` integer,
	`hoursLeft` real,
	`solvedAt` integer,
	`closedAt` integer,
	`outcome` text,
	`cancelled` integer DEFAULT false NOT NULL,
	`services` text NOT NULL,
	`rating` integer,
	`comment` text,
	`cards` text NOT NULL,
	`version` integer NOT NULL,
	FOREIGN KEY (`organization`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requester`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`laboratory`) REFERENCES `laboratories`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignee`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `requests_number` ON `requests` (`number`);--> statement-breakpoint
CREATE INDEX `requests_laboratory` ON `requests` (`laboratory`,`state`);--> statement-breakpoint
CREATE INDEX `requests_requester` ON `requests` (`requester`,`state`);--> statement-breakpoint
CREATE INDEX `requests_state` ON `requests` (`state`,`openedAt`);--> statement-breakpoint
CREATE TABLE `services` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `request_shown` (
	`id` text PRIMARY KEY NOT NULL,
	`request` text NOT NULL,
	`member` text NOT NULL,
	`place` text NOT NULL,
	FOREIGN KEY (`request`) REFERENCES `requests`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `request_shown_request` ON `request_shown` (`request`);--> statement-breakpoint
CREATE INDEX `request_shown_member` ON `request_shown` (`member`);--> statement-breakpoint
CREATE TABLE `trigger_events` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`services` text NOT NULL,
	`position` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `request_unsent_words` (
	`id` text PRIMARY KEY NOT NULL,
	`author` text NOT NULL,
	`text` text NOT NULL,
	`file` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`author`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `request_unsent_words_author` ON `request_unsent_words` (`author`);--> statement-breakpoint
CREATE TABLE `adoptions` (
	`id` text PRIMARY KEY NOT NULL,
	`practice` text NOT NULL,
	`organization` text NOT NULL,
	`owner` text,
	`state` text NOT NULL,
	`interestedAt` integer NOT NULL,
	`deployingAt` integer,
	`inUseAt` integer,
	`claimedAt` integer,
	`claimedBy` text,
	`holderAt` integer,
	FOREIGN KEY (`practice`) REFERENCES `practices`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`organization`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`claimedBy`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `adoptions_pair` ON `adoptions` (`practice`,`organization`);--> statement-breakpoint
CREATE INDEX `adoptions_organization` ON `adoptions` (`organization`);--> statement-breakpoint
CREATE INDEX `adoptions_owner` ON `adoptions` (`owner`);--> statement-breakpoint
CREATE TABLE `practice_cards` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`about` text NOT NULL,
	`place` text,
	`member` text,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `practice_cards_about` ON `practice_cards` (`about`,`kind`);--> statement-breakpoint
CREATE INDEX `practice_cards_member` ON `practice_cards` (`member`);--> statement-breakpoint
CREATE TABLE `practice_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`member` text NOT NULL,
	`content` text NOT NULL,
	`createdAt` integer NOT NULL,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `practice_drafts_member` ON `practice_drafts` (`member`);--> statement-breakpoint
CREATE TABLE `practices` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`description` text NOT NULL,
	`provider` text NOT NULL,
	`community` text NOT NULL,
	`kit` text,
	`version` text,
	`repository` text,
	`licence` text,
	`categories` text NOT NULL,
	`state` text NOT NULL,
	`folded` text NOT NULL,
	`reason` text,
	`reasonBy` text,
	`proposer` text,
	`proposedAt` integer NOT NULL,
	`publishedAt` integer,
	`changedAt` integer NOT NULL,
	`withdrawnAt` integer,
	FOREIGN KEY (`provider`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reasonBy`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`proposer`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `practices_number` ON `practices` (`number`);--> statement-breakpoint
CREATE INDEX `practices_state` ON `practices` (`state`,`publishedAt`);--> statement-breakpoint
CREATE INDEX `practices_provider` ON `practices` (`provider`);--> statement-breakpoint
CREATE INDEX `practices_community` ON `practices` (`community`,`state`);--> statement-breakpoint
CREATE INDEX `practices_repository` ON `practices` (`repository`);--> statement-breakpoint
CREATE TABLE `alarms` (
	`key` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`about` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `alarms_at` ON `alarms` (`at`);--> statement-breakpoint
CREATE TABLE `schedules` (
	`name` text PRIMARY KEY NOT NULL,
	`ranAt` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `accounts` (
	`id` text PRIMARY KEY NOT NULL,
	`member` text NOT NULL,
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`account` text NOT NULL,
	`seenAt` integer,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `accounts_native` ON `accounts` (`platform`,`workspace`,`account`);--> statement-breakpoint
CREATE INDEX `accounts_member` ON `accounts` (`member`);--> statement-breakpoint
CREATE TABLE `conversations` (
	`member` text PRIMARY KEY NOT NULL,
	`form` text NOT NULL,
	`about` text NOT NULL,
	`subject` text,
	`known` text NOT NULL,
	`options` text NOT NULL,
	`raw` text NOT NULL,
	`field` integer NOT NULL,
	`found` text,
	`place` text NOT NULL,
	`expiresAt` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `counters` (
	`series` text PRIMARY KEY NOT NULL,
	`last` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `events` (
	`id` text PRIMARY KEY NOT NULL,
	`interaction` text,
	`member` text NOT NULL,
	`at` integer NOT NULL,
	`outcome` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `events_waiting` ON `events` (`outcome`,`at`);--> statement-breakpoint
CREATE INDEX `events_member` ON `events` (`member`);--> statement-breakpoint
CREATE TABLE `files` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`bytes` blob NOT NULL,
	`owner` text,
	`createdAt` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `files_owner` ON `files` (`owner`);--> statement-breakpoint
CREATE TABLE `members` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text,
	`name` text NOT NULL,
	`locale` text NOT NULL,
	`timezone` text NOT NULL,
	`organization` text,
	`pausedUntil` integer,
	`createdAt` integer NOT NULL,
	`erasedAt` integer,
	FOREIGN KEY (`organization`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `members_person` ON `members` (`person`);--> statement-breakpoint
CREATE TABLE `memory` (
	`id` text PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`name` text NOT NULL,
	`value` text NOT NULL,
	`member` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `memory_name` ON `memory` (`platform`,`name`);--> statement-breakpoint
CREATE INDEX `memory_member` ON `memory` (`member`);--> statement-breakpoint
CREATE TABLE `organizations` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`folded` text NOT NULL,
	`ipa` text,
	`kind` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_ipa` ON `organizations` (`ipa`);--> statement-breakpoint
CREATE INDEX `organizations_folded` ON `organizations` (`folded`);--> statement-breakpoint
CREATE TABLE `places` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`address` text NOT NULL,
	`locale` text NOT NULL,
	`timezone` text NOT NULL,
	`feast` text,
	`purpose` text,
	`scope` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `places_native` ON `places` (`platform`,`workspace`,`address`);--> statement-breakpoint
CREATE INDEX `places_purpose` ON `places` (`purpose`,`scope`);--> statement-breakpoint
CREATE TABLE `roles` (
	`id` text PRIMARY KEY NOT NULL,
	`member` text NOT NULL,
	`role` text NOT NULL,
	`scope` text DEFAULT '' NOT NULL,
	`since` integer NOT NULL,
	FOREIGN KEY (`member`) REFERENCES `members`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `roles_grant` ON `roles` (`member`,`role`,`scope`);--> statement-breakpoint
CREATE INDEX `roles_scope` ON `roles` (`role`,`scope`);--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
