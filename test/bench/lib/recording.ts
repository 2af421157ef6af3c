import Database from 'better-sqlite3'

/** What was written to a database, transaction by transaction: the statements with their values. */
export interface Written {
  sql: string
  values: unknown[]
}

/** Notes every row that is written through connections opened from now on, until `stop`, as SQLite is told to write it. */
export function recordWrites(): { transactions: Written[][]; stop(): void } {
  const transactions: Written[][] = []
  const { prepare, exec } = Database.prototype
  function executing(this: Database.Database, text: string): Database.Database {
    if (text.startsWith('BEGIN')) transactions.push([])
    return exec.call(this, text)
  }
  function preparing(this: Database.Database, text: string): Database.Statement {
    const statement = prepare.call(this, text)
    const note = (values: unknown[]): void => void transactions.at(-1)?.push({ sql: text, values })
    return /^(insert|update|delete)/i.test(text) ? noting(statement, note) : statement
  }
  Object.assign(Database.prototype, { exec: executing, prepare: preparing })
  return { transactions, stop: () => void Object.assign(Database.prototype, { exec, prepare }) }
}

function noting(statement: Database.Statement, note: (values: unknown[]) => void): Database.Statement {
  for (const name of ['run', 'all', 'get'] as const) {
    const own = statement[name].bind(statement) as (...values: unknown[]) => unknown
    const noted = (...values: unknown[]): unknown => {
      note(values)
      return own(...values)
    }
    Object.assign(statement, { [name]: noted })
  }
  return statement
}

/** Writes the same rows in the same transactions, with nothing around it. */
export function replaying(connection: Database.Database): (transactions: readonly Written[][]) => void {
  const prepared = new Map<string, Database.Statement>()
  const statement = (sql: string): Database.Statement => {
    const known = prepared.get(sql) ?? connection.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  return transactions => {
    for (const writes of transactions) {
      connection.exec('BEGIN IMMEDIATE')
      for (const { sql, values } of writes) {
        const known = statement(sql)
        if (known.reader) known.all(...values)
        else known.run(...values)
      }
      connection.exec('COMMIT')
    }
  }
}
