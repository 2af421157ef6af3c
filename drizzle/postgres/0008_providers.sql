ALTER TABLE "organizations" ADD COLUMN "words" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
-- What was folded before still has its signs: they become spaces.
UPDATE "organizations" SET "words" = regexp_replace("folded", '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2010-\u206f\u20a0-\u20bf]', ' ', 'g');--> statement-breakpoint
-- A practice is found by whose it is, too.
UPDATE "practice_search" SET "every" = words_of("practices"."folded" || ' ' || "words")
	FROM "practices" JOIN "organizations" ON "organizations"."id" = "provider" WHERE "practices"."number" = "practice_search"."number";--> statement-breakpoint
CREATE OR REPLACE FUNCTION "keep_practice_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP <> 'INSERT' AND old."state" = 'published' THEN
		DELETE FROM "practice_search" WHERE "number" = old."number";
	END IF;
	IF TG_OP <> 'DELETE' AND new."state" = 'published' THEN
		INSERT INTO "practice_search" SELECT new."number", words_of(new."foldedTitle"), words_of(new."folded" || ' ' || "words")
			FROM "organizations" WHERE "id" = new."provider";
	END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
DROP TRIGGER "practice_search_kept" ON "practices";--> statement-breakpoint
CREATE TRIGGER "practice_search_kept" AFTER INSERT OR DELETE OR UPDATE OF "number", "state", "provider", "folded", "foldedTitle" ON "practices"
	FOR EACH ROW EXECUTE FUNCTION "keep_practice_search"();--> statement-breakpoint
CREATE FUNCTION "rename_in_practice_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	UPDATE "practice_search" SET "every" = words_of("practices"."folded" || ' ' || new."words")
		FROM "practices" WHERE "practices"."provider" = new."id" AND "practices"."number" = "practice_search"."number";
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "practice_search_renamed" AFTER UPDATE OF "words" ON "organizations"
	FOR EACH ROW WHEN (new."words" <> old."words") EXECUTE FUNCTION "rename_in_practice_search"();
