import postgres from 'postgres'
import type { Store } from '#src/storage/database.ts'
import { type Blows, LOCKED_FOR, shares as onBoth, TRANSACTIONS_FULL } from './blows.ts'
import { type Dice, fate } from './dice.ts'

/** The server also drops every connection now and then. */
const shares = { ...onBoth, dropped: 0.004 }

/** Lets go wrong what a server can: by a second client of it, and where it says that its disk is full. */
export function hardenPostgres(store: Store, throws: Dice, life: string, { kill, jump, tell }: Blows): Store {
  let count = 0
  let full = 0
  const fates = {
    full: async () => {
      full = TRANSACTIONS_FULL
    },
    locked: () => locked(store.address),
    dropped: () => dropped(store.address),
    kill: async () => kill(),
    clock: async () => jump(throws(`jump ${life}`, count)),
  }
  return {
    ...store,
    transaction: async (work, manner) => {
      count += 1
      const kind = fate(shares, throws(`transaction ${life}`, count))
      if (kind) {
        tell(kind)
        await fates[kind]()
      }
      full = Math.max(0, full - 1)
      return store.transaction(full > 0 ? async tx => refused(await work(tx)) : work, manner)
    },
  }
}

function refused(_: unknown): never {
  throw Object.assign(new Error('could not extend file: No space left on device'), { code: '53100' })
}

/**
 * Somebody else, who may be hung up on too. The library asks for types by itself, and nobody would hear of it when that fails: it would
 * end the process.
 */
const another = (url: string): postgres.Sql => postgres(url, { max: 1, onnotice: () => {}, fetch_types: false })

/** Somebody else has the outbox for a while. */
async function locked(url: string): Promise<void> {
  const other = another(url)
  const held = Promise.withResolvers<void>()
  const holding = other.begin(async sql => {
    await sql`LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE`
    held.resolve()
    await new Promise(resolve => setTimeout(resolve, LOCKED_FOR))
  })
  // Where the bot itself is in the way, nobody waits for the lock.
  holding.catch(() => {}).finally(() => void other.end())
  await Promise.race([held.promise, new Promise(resolve => setTimeout(resolve, LOCKED_FOR))])
}

async function dropped(url: string): Promise<void> {
  const other = another(url)
  // Of two who do it at the same time, one is hung up on by the other.
  await other`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`.catch(
    () => {},
  )
  await other.end()
}
