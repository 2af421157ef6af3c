import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from './lib/check.ts'

/** Each engine by the name of its folder, with the dialect and an address that make the tables its own. */
const engines = [
  { folder: 'drizzle/sqlite', dialect: 'sqlite', address: 'file:' },
  { folder: 'drizzle/postgres', dialect: 'postgresql', address: 'postgres://' },
]

/** Generates migrations into a copy: a new file there means that a schema changed without its migration. */
function missing({ folder, dialect, address }: (typeof engines)[number]): string[] {
  const copy = mkdtempSync('node_modules/.migrations-')
  try {
    cpSync(folder, copy, { recursive: true })
    const config = ['--dialect', dialect, '--schema', './src/**/schema.ts', '--out', copy]
    execFileSync(process.execPath, [join('node_modules', 'drizzle-kit', 'bin.cjs'), 'generate', ...config], {
      stdio: 'pipe',
      env: { ...process.env, DATABASE_URL: address },
    })
    return readdirSync(copy).filter(name => !readdirSync(folder).includes(name))
  } finally {
    rmSync(copy, { recursive: true })
  }
}

export const check: Check = {
  name: 'migrations',
  run: () =>
    engines
      .filter(engine => missing(engine).length > 0)
      .map(({ folder }) => ({ file: folder, message: 'does not match the schemas: run `npm run migrations`' })),
}
