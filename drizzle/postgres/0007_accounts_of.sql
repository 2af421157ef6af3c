DROP INDEX "accounts_member";--> statement-breakpoint
CREATE INDEX "accounts_of" ON "accounts" USING btree ("member","platform","workspace");