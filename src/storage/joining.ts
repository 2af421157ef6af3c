import { and, eq } from 'drizzle-orm'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Tx } from '#src/core/feature.ts'
import { queries } from './database.ts'
import { changeMember, member } from './members.ts'
import { accounts, conversations, files, roles } from './schema.ts'

/** Two members turn out to be one person: `from` becomes `into`. */
export interface Joining {
  from: string
  into: string
}

/** In each column, what was hers as `from` is hers as `into`. */
export async function repoint(tx: Tx, columns: readonly SQLiteColumn[], { from, into }: Joining): Promise<void> {
  for (const column of columns)
    await queries(tx)
      .update(column.table as SQLiteTable)
      .set({ [nameOf(column)]: into })
      .where(eq(column, from))
}

/** The same where a person has one row for each `key`: what she has as `into` stays, and the other is dropped. */
export async function repointOnce(
  tx: Tx,
  column: SQLiteColumn,
  keys: readonly SQLiteColumn[],
  { from, into }: Joining,
): Promise<void> {
  const table = column.table as SQLiteTable
  const shown = Object.fromEntries([column, ...keys].map(each => [nameOf(each), each]))
  for (const row of await queries(tx).select(shown).from(table).where(eq(column, into))) {
    const same = keys.map(key => eq(key, row[nameOf(key)]))
    await queries(tx)
      .delete(table)
      .where(and(eq(column, from), ...same))
  }
  await repoint(tx, [column], { from, into })
}

/** The name of a column in its table's row. */
const nameOf = (column: SQLiteColumn): string => {
  const found = Object.entries(column.table).find(([, each]) => each === column)
  if (!found) throw new Error(`${column.name} is not a column of its table`)
  return found[0]
}

/** Accounts, roles, files and an open form; who she was as `from` leads to who she is. */
export async function joinMembers(tx: Tx, joining: Joining): Promise<void> {
  const { from, into } = joining
  await repoint(tx, [accounts.member, files.owner], joining)
  await repointOnce(tx, roles.member, [roles.role, roles.scope], joining)
  await repointOnce(tx, conversations.member, [], joining)
  const [before, now] = [await member(tx, from), await member(tx, into)]
  if (!before || !now) throw new Error('one of the two members is not there')
  await changeMember(tx, from, { name: '', person: null, organization: null, joinedTo: into })
  const { person, organization } = now
  await changeMember(tx, into, { person: person ?? before.person, organization: organization ?? before.organization })
}
