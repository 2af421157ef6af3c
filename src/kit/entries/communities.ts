import { community, saveCommunity } from '#src/features/communities/store.ts'
import {
  laboratory,
  saveLaboratory,
  saveService,
  saveTriggerEvent,
  services as storedServices,
  triggerEvents,
} from '#src/features/laboratories/store.ts'
import { numberOf, practice } from '#src/features/practices/store.ts'
import type { Entry } from '../change.ts'
import type { Scene } from '../merge.ts'

export const communities = ({ tx, kit }: Scene): Entry[] =>
  kit.communities.map(({ id, name, audience, territory, controller, privacy_contact }) => ({
    what: 'community',
    name: id,
    fields: { name, audience, territory, controller, privacy_contact },
    find: async () => {
      const row = await community(tx, id)
      return row && { ...row, privacy_contact: row.privacyContact }
    },
    save: () => {
      const optional = { audience: audience ?? null, territory: territory ?? null }
      return saveCommunity(tx, { id, name, ...optional, controller, privacyContact: privacy_contact })
    },
  }))

/** What laboratories do, and what can make an administration ask for it. */
export async function services({ tx, kit }: Scene): Promise<Entry[]> {
  const known = new Map((await storedServices(tx)).map(row => [row.id, row]))
  const events = new Map((await triggerEvents(tx)).map(row => [row.id, row]))
  return [
    ...kit.services.map(
      ({ id, name }, position): Entry => ({
        what: 'service',
        name: id,
        fields: { name, position },
        find: async () => known.get(id) && { ...known.get(id) },
        save: () => saveService(tx, { id, name, position }),
      }),
    ),
    ...kit.trigger_events.map(
      ({ id, name, services: names }, position): Entry => ({
        what: 'event',
        name: id,
        fields: { name, services: names, position },
        find: async () => events.get(id) && { ...events.get(id) },
        save: () => saveTriggerEvent(tx, { id, name, services: names, position }),
      }),
    ),
  ]
}

export async function laboratories({ tx, kit }: Scene): Promise<Entry[]> {
  // The kit names practices, the laboratory knows their numbers.
  const numbered = async (name: string): Promise<string> => {
    const row = await practice(tx, name)
    return row ? numberOf(row) : name
  }
  const entries: Entry[] = []
  for (const { id, name, covers, hours, targets, ...own } of kit.laboratories) {
    const { timezone = kit.programme.timezone, feast = kit.programme.feast } = own
    const covered = { ...covers, practices: await Promise.all(covers.practices.map(numbered)) }
    entries.push({
      what: 'laboratory',
      name: id,
      fields: { name, covers: covered, hours, targets, timezone, feast },
      find: async () => {
        const row = await laboratory(tx, id)
        return row && { ...row }
      },
      save: () => saveLaboratory(tx, { id, name, covers: covered, hours, targets, timezone, feast: feast ?? null }),
    })
  }
  return entries
}
