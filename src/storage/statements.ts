import type Database from 'better-sqlite3'
import { remembering } from '#src/core/remembering.ts'

/** More than the bot has; what is composed for the moment pushes out what was not used for longest. */
const MOST = 500

/** Lets a connection keep the statements it has compiled: the bot says the same few hundred things again and again. */
export function rememberStatements(connection: Database.Database): void {
  const statementOf = remembering(MOST, connection.prepare.bind(connection))
  const remembered = (text: string): Database.Statement => {
    const statement = statementOf(text)
    // Whoever had it before may have asked for bare rows.
    return statement.reader ? statement.raw(false) : statement
  }
  Object.assign(connection, { prepare: remembered })
}
