import { join } from 'node:path'
import { type Settings, WrongSettings } from '#src/config.ts'
import type { Finding } from '#src/core/finding.ts'
import type { Translate } from '#src/core/message.ts'
import type { Platform } from '#src/core/platform.ts'
import { matrixPlatform } from '#src/platforms/matrix/adapter.ts'
import { checkMatrix, type ToCheck } from '#src/platforms/matrix/checks.ts'
import { serverOf } from '#src/platforms/matrix/names.ts'
import { isUnable } from '#src/storage/failures.ts'
import { LARGEST_FILE } from '#src/storage/files.ts'
import { holdOn } from '#src/storage/hold.ts'
import { memoryOf } from '#src/storage/memory.ts'
import { addressesOn } from '#src/storage/places.ts'
import { programme } from '#src/storage/settings.ts'
import type { PlatformOpener, PlatformParts } from './opener.ts'

/** Matrix for a community that lives there. */
export const matrix: PlatformOpener = {
  title: 'Matrix',
  named: settings => Boolean(settings.MATRIX_HOMESERVER_URL || settings.MATRIX_USER_ID),
  open: async (settings, parts) => ({ platform: await matrixOf(settings, parts) }),
}

export type MatrixSettings = Pick<
  Settings,
  | 'DATA_DIR'
  | 'MATRIX_HOMESERVER_URL'
  | 'MATRIX_USER_ID'
  | 'MATRIX_ACCESS_TOKEN'
  | 'MATRIX_PASSWORD'
  | 'MATRIX_RECOVERY_KEY'
  | 'MATRIX_ALLOWED_INVITERS'
>

/** Where the device, its keys and the state of the stream are kept. */
export const matrixFolder = ({ DATA_DIR }: Pick<Settings, 'DATA_DIR'>): string => join(DATA_DIR, 'matrix')

/** The account and what opens it. Throws `WrongSettings` when the settings do not say enough. */
export function matrixAccount(settings: MatrixSettings) {
  const { MATRIX_HOMESERVER_URL: homeserver, MATRIX_USER_ID: user } = settings
  const { MATRIX_ACCESS_TOKEN: token, MATRIX_PASSWORD: password, MATRIX_RECOVERY_KEY: recoveryKey } = settings
  if (!homeserver) throw new WrongSettings('MATRIX_HOMESERVER_URL: needed beside MATRIX_USER_ID')
  if (!user) throw new WrongSettings('MATRIX_USER_ID: needed beside MATRIX_HOMESERVER_URL')
  if (!token && !password) throw new WrongSettings('MATRIX_PASSWORD: needed, or MATRIX_ACCESS_TOKEN')
  return { homeserver, user, token, password, recoveryKey }
}

/** Users and servers that may invite the bot: those named, else its own server. */
export const invitersOf = ({ MATRIX_ALLOWED_INVITERS: named = '' }: MatrixSettings, user: string): string[] => {
  const given = named.split(/[\s,]+/).filter(each => each !== '')
  return given.length > 0 ? given : [serverOf(user, '')]
}

/** The Matrix platform of these settings; its start throws `Refused` when they open nothing. Throws `WrongSettings` when they are not enough. */
export async function matrixOf(settings: MatrixSettings, parts: PlatformParts): Promise<Platform> {
  const account = matrixAccount(settings)
  const { store, log, now } = parts
  const folder = matrixFolder(settings)
  const hold = holdOn(join(folder, 'in-use'))
  return matrixPlatform({
    open: async () => {
      if (!hold.take()) return undefined
      // The SDK is large: a bot that lives elsewhere does without.
      const { openWire } = await import('#src/platforms/matrix/sdk/client.ts')
      const wire = await openWire({ ...account, folder, memory: memoryOf(store, 'matrix'), isUnable, log })
      return { ...wire, stop: () => wire.stop().finally(hold.drop) }
    },
    allowed: invitersOf(settings, account.user),
    addresses: () => store.read(tx => addressesOn(tx, 'matrix')),
    home: await store.read(programme),
    now,
    largestFile: LARGEST_FILE,
    log,
  })
}

/** Whether the settings speak of Matrix, and say enough to reach it. */
export const isMatrixWhole = (settings: MatrixSettings): boolean =>
  Boolean(
    settings.MATRIX_HOMESERVER_URL &&
      settings.MATRIX_USER_ID &&
      (settings.MATRIX_ACCESS_TOKEN || settings.MATRIX_PASSWORD),
  )

/** What `bot doctor` has to say about Matrix, and about the places there that the bot writes to. */
export const checkedMatrix = (settings: MatrixSettings, places: ToCheck['places'], t: Translate): Promise<Finding[]> =>
  checkMatrix({ ...matrixAccount(settings), folder: matrixFolder(settings), places }, t)
