import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** What lets one process at a time use an account, as those do that share its folder. */
export interface AccountLock {
  /** False while another process has it. */
  take(): boolean
  drop(): void
}

/** The lock is the system's own on a file: it ends with the process, however that dies. */
export function accountLock(folder: string): AccountLock {
  let held: Database.Database | undefined
  return {
    take: () => {
      if (held) return true
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      const file = new Database(join(folder, 'in-use'), { timeout: 0 })
      try {
        file.exec('begin exclusive')
        held = file
      } catch (error) {
        file.close()
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
