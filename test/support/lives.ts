import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'

const mortal = join(import.meta.dirname, 'mortal.ts')

/** One run of the process, to its end or to its death. */
export interface Life {
  lines: Record<string, unknown>[]
  killed: boolean
}

/** Plays a script on a database until it ends, or until the step at which the process is killed. */
export function live(db: string, lines: readonly string[], dieAt: number): Promise<Life> {
  const child = spawn(process.execPath, [mortal, db, String(dieAt)], { stdio: ['pipe', 'pipe', 'inherit'] })
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

/** What was delivered, with the names that differ from run to run replaced by the order in which they came. */
export function delivered(lives: Life[]): unknown[] {
  const names = new Map<string, string>()
  const steady = (text: string): string =>
    text.replace(/[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}/g, id => {
      names.set(id, names.get(id) ?? `id${names.size}`)
      return names.get(id) ?? ''
    })
  return lives
    .flatMap(({ lines }) => lines.filter(line => 'ref' in line))
    .map(line => JSON.parse(steady(JSON.stringify(line))))
}

/** Changes whenever the database does. */
const fingerprint = (db: string): string => {
  if (!existsSync(db)) return ''
  const connection = new Database(db)
  const bytes = connection.serialize()
  connection.close()
  return createHash('sha256').update(bytes).digest('hex')
}

export const freshDb = (): string => join(mkdtempSync(join(tmpdir(), 'animatore-killed-')), 'test.db')

/**
 * One rehearsal, killed again and again and started again on the same database. Each life dies at the first step that
 * none reached before it; one that only redoes the last step may go one further.
 */
export async function killedAtEveryStep(script: readonly string[]): Promise<Life[]> {
  const db = freshDb()
  const lives: Life[] = []
  let done = 0
  for (let dieAt = 1; lives.at(-1)?.killed !== false; ) {
    const before = fingerprint(db)
    const next = await live(db, script.slice(done), dieAt)
    lives.push(next)
    done += next.lines.filter(line => 'ok' in line).length
    dieAt = fingerprint(db) === before ? dieAt + 1 : 1
  }
  return lives
}
