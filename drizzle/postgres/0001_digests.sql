CREATE INDEX "memberships_joined" ON "memberships" USING btree ("joinedAt");--> statement-breakpoint
CREATE INDEX "requests_closed" ON "requests" USING btree ("closedAt");--> statement-breakpoint
CREATE INDEX "adoptions_interested" ON "adoptions" USING btree ("interestedAt");--> statement-breakpoint
CREATE INDEX "adoptions_deploying" ON "adoptions" USING btree ("deployingAt");--> statement-breakpoint
CREATE INDEX "adoptions_in_use" ON "adoptions" USING btree ("inUseAt");--> statement-breakpoint
CREATE INDEX "adoptions_holder" ON "adoptions" USING btree ("holderAt");--> statement-breakpoint
CREATE INDEX "practices_published" ON "practices" USING btree ("publishedAt");