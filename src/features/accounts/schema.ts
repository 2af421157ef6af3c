import { members } from '#src/storage/schema.ts'
import { column, index, table } from '#src/storage/table.ts'

/** A code that joins whoever types it to the member who asked for it. It works once, and for ten minutes. */
export const linkCodes = table(
  'link_codes',
  {
    /** A digest of the code: nobody who reads the database can use it. */
    id: column.id(),
    member: column
      .text()
      .notNull()
      .references(() => members.id),
    /** The platform it was given on. */
    platform: column.text().notNull(),
    until: column.instant().notNull(),
  },
  t => [index('link_codes_member').on(t.member)],
)
/** How often somebody typed a code that is none, since when. */
export const linkAttempts = table('link_attempts', {
  member: column.id(),
  since: column.instant().notNull(),
  count: column.integer().notNull(),
})
