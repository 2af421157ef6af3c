import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { describe, expect } from 'vitest'
import { steady } from '#test/support/steady.ts'
import { tellsAYear } from '#test/support/year/story.ts'

const replayed = join(import.meta.dirname, '../support/year/replayed.ts')

/** The same lines on SQLite: what came out. */
async function onSqlite(lines: readonly object[]): Promise<object[]> {
  const env = { ...process.env, DATABASE_URL: 'file:' }
  const child = spawn(process.execPath, [replayed, 'en'], { stdio: ['pipe', 'pipe', 'pipe'], env })
  child.stdin.end(lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  const [out, wrong] = await Promise.all([text(child.stdout), text(child.stderr)])
  expect(wrong).toBe('')
  return out
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
}

describe('a year of the community on PostgreSQL', () => {
  tellsAYear('en', {
    'is told in the same lines as on SQLite': async year => {
      const [here, there] = [steady(year.everything()), steady(await onSqlite(year.given()))]
      expect(here.length).toBeGreaterThan(500)
      for (const [at, line] of here.entries()) expect([at, line]).toEqual([at, there[at]])
      expect(there).toHaveLength(here.length)
    },
  })
})
