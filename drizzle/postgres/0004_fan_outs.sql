CREATE TABLE "fan_outs" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"starter" text COLLATE "C" NOT NULL,
	"told" bigint NOT NULL,
	"stopped" boolean NOT NULL
);
--> statement-breakpoint
CREATE INDEX "fan_outs_starter" ON "fan_outs" USING btree ("starter");