import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engineOf } from '#src/storage/engine.ts'
import { freshDatabase } from './database.ts'
import { steady } from './steady.ts'
import { everythingIn, serverOf } from './tables.ts'

const mortal = join(import.meta.dirname, 'mortal.ts')
const quick = ['--import', new URL('../../src/quick-imports.js', import.meta.url).href]

/** One run of the process, to its end or to its death. */
export interface Life {
  lines: Record<string, unknown>[]
  killed: boolean
}

/** Plays a script on a database until it ends, or until the step at which the process is killed. */
export function live(db: string, lines: readonly string[], dieAt: number): Promise<Life> {
  const child = spawn(process.execPath, [...quick, mortal, db, String(dieAt)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Of dozens of lives only the first compiles the program.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'compiled') },
  })
  let output = ''
  child.stdout.on('data', (part: Buffer) => {
    output += part.toString()
  })
  child.stdin.on('error', () => {}) // it died before it read everything: that is the point
  child.stdin.end(`${lines.join('\n')}\n`)
  return new Promise((done, fail) => {
    child.on('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') fail(new Error(`it ended by itself, with ${code}`))
      const whole = output.split('\n').filter(line => line.endsWith('}'))
      done({ lines: whole.map(line => JSON.parse(line)), killed: signal === 'SIGKILL' })
    })
  })
}

/** What was delivered, in the same names in every run. */
export const delivered = (lives: Life[]): unknown[] =>
  steady(lives.flatMap(({ lines }) => lines.filter(line => 'ref' in line)))

/** Changes whenever the database does. */
async function fingerprint(db: string): Promise<string> {
  if (engineOf(db) === 'sqlite' && !existsSync(db)) return ''
  const content = [...(await everythingIn(db))].map(([name, rows]) => `${name}\n${rows}`)
  return createHash('sha256').update(content.join('\n')).digest('hex')
}

/** Where processes share the work, whoever died is succeeded after a minute of the server's own clock: here it has passed. */
async function aMinutePasses(db: string): Promise<void> {
  if (engineOf(db) === 'sqlite') return
  const database = serverOf(db)
  await database`delete from leases`
  await database`update errands set "leasedUntil" = 0 where "leasedUntil" is not null`
  await database`update events set "acceptedAt" = 0`
}

/**
 * One rehearsal, killed again and again and started again on the same database. Each life dies at the first step that
 * none reached before it; one that only redoes the last step may go one further.
 */
export async function killedAtEveryStep(script: readonly string[]): Promise<Life[]> {
  const db = await freshDatabase('killed')
  const lives: Life[] = []
  let done = 0
  for (let dieAt = 1; lives.at(-1)?.killed !== false; ) {
    const before = await fingerprint(db)
    const next = await live(db, script.slice(done), dieAt)
    await aMinutePasses(db)
    lives.push(next)
    done += next.lines.filter(line => 'ok' in line).length
    dieAt = (await fingerprint(db)) === before ? dieAt + 1 : 1
  }
  return lives
}
