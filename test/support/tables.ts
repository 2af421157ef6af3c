import Database from 'better-sqlite3'

/** All that the database holds, table by table, as text; what it keeps as bytes is read as text, too. */
export function everythingIn(file: string): Map<string, string> {
  const database = new Database(file, { readonly: true })
  const tables = database.prepare<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const told = tables.map(({ name }) => {
    const rows = database.prepare<[], Record<string, unknown>>(`SELECT * FROM "${name}"`).all()
    const cells = rows.flatMap(row =>
      Object.values(row).map(cell => (Buffer.isBuffer(cell) ? cell.toString('utf8') : String(cell))),
    )
    return [name, cells.join('\n')] as const
  })
  database.close()
  return new Map(told)
}

/** Where any of these words stand: «members: Ada». */
export const tracesOf = (file: string, what: readonly string[]): string[] =>
  [...everythingIn(file)].flatMap(([table, text]) =>
    what.filter(each => text.includes(each)).map(each => `${table}: ${each}`),
  )
