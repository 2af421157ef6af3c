import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from './lib/check.ts'

const FOLDER = 'drizzle/sqlite'

/** Generates migrations into a copy: a new file there means that a schema changed without its migration. */
function missing(): string[] {
  const copy = mkdtempSync('node_modules/.migrations-')
  try {
    cpSync(FOLDER, copy, { recursive: true })
    const config = ['--dialect', 'sqlite', '--schema', './src/**/schema.ts', '--out', copy]
    execFileSync(process.execPath, [join('node_modules', 'drizzle-kit', 'bin.cjs'), 'generate', ...config], {
      stdio: 'pipe',
    })
    return readdirSync(copy).filter(name => !readdirSync(FOLDER).includes(name))
  } finally {
    rmSync(copy, { recursive: true })
  }
}

export const check: Check = {
  name: 'migrations',
  run: () =>
    missing().length === 0 ? [] : [{ file: FOLDER, message: 'does not match the schemas: run `npm run migrations`' }],
}
