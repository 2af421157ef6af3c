CREATE TABLE "leases" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"owner" text COLLATE "C" NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "outbox_queue";--> statement-breakpoint
ALTER TABLE "errands" ADD COLUMN "leasedUntil" bigint;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "lane" bigint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "atOnce" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "fanOut" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "events" ADD COLUMN "acceptedAt" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "outbox_lane" ON "outbox" USING btree ("lane","queue","id") WHERE status in ('waiting','sending');--> statement-breakpoint
CREATE INDEX "outbox_unsent" ON "outbox" USING btree ("id") WHERE status in ('waiting','sending');--> statement-breakpoint
CREATE INDEX "outbox_fan_out" ON "outbox" USING btree ("fanOut","status");--> statement-breakpoint
UPDATE "outbox" SET "status" = 'held' WHERE "status" = 'waiting' AND "attempts" = 0;
