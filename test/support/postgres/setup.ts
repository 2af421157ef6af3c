import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { migratePostgres } from '#src/storage/migrations-postgres.ts'
import { openWire } from '#src/storage/wire.ts'
import { startCluster } from './cluster.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where databases are made: the address of one that is there, and the name of the migrated one to copy. */
    postgres: { address: string; template: string }
  }
}

/** One server for a whole run, with a migrated database that every test gets a copy of. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startCluster()
  const address = cluster.url('postgres')
  const template = 'migrated'
  const maker = postgres(address, { max: 1, fetch_types: false, onnotice: () => {} })
  await maker.unsafe(`create database ${template}`)
  await maker.end()
  const wire = await openWire(cluster.url(template))
  await migratePostgres(wire, cluster.url(template))
  await wire.close()
  project.provide('postgres', { address, template })
  return cluster.stop
}
