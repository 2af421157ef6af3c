import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished, vi } from 'vitest'

// Each verb is a process of its own: a second or two where the machine has other things to do.
vi.setConfig({ testTimeout: 60_000 })

const bot = join(import.meta.dirname, '../../../src/bot.js')
export const demo = join(import.meta.dirname, '../../../src/kit/demo/ocpa-umbria.yaml')

export interface Ended {
  code: number | null
  out: string
  err: string
}
/** A shell in an empty folder, where nothing of this machine's settings is known. */
export interface Shell {
  folder: string
  path(...parts: string[]): string
  /** Runs one verb to its end. */
  bot(args: string[], settings?: Record<string, string>): Promise<Ended>
  /** Starts one verb that goes on until it is asked to stop. */
  running(args: string[], settings?: Record<string, string>): Running
  /** A rehearsal that goes on as long as it is given lines. */
  rehearsal(db: string): Rehearsal
}
export interface Running {
  readonly pid: number | undefined
  /** Waits until it has printed this; what the pattern captured. Throws when it ends without. */
  says(pattern: RegExp): Promise<string>
  /** The same of what it prints as an error. */
  complains(pattern: RegExp): Promise<string>
  /** Asks it to stop, as a service manager does. */
  stop(): Promise<Ended>
}
export interface Rehearsal {
  /** Plays lines; what came out, up to the `ok` of the last. */
  play(...lines: object[]): Promise<Record<string, unknown>[]>
  end(): Promise<void>
}

export function aShell(): Shell {
  const folder = mkdtempSync(join(tmpdir(), 'animatore-shell-'))
  const path = (...parts: string[]): string => join(folder, ...parts)
  const start = (args: string[], settings: Record<string, string> = {}): ChildProcessWithoutNullStreams => {
    const env = { PATH: process.env.PATH, DATA_DIR: 'data', DATABASE_URL: 'file:data/animatore.db', ...settings }
    return spawn(process.execPath, [bot, ...args], { cwd: folder, env })
  }
  return {
    folder,
    path,
    bot: (args, settings) => {
      const child = start(args, settings)
      child.stdin.end()
      return ended(child)
    },
    running: (args, settings) => running(start(args, settings)),
    rehearsal: db => rehearsal(start(['chat', '--json', '--db', db])),
  }
}

async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let [out, err] = ['', '']
  child.stdout.on('data', (part: Buffer) => {
    out += part.toString()
  })
  child.stderr.on('data', (part: Buffer) => {
    err += part.toString()
  })
  const code = await new Promise<number | null>(done => child.on('close', done))
  return { code, out, err }
}

function running(child: ChildProcessWithoutNullStreams): Running {
  onTestFinished(() => void child.kill('SIGKILL'))
  const end = ended(child)
  const printed = (stream: NodeJS.ReadableStream) => {
    let text = ''
    stream.on('data', (part: Buffer) => {
      text += part.toString()
    })
    return (pattern: RegExp): Promise<string> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = pattern.exec(text)
          if (found) resolve(found[1] ?? found[0])
        }
        look()
        stream.on('data', look)
        void end.then(({ err }) => reject(new Error(`it ended: ${err}`)))
      })
  }
  return {
    pid: child.pid,
    says: printed(child.stdout),
    complains: printed(child.stderr),
    stop: () => {
      child.kill('SIGTERM')
      return end
    },
  }
}

function rehearsal(child: ChildProcessWithoutNullStreams): Rehearsal {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  onTestFinished(() => void child.kill())
  return {
    play: async (...given) => {
      const found: Record<string, unknown>[] = []
      for (const line of given) {
        child.stdin.write(`${JSON.stringify(line)}\n`)
        for (;;) {
          const { value, done } = await lines.next()
          if (done) throw new Error('it ended by itself')
          const read: Record<string, unknown> = JSON.parse(value)
          if ('error' in read) throw new Error(String(read.error))
          if ('ok' in read) break
          found.push(read)
        }
      }
      return found
    },
    end: async () => {
      child.stdin.end()
      await new Promise(done => child.on('close', done))
    },
  }
}
