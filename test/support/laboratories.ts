import type { Tx } from '#src/core/feature.ts'
import type { Coverage } from '#src/features/laboratories/store.ts'
import { laboratory, saveLaboratory } from '#src/features/laboratories/store.ts'
import { WORKSPACE } from '#src/platforms/console/adapter.ts'
import { memberNamed } from '#src/storage/members.ts'
import { boundPlace, savePlace } from '#src/storage/places.ts'
import { grant } from '#src/storage/roles.ts'
import type { Community, Person } from './community.ts'
import { demonstration } from './demonstration.ts'

const usual = { practice: '', event: 'reuser_support', need: 'Serve aiuto con il dispiegamento', urgency: 'normal' }

/** Asks for support; the requester's first message about it. */
export async function asks(person: Person, answers: Record<string, string> = {}) {
  await person.says('richiesta')
  await person.answers({ ...usual, ...answers })
  return person.lastMessage()
}

/** The card of the only request, as it was posted. */
export const cardIn = (place: ReturnType<Community['place']>) => {
  const card = place.messages().find(({ text }) => /R-2027-\d{4} · /.test(text))
  if (!card) throw new Error('no card')
  return card
}
/** The same, as it is now. */
export const cardNow = (place: ReturnType<Community['place']>) => {
  const { ref } = cardIn(place)
  const now = place.messages().findLast(each => each.ref === ref)
  if (!now) throw new Error('no card')
  return now
}

/** The demo community with the laboratory covering only this. */
export const covering = (covers: Partial<Coverage>) => async (tx: Tx, now: Temporal.Instant) => {
  await demonstration(tx, now)
  const umbria = await laboratory(tx, 'laboratorio-umbria')
  if (!umbria) throw new Error('no laboratory in the demo kit')
  await saveLaboratory(tx, { ...umbria, covers: { communities: [], practices: [], events: [], ...covers } })
}

/** The demo community with a second laboratory, for one event; `provider` works in it, and it has no place. */
export async function twoLaboratories(tx: Tx, now: Temporal.Instant): Promise<void> {
  await demonstration(tx, now)
  const umbria = await laboratory(tx, 'laboratorio-umbria')
  const provider = await memberNamed(tx, 'provider')
  if (!umbria || !provider) throw new Error('the demo kit has changed')
  const covers = { communities: ['suape'], practices: [], events: ['regulatory_update'] }
  await saveLaboratory(tx, { ...umbria, id: 'norme', name: { it: 'Laboratorio Norme', en: 'Law Laboratory' }, covers })
  await grant(tx, provider.id, 'operator', 'norme', now)
}

/** The demo community with a second place for its laboratory, `#officina`. */
export async function twoPlaces(tx: Tx, now: Temporal.Instant): Promise<void> {
  await demonstration(tx, now)
  const first = await boundPlace(tx, { platform: 'web', workspace: WORKSPACE, id: '#laboratorio' })
  if (!first) throw new Error('the demo kit has changed')
  const { id: _, ...place } = first
  await savePlace(tx, { ...place, name: 'officina', address: '#officina' })
}
