import Database from 'better-sqlite3'
import { type Blows, LOCKED_FOR, shares, TRANSACTIONS_FULL } from './blows.ts'
import { type Dice, fate } from './dice.ts'

/** Lets go wrong what a database can: with SQLite's own errors, in its own code. */
export function hardenSqlite(file: string, throws: Dice, life: string, { kill, jump, tell }: Blows): void {
  let count = 0
  let full = 0
  const { exec } = Database.prototype
  const fates = {
    full: () => {
      full = TRANSACTIONS_FULL
    },
    locked: () => lock(file, exec),
    kill,
    clock: () => jump(throws(`jump ${life}`, count)),
  }
  function executing(this: Database.Database, text: string): Database.Database {
    if (text.startsWith('BEGIN')) {
      count += 1
      const kind = fate(shares, throws(`transaction ${life}`, count))
      if (kind) {
        tell(kind)
        fates[kind]()
      }
      // No page more than it has: the next row that needs one meets a full disk.
      const most = full > 0 ? this.pragma('page_count', { simple: true }) : 1_073_741_823
      this.pragma(`max_page_count = ${most}`)
      full = Math.max(0, full - 1)
    }
    return exec.call(this, text)
  }
  Object.assign(Database.prototype, { exec: executing })
}

/** Somebody else has the database for a while. */
function lock(file: string, exec: Database.Database['exec']): void {
  const other = new Database(file, { timeout: 0 })
  try {
    exec.call(other, 'BEGIN IMMEDIATE')
    setTimeout(() => other.close(), LOCKED_FOR)
  } catch {
    other.close() // the bot itself has it
  }
}
