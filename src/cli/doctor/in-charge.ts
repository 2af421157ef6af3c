import { unattended } from '#src/kit/unattended.ts'
import { type Check, note } from './check.ts'
import { inDatabase } from './in-database.ts'

/** Communities and laboratories that have nobody who would read what is meant for them. */
export const inCharge: Check = async ({ t, settings }) => {
  if (!settings) return []
  const found = await inDatabase(settings, unattended)
  return found.map(({ key, names }) => note(t('shell.doctor.inCharge'), t(key, { names: t.list(names) })))
}
