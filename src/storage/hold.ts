import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'

/** What one process at a time may use, among those that share a folder. */
export interface Hold {
  /** False while another process has it. */
  take(): boolean
  drop(): void
}

/** A file that stands for it. The lock on that is the system's own: it ends with the process, however that dies. */
export function holdOn(file: string): Hold {
  let held: Database.Database | undefined
  return {
    take: () => {
      if (held) return true
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      const lock = new Database(file, { timeout: 0 })
      try {
        lock.exec('begin exclusive')
        held = lock
      } catch (error) {
        lock.close()
        if (!(error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY')) throw error
      }
      return held !== undefined
    },
    drop: () => {
      held?.close()
      held = undefined
    },
  }
}
