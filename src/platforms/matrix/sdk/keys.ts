import type { MatrixClient } from 'matrix-js-sdk'
import type {
  CryptoBackend,
  SyncCryptoCallbacks,
  SyncCryptoChanges,
} from 'matrix-js-sdk/lib/common-crypto/CryptoBackend.js'
import type { CryptoApi } from 'matrix-js-sdk/lib/crypto-api/index.js'

/** The keys of a client, as the SDK itself uses them. Throws when it has none. */
export function keysOf(client: MatrixClient): CryptoApi & CryptoBackend {
  const crypto = client.getCrypto()
  if (!isWhole(crypto)) throw new Error('the bot has no keys')
  return crypto
}
const isWhole = (crypto: CryptoApi | undefined): crypto is CryptoApi & CryptoBackend =>
  crypto !== undefined && 'encryptEvent' in crypto && 'processSyncChanges' in crypto

/** In milliseconds. What time alone brings about, a fallback key that has grown old for instance, waits for the sync after so long. */
const AT_LEAST_EVERY = 60_000

/**
 * From now on the keys are told of a sync only when it has something for them. The SDK tells them of each one, before what was said
 * is looked at, and each time they write themselves down anew: ten milliseconds, for every message of the bot that comes back, too.
 */
export function tellOnlyNews(keys: SyncCryptoCallbacks, now: () => number = () => performance.now()): void {
  const tell = keys.processSyncChanges.bind(keys)
  let told = { left: '', at: Number.NEGATIVE_INFINITY }
  keys.processSyncChanges = async changes => {
    const left = keysLeft(changes)
    if (!isNews(changes) && left === told.left && now() - told.at < AT_LEAST_EVERY) return []
    const received = await tell(changes)
    told = { left, at: now() }
    return received
  }
}

const isNews = ({ toDeviceEvents, deviceLists }: SyncCryptoChanges): boolean =>
  [toDeviceEvents, deviceLists?.changed, deviceLists?.left].some(each => each !== undefined && each.length > 0)

/** How many of the keys that the homeserver gives out are left: they are made anew in time. */
const keysLeft = ({ oneTimeKeysCounts, unusedFallbackKeys }: SyncCryptoChanges): string =>
  JSON.stringify([oneTimeKeysCounts, unusedFallbackKeys])
