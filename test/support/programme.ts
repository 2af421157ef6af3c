import { eq } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { type ProgrammeItem, programmeItems, saveProgrammeItem } from '#src/features/checkins/store.ts'
import { adoptions } from '#src/features/practices/schema.ts'
import { saveAdoption, savePractice } from '#src/features/practices/store.ts'
import { queries } from '#src/storage/database.ts'
import { changeMember, memberNamed } from '#src/storage/members.ts'
import { organizationNamed } from '#src/storage/organizations.ts'
import { places } from '#src/storage/schema.ts'
import { type Programme, programme, saveSetting } from '#src/storage/settings.ts'
import { demonstration } from './demonstration.ts'

/** A line, an action or a risk of a test; an owner is a person of the demo. */
export interface Asked {
  id: string
  kind: ProgrammeItem['kind']
  line?: string
  owner?: string
  name?: string
}
export interface Small {
  items?: Asked[]
  /** More of them. */
  extra?: Asked[]
  people?: Record<string, { timezone?: string; locale?: string }>
  programme?: Partial<Programme>
  /** Who answers for the only adoption, SUAPE in Perugia; nobody without. */
  adoption?: string
  /** What is changed of the coordinators' place; false unbinds it. */
  coordination?: { locale?: string; feast?: string } | false
}

/** The demo with a programme small enough to count by hand: what the demo asks of people is nobody's here. */
export const aSmallProgramme =
  ({ items = [], extra = [], people = {}, programme: changed = {}, adoption, coordination = {} }: Small) =>
  async (tx: Tx, now: Temporal.Instant): Promise<void> => {
    await demonstration(tx, now)
    for (const item of await programmeItems(tx)) await saveProgrammeItem(tx, { ...item, owner: null })
    await queries(tx).update(adoptions).set({ owner: null })
    await saveSetting(tx, 'programme', { ...(await programme(tx)), ...changed })
    for (const [person, change] of Object.entries(people)) await changeMember(tx, await idOf(tx, person), change)
    for (const [position, item] of [...items, ...extra].entries())
      await saveProgrammeItem(tx, await rowOf(tx, item, position))
    await changeCoordination(tx, coordination)
    if (adoption) await adopted(tx, await idOf(tx, adoption), now)
  }

async function changeCoordination(tx: Tx, change: Small['coordination']): Promise<void> {
  const set = change === false ? { purpose: null } : { locale: 'it', ...change }
  await queries(tx).update(places).set(set).where(eq(places.purpose, 'coordinators'))
}

export const idOf = async (tx: Tx, person: string): Promise<string> => {
  const row = await memberNamed(tx, person)
  if (!row) throw new Error(`nobody is called ${person}`)
  return row.id
}

const rowOf = async (tx: Tx, { id, kind, line, owner, name }: Asked, position: number): Promise<ProgrammeItem> => ({
  id,
  kind,
  line: line ?? null,
  name: { it: name ?? `Voce ${id}`, en: name ?? `Item ${id}` },
  mitigation: null,
  owner: owner ? await idOf(tx, owner) : null,
  position,
})

async function adopted(tx: Tx, owner: string, now: Temporal.Instant): Promise<void> {
  const provider = await organizationNamed(tx, { name: 'Comune di Terni', ipa: 'c_l117' })
  const reuser = await organizationNamed(tx, { name: 'Comune di Perugia', ipa: 'c_g478' })
  const at = now.epochMilliseconds
  await savePractice(tx, {
    id: 'practice-suape',
    number: 77,
    title: 'SUAPE',
    summary: 'Sportello unico',
    description: 'Sportello unico',
    provider: provider.id,
    community: 'suape',
    categories: [],
    state: 'published',
    proposedAt: at,
    publishedAt: at,
    changedAt: at,
  })
  await saveAdoption(tx, {
    id: 'adoption-perugia',
    practice: 'practice-suape',
    organization: reuser.id,
    owner,
    state: 'deploying',
    interestedAt: at,
    deployingAt: at,
  })
}
