// A Synapse of its own, installed when it is not there yet: for the whole run of a suite, or for a benchmark.
import { execFileSync } from 'node:child_process'
import { createServer } from 'node:net'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    homeserver: string
    /** Where Synapse is installed. */
    synapse: string
  }
}
export interface Synapse {
  url: string
  /** Where it is installed. */
  dir: string
  stop(): void
}

const script = join(import.meta.dirname, '../synapse.sh')
const synapse = (args: string[], environment: NodeJS.ProcessEnv = {}): string =>
  execFileSync(script, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  }).toString()

interface Starting {
  /** How much it lets through: all, or what it does by itself. */
  limits?: 'generous' | 'synapse'
  /** What its users' names end in. */
  name?: string
}
/** Starts it empty, on a free port. */
export async function startSynapse({
  limits = 'generous',
  name: server = 'localhost',
}: Starting = {}): Promise<Synapse> {
  const dir = process.env.SYNAPSE_DIR ?? join(homedir(), '.cache/animatore-synapse')
  const port = await freePort()
  synapse(['install', dir])
  const name = { NAME: `hs-${port}` }
  synapse(['start', dir, String(port)], { ...name, FRESH: '1', LIMITS: limits, SERVER_NAME: server })
  return { url: `http://127.0.0.1:${port}`, dir, stop: () => void synapse(['stop', dir], name) }
}

export async function setup({ provide }: TestProject): Promise<() => void> {
  const { url, dir, stop } = await startSynapse()
  provide('homeserver', url)
  provide('synapse', dir)
  return stop
}

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const server = createServer().listen(0, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
