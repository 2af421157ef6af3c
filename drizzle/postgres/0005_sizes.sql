CREATE INDEX "memberships_left" ON "memberships" USING btree ("community","leftAt");--> statement-breakpoint
-- How many are in each community now: a digest would count them all.
CREATE TABLE "community_sizes" ("community" text COLLATE "C" PRIMARY KEY NOT NULL, "members" bigint NOT NULL);
--> statement-breakpoint
INSERT INTO "community_sizes" SELECT "community", count(*) FROM "memberships" WHERE "state" = 'member' GROUP BY "community";
--> statement-breakpoint
CREATE FUNCTION "keep_community_sizes"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		INSERT INTO "community_sizes" AS sizes
			SELECT "community", count(*) FROM came WHERE "state" = 'member' GROUP BY "community"
			ON CONFLICT ("community") DO UPDATE SET "members" = sizes."members" + excluded."members";
	ELSIF TG_OP = 'DELETE' THEN
		UPDATE "community_sizes" AS sizes SET "members" = sizes."members" - gone."members"
			FROM (SELECT "community", count(*) AS "members" FROM went WHERE "state" = 'member' GROUP BY "community") AS gone
			WHERE sizes."community" = gone."community";
	ELSE
		INSERT INTO "community_sizes" AS sizes
			SELECT "community", sum("members") FROM (
				SELECT "community", 1 AS "members" FROM came WHERE "state" = 'member'
				UNION ALL SELECT "community", -1 FROM went WHERE "state" = 'member'
			) AS moved GROUP BY "community" HAVING sum("members") <> 0
			ON CONFLICT ("community") DO UPDATE SET "members" = sizes."members" + excluded."members";
	END IF;
	RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "community_sizes_added" AFTER INSERT ON "memberships" REFERENCING NEW TABLE AS came
	FOR EACH STATEMENT EXECUTE FUNCTION "keep_community_sizes"();
--> statement-breakpoint
CREATE TRIGGER "community_sizes_gone" AFTER DELETE ON "memberships" REFERENCING OLD TABLE AS went
	FOR EACH STATEMENT EXECUTE FUNCTION "keep_community_sizes"();
--> statement-breakpoint
CREATE TRIGGER "community_sizes_changed" AFTER UPDATE ON "memberships" REFERENCING NEW TABLE AS came OLD TABLE AS went
	FOR EACH STATEMENT EXECUTE FUNCTION "keep_community_sizes"();
