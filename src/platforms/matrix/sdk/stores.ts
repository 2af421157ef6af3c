import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import setGlobalVars from 'indexeddbshim'

/** Hears that the SDK takes something to be kept which is not. */
type OnLost = (error: Error) => void

let opened: string | undefined

/**
 * Gives the process an IndexedDB in a folder: there the SDK keeps its keys, also when it is killed. The list of its
 * databases belongs to the folder, so a process has one.
 *
 * Where something could not be written, `onLost` is called, and whoever waits for it waits for good. By default the process ends:
 * no sync is acknowledged then, and at the next start the homeserver sends again what was in it.
 */
export function openIndexedDb(folder: string, onLost: OnLost = end): void {
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
  const shim = Reflect.get(globalThis, 'shimIndexedDB')
  const open: (...given: unknown[]) => { _db: Driver } = shim.__openDatabase
  shim.__openDatabase = (...given: unknown[]) => {
    const database = open(...given)
    watch(database._db, onLost)
    return database
  }
}

const end: OnLost = error => {
  process.nextTick(() => {
    throw error
  })
}

/** What the shim has its SQL run by: one result for each query. */
interface Driver {
  exec(queries: readonly { sql: string }[], readOnly: boolean, done: Done): void
}
type Done = (error: Error | null, results?: readonly { error?: Error | null }[]) => void

/**
 * On a full disk keys would be lost without a word: the shim does not look whether a transaction's end went well, and the SDK logs
 * what fails while it takes a sync in, and asks for the next, so that the homeserver forgets what was in it.
 */
function watch(driver: Driver, onLost: OnLost): void {
  const exec = driver.exec.bind(driver)
  driver.exec = (queries, readOnly, done) =>
    exec(queries, readOnly, (error, results = []) => {
      const lost = readOnly ? undefined : results.find((result, at) => isLost(queries[at]?.sql ?? '', result.error))
      if (lost) onLost(new Error('what belongs to Matrix could not be kept', { cause: lost.error }))
      else done(error, results)
    })
}

/** A transaction whose end fails is lost whole; so is what the disk does not take before. All else that fails the SDK can answer for. */
const isLost = (sql: string, error: (Error & { code?: unknown }) | null | undefined): boolean =>
  !!error && (/^\s*(END|COMMIT)\b/i.test(sql) || /^SQLITE_(FULL|IOERR|NOMEM|READONLY)/.test(String(error.code)))

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
