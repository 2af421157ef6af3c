import { parse, stringify } from 'yaml'
import { openLanguage } from '#src/i18n/language.ts'
import { demoKit } from '#src/kit/demo.ts'
import { preparing } from '#src/kit/prepare.ts'

/** What of the demo kit is changed here. */
interface Written {
  programme: Record<'lines' | 'actions' | 'risks', { id: string }[]>
  places: { place: string; locale?: string }[]
  laboratories: { covers: { communities: string[] } }[]
}
const COUNTED = ['L1T', 'A1', 'A2', 'L2T', 'A4', 'L3T', 'A5', 'R1', 'R5', 'R6']

/**
 * OCPA Umbria, small enough to count by hand: three lines with their four actions, three risks. Its laboratory does not
 * cover welfare, and the coordinators' place reads in `locale`.
 */
export function smallUmbria(locale: string) {
  const kit = parse(demoKit()) as Written
  for (const kind of ['lines', 'actions', 'risks'] as const)
    kit.programme[kind] = kit.programme[kind].filter(({ id }) => COUNTED.includes(id))
  for (const { covers } of kit.laboratories) covers.communities = ['suape', 'digitale']
  for (const place of kit.places) if (place.place === 'coordinamento') place.locale = locale
  return preparing(stringify(kit), openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' }))
}
