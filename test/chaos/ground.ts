import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSynapse } from '#test/support/matrix/synapse.ts'
import type { Size } from './plan.ts'
import { type Remote, remote } from './remote.ts'
import type { Server } from './server.ts'

export type Engine = 'sqlite' | 'postgres'
export type PlatformName = 'slack' | 'matrix'

/** What outlives a seed: the homeserver and the database server. */
export interface Ground {
  homeserver: string
  close(): Promise<void>
}
export async function openGround(platforms: readonly PlatformName[]): Promise<Ground> {
  const synapse = platforms.includes('matrix') ? await startSynapse() : undefined
  return { homeserver: synapse?.url ?? '', close: async () => synapse?.stop() }
}

/** A folder for one seed, with its database in it. */
export function freshFolder(): { folder: string; database: string; drop: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'animatore-chaos-'))
  return { folder, database: join(folder, 'chaos.db'), drop: () => rmSync(folder, { recursive: true }) }
}

export interface Standing extends Server {
  remote: Remote
}
export async function openServers(
  platforms: readonly PlatformName[],
  options: Size & { seed: number; url: string },
): Promise<Standing[]> {
  const standing: Standing[] = []
  for (const platform of platforms) {
    const there = remote(join(import.meta.dirname, `${platform}.ts`))
    standing.push({ ...(await there.ask<Server>('open', options)), remote: there })
  }
  return standing
}
