import type Database from 'better-sqlite3'

/** More than the bot has; what is composed for the moment pushes out what was not used for longest. */
const MOST = 500

/** Lets a connection keep the statements it has compiled: the bot says the same few hundred things again and again. */
export function rememberStatements(connection: Database.Database): void {
  const known = new Map<string, Database.Statement>()
  const compile = connection.prepare.bind(connection)
  const remembered = (text: string): Database.Statement => {
    const statement = known.get(text) ?? compile(text)
    known.delete(text)
    known.set(text, statement)
    const [oldest] = known.keys()
    if (known.size > MOST && oldest !== undefined) known.delete(oldest)
    // Whoever had it before may have asked for bare rows.
    return statement.reader ? statement.raw(false) : statement
  }
  Object.assign(connection, { prepare: remembered })
}
