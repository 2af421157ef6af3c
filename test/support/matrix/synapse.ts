// Installs Synapse when it is not there yet, and starts it for the whole run.
import { execFileSync } from 'node:child_process'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    homeserver: string
    /** Where Synapse is installed. */
    synapse: string
  }
}

const script = join(import.meta.dirname, '../synapse.sh')
export const synapse = (args: string[], environment: NodeJS.ProcessEnv = {}): string =>
  execFileSync(script, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  }).toString()

export async function setup({ provide }: TestProject): Promise<() => void> {
  const dir = process.env.SYNAPSE_DIR ?? join(tmpdir(), 'animatore-synapse')
  const port = await freePort()
  synapse(['install', dir])
  synapse(['start', dir, String(port)], { FRESH: '1' })
  provide('homeserver', `http://127.0.0.1:${port}`)
  provide('synapse', dir)
  return () => void synapse(['stop', dir])
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
