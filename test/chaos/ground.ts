import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { Engine } from '#src/storage/engine.ts'
import { startSynapse } from '#test/support/matrix/synapse.ts'
import { type Cluster, startCluster } from '#test/support/postgres/cluster.ts'
import type { Size } from './plan.ts'
import { type Remote, remote } from './remote.ts'
import type { Server } from './server.ts'

export type PlatformName = 'slack' | 'matrix'

/** What outlives a seed: the homeserver and the database server. */
export interface Ground {
  homeserver: string
  /** The address of a new database, in a folder where it may be a file. */
  database(folder: string): Promise<string>
  close(): Promise<void>
}
export async function openGround(platforms: readonly PlatformName[], engine: Engine): Promise<Ground> {
  const synapse = platforms.includes('matrix') ? await startSynapse() : undefined
  const cluster = engine === 'postgres' ? await startCluster() : undefined
  return {
    homeserver: synapse?.url ?? '',
    database: async folder => (cluster ? onServer(cluster) : join(folder, 'chaos.db')),
    close: async () => {
      synapse?.stop()
      await cluster?.stop()
    },
  }
}

async function onServer(cluster: Cluster): Promise<string> {
  const name = `chaos_${randomBytes(4).toString('hex')}`
  const maker = postgres(cluster.url('postgres'), { max: 1, onnotice: () => {} })
  await maker.unsafe(`CREATE DATABASE ${name}`)
  await maker.end()
  return cluster.url(name)
}

/** A folder for one seed. */
export function freshFolder(): { folder: string; drop: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'animatore-chaos-'))
  return { folder, drop: () => rmSync(folder, { recursive: true }) }
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
