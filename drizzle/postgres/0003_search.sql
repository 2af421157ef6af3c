ALTER TABLE "practices" ADD COLUMN "foldedTitle" text COLLATE "C" DEFAULT '' NOT NULL;--> statement-breakpoint
-- What was folded before still has its signs: they become spaces.
UPDATE "practices" SET "folded" = regexp_replace("folded", '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2010-\u206f\u20a0-\u20bf]', ' ', 'g');--> statement-breakpoint
UPDATE "practices" SET "foldedTitle" = substr("folded", 1, length("title"));--> statement-breakpoint
-- The words come folded and apart: each is taken as it is, and no dictionary of the server has a part in it.
CREATE FUNCTION "words_of"("words" text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
	AS $$ SELECT array_to_tsvector(array_remove(string_to_array("words", ' '), '')) $$;--> statement-breakpoint
CREATE TABLE "practice_search" (
	"number" bigint PRIMARY KEY NOT NULL,
	"title" tsvector NOT NULL,
	"every" tsvector NOT NULL
);--> statement-breakpoint
INSERT INTO "practice_search" SELECT "number", words_of("foldedTitle"), words_of("folded") FROM "practices" WHERE "state" = 'published';--> statement-breakpoint
CREATE INDEX "practice_search_title" ON "practice_search" USING gin ("title") WITH (fastupdate = off);--> statement-breakpoint
CREATE INDEX "practice_search_every" ON "practice_search" USING gin ("every") WITH (fastupdate = off);--> statement-breakpoint
CREATE FUNCTION "keep_practice_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP <> 'INSERT' AND old."state" = 'published' THEN
		DELETE FROM "practice_search" WHERE "number" = old."number";
	END IF;
	IF TG_OP <> 'DELETE' AND new."state" = 'published' THEN
		INSERT INTO "practice_search" VALUES (new."number", words_of(new."foldedTitle"), words_of(new."folded"));
	END IF;
	RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER "practice_search_kept" AFTER INSERT OR DELETE OR UPDATE OF "number", "state", "folded", "foldedTitle" ON "practices"
	FOR EACH ROW EXECUTE FUNCTION "keep_practice_search"();
--> statement-breakpoint
CREATE INDEX "practices_latest" ON "practices" ("state", "publishedAt" DESC NULLS LAST, "number");
