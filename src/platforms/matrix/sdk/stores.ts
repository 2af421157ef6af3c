import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import setGlobalVars from 'indexeddbshim'
import { IndexedDBStore } from 'matrix-js-sdk/lib/store/indexeddb.js'

let opened: string | undefined

/**
 * Gives the process an IndexedDB in a folder: there the SDK keeps keys and sync state, also when it is killed. The list of its
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

/** In milliseconds. After a crash, what came since the last save comes again, and is recognised. */
const SAVE_EVERY = 30_000

/** The sync state: saved only when everything that came before is written down, so that no event can be lost with it. */
export class SyncStore extends IndexedDBStore {
  readonly #settled: () => boolean
  // The first sync is saved at once: without a token, Synapse may answer the next start from its cache, and rooms be missing.
  #last = 0

  constructor(device: string, settled: () => boolean) {
    super({ indexedDB: Reflect.get(globalThis, 'indexedDB'), dbName: join('sync', device) })
    this.#settled = settled
  }
  override wantsSave(): boolean {
    return this.#settled() && Date.now() - this.#last > SAVE_EVERY
  }
  override async save(force?: boolean): Promise<void> {
    if (!(force || this.wantsSave())) return
    this.#last = Date.now()
    await super.save(true)
  }
}
