/** The code of an error, or of what caused it: an SQLSTATE, SQLite's, or the system's. */
export function codeOf(error: unknown): string | undefined {
  for (let each = error; each instanceof Error; each = each.cause)
    if ('code' in each && typeof each.code === 'string') return each.code
  return undefined
}
