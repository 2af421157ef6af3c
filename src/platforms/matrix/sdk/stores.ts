import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import setGlobalVars from 'indexeddbshim'

let opened: string | undefined

/**
 * Gives the process an IndexedDB in a folder: there the SDK keeps its keys, also when it is killed. The list of its
 * databases belongs to the folder, so a process has one.
 */
export function openIndexedDb(folder: string): void {
  if (opened === folder) return
  if (opened !== undefined) throw new Error(`this process keeps its Matrix state in ${opened}`)
  opened = folder
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const settings = {
    checkOrigin: false,
    databaseBasePath: folder,
    sysDatabaseBasePath: folder,
    cacheDatabaseInstances: true,
    escapeDatabaseName: (name: string) => `${encodeURIComponent(name)}.sqlite`,
  }
  // Its types ask for an object to fill; nothing fills the global one, where the keys' WebAssembly looks.
  Reflect.apply(setGlobalVars, undefined, [null, settings])
}

/**
 * Has every database of the folder write ahead: what a commit costs is one wait for the disk instead of three, and keys are
 * committed many times for each message. The file remembers it.
 */
export function writeAhead(folder: string): void {
  for (const file of readdirSync(folder).filter(name => name.endsWith('.sqlite'))) {
    const database = new Database(join(folder, file))
    database.pragma('journal_mode = WAL')
    database.close()
  }
}
