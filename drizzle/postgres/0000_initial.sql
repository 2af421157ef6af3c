CREATE TABLE "errands" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"input" json NOT NULL,
	"backTo" text COLLATE "C" NOT NULL,
	"about" text COLLATE "C" NOT NULL,
	"cause" text COLLATE "C",
	"author" text COLLATE "C",
	"attempts" bigint NOT NULL,
	"dueAt" bigint NOT NULL,
	"done" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"place" json,
	"member" text COLLATE "C",
	"queue" text COLLATE "C" NOT NULL,
	"message" json,
	"choices" json NOT NULL,
	"instead" text COLLATE "C",
	"under" text COLLATE "C",
	"onlyFor" text COLLATE "C",
	"unasked" boolean NOT NULL,
	"until" bigint,
	"cause" text COLLATE "C",
	"author" text COLLATE "C",
	"status" text COLLATE "C" NOT NULL,
	"dueAt" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"sentTo" json,
	"spot" text COLLATE "C",
	"ref" text COLLATE "C",
	"sentAt" bigint,
	"failure" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "link_attempts" (
	"member" text COLLATE "C" PRIMARY KEY NOT NULL,
	"since" bigint NOT NULL,
	"count" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link_codes" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"platform" text COLLATE "C" NOT NULL,
	"until" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "checkin_answers" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"period" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"item" text COLLATE "C" NOT NULL,
	"status" text COLLATE "C" NOT NULL,
	"done" text COLLATE "C",
	"next" text COLLATE "C",
	"blocks" text COLLATE "C",
	"support" boolean NOT NULL,
	"by" text COLLATE "C",
	"at" bigint NOT NULL,
	"late" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "periods" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"openedAt" bigint,
	"closesAt" bigint NOT NULL,
	"extendedAt" bigint,
	"closedAt" bigint
);
--> statement-breakpoint
CREATE TABLE "programme_items" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"line" text COLLATE "C",
	"name" json NOT NULL,
	"mitigation" json,
	"owner" text COLLATE "C",
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "risk_reviews" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"period" text COLLATE "C" NOT NULL,
	"risk" text COLLATE "C" NOT NULL,
	"likelihood" bigint NOT NULL,
	"impact" bigint NOT NULL,
	"change" text COLLATE "C",
	"by" text COLLATE "C",
	"at" bigint NOT NULL,
	"late" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "checkin_skips" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"period" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "communities" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" json NOT NULL,
	"audience" bigint,
	"territory" text COLLATE "C",
	"controller" text COLLATE "C" NOT NULL,
	"privacyContact" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"community" text COLLATE "C" NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"startedAt" bigint NOT NULL,
	"remindedAt" bigint,
	"joinedAt" bigint,
	"leftAt" bigint,
	"introductions" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "profiles" (
	"member" text COLLATE "C" PRIMARY KEY NOT NULL,
	"role" text COLLATE "C",
	"brings" text COLLATE "C",
	"needs" text COLLATE "C",
	"interests" json NOT NULL,
	"introduce" boolean NOT NULL,
	"changedAt" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "laboratories" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" json NOT NULL,
	"covers" json NOT NULL,
	"hours" json NOT NULL,
	"timezone" text COLLATE "C" NOT NULL,
	"feast" text COLLATE "C",
	"targets" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_messages" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"request" text COLLATE "C" NOT NULL,
	"author" text COLLATE "C",
	"side" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"file" text COLLATE "C",
	"at" bigint NOT NULL,
	"posted" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_origins" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"request" text COLLATE "C" NOT NULL,
	"words" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "requests" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"number" text COLLATE "C" NOT NULL,
	"practice" text COLLATE "C",
	"community" text COLLATE "C",
	"organization" text COLLATE "C",
	"requester" text COLLATE "C",
	"event" text COLLATE "C" NOT NULL,
	"need" text COLLATE "C" NOT NULL,
	"urgency" text COLLATE "C" NOT NULL,
	"file" text COLLATE "C",
	"laboratory" text COLLATE "C",
	"assignee" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"openedAt" bigint NOT NULL,
	"answeredAt" bigint,
	"target" double precision NOT NULL,
	"dueAt" bigint NOT NULL,
	"replyDueAt" bigint,
	"pendingSince" bigint,
	"hoursLeft" double precision,
	"solvedAt" bigint,
	"closedAt" bigint,
	"outcome" text COLLATE "C",
	"cancelled" boolean DEFAULT false NOT NULL,
	"services" json NOT NULL,
	"rating" bigint,
	"comment" text COLLATE "C",
	"cards" json NOT NULL,
	"version" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "services" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" json NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_shown" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"request" text COLLATE "C" NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"place" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trigger_events" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" json NOT NULL,
	"services" json NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "request_unsent_words" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"author" text COLLATE "C" NOT NULL,
	"text" text COLLATE "C" NOT NULL,
	"file" text COLLATE "C",
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "adoptions" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"practice" text COLLATE "C" NOT NULL,
	"organization" text COLLATE "C" NOT NULL,
	"owner" text COLLATE "C",
	"state" text COLLATE "C" NOT NULL,
	"interestedAt" bigint NOT NULL,
	"deployingAt" bigint,
	"inUseAt" bigint,
	"claimedAt" bigint,
	"claimedBy" text COLLATE "C",
	"holderAt" bigint
);
--> statement-breakpoint
CREATE TABLE "practice_cards" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"about" text COLLATE "C" NOT NULL,
	"place" json,
	"member" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "practice_drafts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"content" json NOT NULL,
	"createdAt" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "practices" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL,
	"title" text COLLATE "C" NOT NULL,
	"summary" text COLLATE "C" NOT NULL,
	"description" text COLLATE "C" NOT NULL,
	"provider" text COLLATE "C" NOT NULL,
	"community" text COLLATE "C" NOT NULL,
	"kit" text COLLATE "C",
	"version" text COLLATE "C",
	"repository" text COLLATE "C",
	"licence" text COLLATE "C",
	"categories" json NOT NULL,
	"state" text COLLATE "C" NOT NULL,
	"folded" text COLLATE "C" NOT NULL,
	"reason" text COLLATE "C",
	"reasonBy" text COLLATE "C",
	"proposer" text COLLATE "C",
	"proposedAt" bigint NOT NULL,
	"publishedAt" bigint,
	"changedAt" bigint NOT NULL,
	"withdrawnAt" bigint
);
--> statement-breakpoint
CREATE TABLE "alarms" (
	"key" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"about" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "schedules" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"ranAt" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"platform" text COLLATE "C" NOT NULL,
	"workspace" text COLLATE "C" NOT NULL,
	"account" text COLLATE "C" NOT NULL,
	"seenAt" bigint
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"member" text COLLATE "C" PRIMARY KEY NOT NULL,
	"form" text COLLATE "C" NOT NULL,
	"about" text COLLATE "C" NOT NULL,
	"subject" text COLLATE "C",
	"known" json NOT NULL,
	"options" json NOT NULL,
	"raw" json NOT NULL,
	"sources" json,
	"field" bigint NOT NULL,
	"found" json,
	"place" json NOT NULL,
	"expiresAt" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "counters" (
	"series" text COLLATE "C" PRIMARY KEY NOT NULL,
	"last" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"interaction" text COLLATE "C",
	"member" text COLLATE "C" NOT NULL,
	"at" bigint NOT NULL,
	"outcome" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"type" text COLLATE "C" NOT NULL,
	"bytes" "bytea" NOT NULL,
	"owner" text COLLATE "C",
	"createdAt" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"person" text COLLATE "C",
	"name" text COLLATE "C" NOT NULL,
	"locale" text COLLATE "C" NOT NULL,
	"timezone" text COLLATE "C" NOT NULL,
	"organization" text COLLATE "C",
	"pausedUntil" bigint,
	"createdAt" bigint NOT NULL,
	"erasedAt" bigint,
	"joinedTo" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "memory" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"platform" text COLLATE "C" NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"value" json NOT NULL,
	"member" text COLLATE "C"
);
--> statement-breakpoint
CREATE TABLE "organizations" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"folded" text COLLATE "C" NOT NULL,
	"ipa" text COLLATE "C",
	"kind" text COLLATE "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "places" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"platform" text COLLATE "C" NOT NULL,
	"workspace" text COLLATE "C" NOT NULL,
	"address" text COLLATE "C" NOT NULL,
	"locale" text COLLATE "C" NOT NULL,
	"timezone" text COLLATE "C" NOT NULL,
	"feast" text COLLATE "C",
	"purpose" text COLLATE "C",
	"scope" text COLLATE "C" DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"id" text COLLATE "C" PRIMARY KEY NOT NULL,
	"member" text COLLATE "C" NOT NULL,
	"role" text COLLATE "C" NOT NULL,
	"scope" text COLLATE "C" DEFAULT '' NOT NULL,
	"since" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"name" text COLLATE "C" PRIMARY KEY NOT NULL,
	"value" json NOT NULL
);
--> statement-breakpoint
ALTER TABLE "link_codes" ADD CONSTRAINT "link_codes_member_members_id_fk" FOREIGN KEY ("member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkin_answers" ADD CONSTRAINT "checkin_answers_period_periods_id_fk" FOREIGN KEY ("period") REFERENCES "public"."periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkin_answers" ADD CONSTRAINT "checkin_answers_by_members_id_fk" FOREIGN KEY ("by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "programme_items" ADD CONSTRAINT "programme_items_owner_members_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_reviews" ADD CONSTRAINT "risk_reviews_period_periods_id_fk" FOREIGN KEY ("period") REFERENCES "public"."periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_reviews" ADD CONSTRAINT "risk_reviews_risk_programme_items_id_fk" FOREIGN KEY ("risk") REFERENCES "public"."programme_items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "risk_reviews" ADD CONSTRAINT "risk_reviews_by_members_id_fk" FOREIGN KEY ("by") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkin_skips" ADD CONSTRAINT "checkin_skips_period_periods_id_fk" FOREIGN KEY ("period") REFERENCES "public"."periods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checkin_skips" ADD CONSTRAINT "checkin_skips_member_members_id_fk" FOREIGN KEY ("member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_member_members_id_fk" FOREIGN KEY ("member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_community_communities_id_fk" FOREIGN KEY ("community") REFERENCES "public"."communities"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_messages" ADD CONSTRAINT "request_messages_request_requests_id_fk" FOREIGN KEY ("request") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_origins" ADD CONSTRAINT "request_origins_request_requests_id_fk" FOREIGN KEY ("request") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_organization_organizations_id_fk" FOREIGN KEY ("organization") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_requester_members_id_fk" FOREIGN KEY ("requester") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_laboratory_laboratories_id_fk" FOREIGN KEY ("laboratory") REFERENCES "public"."laboratories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_assignee_members_id_fk" FOREIGN KEY ("assignee") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_shown" ADD CONSTRAINT "request_shown_request_requests_id_fk" FOREIGN KEY ("request") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_shown" ADD CONSTRAINT "request_shown_member_members_id_fk" FOREIGN KEY ("member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_unsent_words" ADD CONSTRAINT "request_unsent_words_author_members_id_fk" FOREIGN KEY ("author") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adoptions" ADD CONSTRAINT "adoptions_practice_practices_id_fk" FOREIGN KEY ("practice") REFERENCES "public"."practices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adoptions" ADD CONSTRAINT "adoptions_organization_organizations_id_fk" FOREIGN KEY ("organization") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adoptions" ADD CONSTRAINT "adoptions_owner_members_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "adoptions" ADD CONSTRAINT "adoptions_claimedBy_members_id_fk" FOREIGN KEY ("claimedBy") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_cards" ADD CONSTRAINT "practice_cards_member_members_id_fk" FOREIGN KEY ("member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practice_drafts" ADD CONSTRAINT "practice_drafts_member_members_id_fk" FOREIGN KEY ("member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practices" ADD CONSTRAINT "practices_provider_organizations_id_fk" FOREIGN KEY ("provider") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practices" ADD CONSTRAINT "practices_reasonBy_members_id_fk" FOREIGN KEY ("reasonBy") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "practices" ADD CONSTRAINT "practices_proposer_members_id_fk" FOREIGN KEY ("proposer") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_member_members_id_fk" FOREIGN KEY ("member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "members" ADD CONSTRAINT "members_organization_organizations_id_fk" FOREIGN KEY ("organization") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_member_members_id_fk" FOREIGN KEY ("member") REFERENCES "public"."members"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "errands_key" ON "errands" USING btree ("key");--> statement-breakpoint
CREATE INDEX "errands_due" ON "errands" USING btree ("done","dueAt");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_key" ON "outbox" USING btree ("key");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("status","dueAt");--> statement-breakpoint
CREATE INDEX "outbox_queue" ON "outbox" USING btree ("queue","status","id");--> statement-breakpoint
CREATE INDEX "outbox_instead" ON "outbox" USING btree ("instead");--> statement-breakpoint
CREATE INDEX "outbox_author" ON "outbox" USING btree ("author");--> statement-breakpoint
CREATE INDEX "outbox_ref" ON "outbox" USING btree ("ref");--> statement-breakpoint
CREATE INDEX "outbox_spot" ON "outbox" USING btree ("spot","id");--> statement-breakpoint
CREATE INDEX "link_codes_member" ON "link_codes" USING btree ("member");--> statement-breakpoint
CREATE UNIQUE INDEX "checkin_answers_item" ON "checkin_answers" USING btree ("period","kind","item");--> statement-breakpoint
CREATE INDEX "checkin_answers_by" ON "checkin_answers" USING btree ("by");--> statement-breakpoint
CREATE INDEX "programme_items_owner" ON "programme_items" USING btree ("owner");--> statement-breakpoint
CREATE UNIQUE INDEX "risk_reviews_risk" ON "risk_reviews" USING btree ("period","risk");--> statement-breakpoint
CREATE INDEX "risk_reviews_by" ON "risk_reviews" USING btree ("by");--> statement-breakpoint
CREATE UNIQUE INDEX "checkin_skips_pair" ON "checkin_skips" USING btree ("period","member");--> statement-breakpoint
CREATE UNIQUE INDEX "memberships_pair" ON "memberships" USING btree ("member","community");--> statement-breakpoint
CREATE INDEX "memberships_community" ON "memberships" USING btree ("community","joinedAt");--> statement-breakpoint
CREATE INDEX "request_messages_request" ON "request_messages" USING btree ("request","at");--> statement-breakpoint
CREATE INDEX "request_messages_author" ON "request_messages" USING btree ("author");--> statement-breakpoint
CREATE INDEX "request_origins_request" ON "request_origins" USING btree ("request");--> statement-breakpoint
CREATE UNIQUE INDEX "requests_number" ON "requests" USING btree ("number");--> statement-breakpoint
CREATE INDEX "requests_laboratory" ON "requests" USING btree ("laboratory","state");--> statement-breakpoint
CREATE INDEX "requests_requester" ON "requests" USING btree ("requester","state");--> statement-breakpoint
CREATE INDEX "requests_state" ON "requests" USING btree ("state","openedAt");--> statement-breakpoint
CREATE INDEX "request_shown_request" ON "request_shown" USING btree ("request");--> statement-breakpoint
CREATE INDEX "request_shown_member" ON "request_shown" USING btree ("member");--> statement-breakpoint
CREATE INDEX "request_unsent_words_author" ON "request_unsent_words" USING btree ("author");--> statement-breakpoint
CREATE UNIQUE INDEX "adoptions_pair" ON "adoptions" USING btree ("practice","organization");--> statement-breakpoint
CREATE INDEX "adoptions_organization" ON "adoptions" USING btree ("organization");--> statement-breakpoint
CREATE INDEX "adoptions_owner" ON "adoptions" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "practice_cards_about" ON "practice_cards" USING btree ("about","kind");--> statement-breakpoint
CREATE INDEX "practice_cards_member" ON "practice_cards" USING btree ("member");--> statement-breakpoint
CREATE INDEX "practice_drafts_member" ON "practice_drafts" USING btree ("member");--> statement-breakpoint
CREATE UNIQUE INDEX "practices_number" ON "practices" USING btree ("number");--> statement-breakpoint
CREATE INDEX "practices_state" ON "practices" USING btree ("state","publishedAt");--> statement-breakpoint
CREATE INDEX "practices_provider" ON "practices" USING btree ("provider");--> statement-breakpoint
CREATE INDEX "practices_community" ON "practices" USING btree ("community","state");--> statement-breakpoint
CREATE INDEX "practices_repository" ON "practices" USING btree ("repository");--> statement-breakpoint
CREATE INDEX "alarms_at" ON "alarms" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_native" ON "accounts" USING btree ("platform","workspace","account");--> statement-breakpoint
CREATE INDEX "accounts_member" ON "accounts" USING btree ("member");--> statement-breakpoint
CREATE INDEX "events_waiting" ON "events" USING btree ("outcome","at");--> statement-breakpoint
CREATE INDEX "events_member" ON "events" USING btree ("member");--> statement-breakpoint
CREATE INDEX "files_owner" ON "files" USING btree ("owner");--> statement-breakpoint
CREATE UNIQUE INDEX "members_person" ON "members" USING btree ("person");--> statement-breakpoint
CREATE UNIQUE INDEX "memory_name" ON "memory" USING btree ("platform","name");--> statement-breakpoint
CREATE INDEX "memory_member" ON "memory" USING btree ("member");--> statement-breakpoint
CREATE UNIQUE INDEX "organizations_ipa" ON "organizations" USING btree ("ipa");--> statement-breakpoint
CREATE INDEX "organizations_folded" ON "organizations" USING btree ("folded");--> statement-breakpoint
CREATE UNIQUE INDEX "places_native" ON "places" USING btree ("platform","workspace","address");--> statement-breakpoint
CREATE INDEX "places_purpose" ON "places" USING btree ("purpose","scope");--> statement-breakpoint
CREATE UNIQUE INDEX "roles_grant" ON "roles" USING btree ("member","role","scope");--> statement-breakpoint
CREATE INDEX "roles_scope" ON "roles" USING btree ("role","scope");