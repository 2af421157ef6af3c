import type { Tx } from '#src/core/feature.ts'
import { type ProgrammeItem, programmeItems, saveProgrammeItem } from '#src/features/checkins/store.ts'
import { member, memberNamed } from '#src/storage/members.ts'
import { type Programme, saveSetting, setting } from '#src/storage/settings.ts'
import type { Entry } from '../change.ts'
import type { Scene } from '../merge.ts'

export function programme({ tx, kit }: Scene): Entry[] {
  const { name, locale, timezone, feast, welcome_at_door, quiet } = kit.programme
  const wanted: Programme = {
    name,
    locale,
    timezone,
    ...(feast !== undefined && { feast }),
    schedules: kit.schedules,
    welcomeAtDoor: welcome_at_door,
    quiet,
  }
  return [
    {
      what: 'programme',
      name: name.it ?? Object.values(name)[0] ?? '',
      fields: { name, locale, timezone, feast, schedules: kit.schedules, welcome_at_door, quiet },
      find: async () => {
        const found = await setting<Programme>(tx, 'programme')
        return found && { ...found, welcome_at_door: found.welcomeAtDoor }
      },
      save: () => saveSetting(tx, 'programme', wanted),
    },
  ]
}

/** Lines, actions and risks, in the order of the file. */
export async function items({ tx, kit }: Scene): Promise<Entry[]> {
  const { lines, actions, risks } = kit.programme
  const all: (Omit<ProgrammeItem, 'owner' | 'position'> & { owner: string | undefined })[] = [
    ...lines.map(({ id, name, owner }) => ({ id, kind: 'line' as const, line: null, name, mitigation: null, owner })),
    ...actions.map(({ id, line, name, owner }) => ({
      id,
      kind: 'action' as const,
      line,
      name,
      mitigation: null,
      owner,
    })),
    ...risks.map(({ id, name, mitigation = null, owner }) => ({
      id,
      kind: 'risk' as const,
      line: null,
      name,
      mitigation,
      owner,
    })),
  ]
  const known = new Map((await programmeItems(tx)).map(item => [item.id, item]))
  return all.map(({ id, owner, ...item }, position): Entry => {
    const row = known.get(id)
    return {
      what: item.kind,
      name: id,
      fields: { ...item, owner, position },
      find: async () => row && { ...row, owner: await personOf(tx, row.owner) },
      save: async () => saveProgrammeItem(tx, { id, ...item, position, owner: await idOf(tx, owner) }),
    }
  })
}

/** A person's short name, for the comparison with the kit; her id where the kit has never named her. */
export const personOf = async (tx: Tx, id: string | null): Promise<string | undefined> =>
  id === null ? undefined : ((await member(tx, id))?.person ?? id)

export const idOf = async (tx: Tx, person: string | undefined): Promise<string | null> =>
  person === undefined ? null : ((await memberNamed(tx, person))?.id ?? null)
