import { setTimeout as wait } from 'node:timers/promises'
import './quiet.ts'
import { type MatrixClient, MatrixError } from 'matrix-js-sdk'
import {
  type CryptoApi,
  type CryptoCallbacks,
  decodeRecoveryKey,
  encodeRecoveryKey,
} from 'matrix-js-sdk/lib/crypto-api/index.js'
import type { Log } from '#src/core/ports.ts'

export interface Recovery {
  /** What opens the account's secrets on the homeserver: twelve groups of four letters and digits. */
  recoveryKey: string
  /** Some homeservers ask for it before they take new signing keys. */
  password?: string | undefined
}
/** The account's secrets are there, and this key does not open them. */
export class WrongKey extends Error {}

/** The bytes of a recovery key; undefined when it is not one. */
export function bytesOf(recoveryKey: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return decodeRecoveryKey(recoveryKey.trim())
  } catch {
    return undefined
  }
}

/** A recovery key that nobody has yet. */
export const newRecoveryKey = (): string => encodeRecoveryKey(crypto.getRandomValues(new Uint8Array(32))) ?? ''

/** Gives the SDK the key whenever it opens the secrets. */
export const opening = (recoveryKey: string | undefined): CryptoCallbacks => {
  const key = recoveryKey === undefined ? undefined : bytesOf(recoveryKey)
  return key
    ? {
        getSecretStorageKey: async ({ keys }) => {
          const [id] = Object.keys(keys)
          return id === undefined ? null : [id, key]
        },
      }
    : {}
}

/**
 * Has the device signed by the account, and its keys copied to the homeserver, so that after the loss of DATA_DIR another device
 * takes their place: it is verified too, and reads what was said before. Secrets that are there already are used, never replaced;
 * throws `WrongKey` when the key does not open them. For a client that syncs, whose device the homeserver knows.
 */
export async function secure(client: MatrixClient, { recoveryKey, password }: Recovery, log: Log): Promise<void> {
  await published(client)
  const crypto = client.getCrypto()
  const key = bytesOf(recoveryKey)
  if (!crypto || !key) throw new WrongKey('this is not a recovery key')
  const kept = await client.secretStorage.getKey()
  if (kept && !(await client.secretStorage.checkKey(key, kept[1])))
    throw new WrongKey('the recovery key is not the one that this account was secured with')
  await crypto.userHasCrossSigningKeys(client.getSafeUserId(), true)
  await crypto.bootstrapCrossSigning({ authUploadDeviceSigningKeys: request => allowed(request, client, password) })
  const saved = await crypto.getKeyBackupInfo()
  await crypto.bootstrapSecretStorage({
    createSecretStorageKey: async () => ({ privateKey: key }),
    setupNewKeyBackup: !saved,
  })
  if (saved) await takeUp(crypto, log)
}

/** Resolves when others can find the device: only then can it be signed. */
async function published(client: MatrixClient): Promise<void> {
  const me = client.getSafeUserId()
  for (let look = 0; look < LOOKS; look += 1) {
    const { device_keys: keys } = await client.downloadKeysForUsers([me])
    if (keys[me]?.[client.getDeviceId() ?? '']) return
    await wait(LOOK_AGAIN)
  }
  throw new Error('the device has not been published')
}
const LOOKS = 40
/** In milliseconds. */
const LOOK_AGAIN = 250

/** The copy of the keys that an earlier device made: what it holds is read, and added to from now on. */
async function takeUp(crypto: CryptoApi, log: Log): Promise<void> {
  const known = await crypto.getSessionBackupPrivateKey()
  if (!known) await crypto.loadSessionBackupPrivateKeyFromSecretStorage()
  await crypto.checkKeyBackupAndEnable()
  if (known) return
  const { imported } = await crypto.restoreKeyBackup()
  log.info({ imported }, 'keys were restored from the copy on the homeserver')
}

type Request = Parameters<
  NonNullable<Parameters<CryptoApi['bootstrapCrossSigning']>[0]['authUploadDeviceSigningKeys']>
>[0]
/** The first signing keys of an account are taken as they are; for others, or on some homeservers, the password is asked. */
async function allowed(request: Request, client: MatrixClient, password: string | undefined): Promise<void> {
  try {
    await request(null)
  } catch (error) {
    const session = error instanceof MatrixError && error.httpStatus === 401 ? error.data.session : undefined
    if (session === undefined || password === undefined) throw error
    const identifier = { type: 'm.id.user', user: client.getSafeUserId() }
    await request({ type: 'm.login.password', identifier, password, session })
  }
}
