import type { Tx } from '#src/core/feature.ts'
import type { LocalText } from '#src/core/message.ts'
import { numberOf, practice as practiceById } from '#src/features/practices/store.ts'
import { type MemberRow, member } from '#src/storage/members.ts'
import { organization } from '#src/storage/organizations.ts'
import { programme } from '#src/storage/settings.ts'
import { coordinatorsDesk, type Desk } from './clock.ts'
import type { Request } from './requests/store.ts'
import { laboratory, services, triggerEvents } from './store.ts'

/** A request with the names of everything it points to. */
export interface View {
  request: Request
  /** Its laboratory's name; none when it is the coordinators'. */
  laboratory?: LocalText
  practice?: { number: string; title: string }
  event: LocalText
  organization?: string
  requester?: MemberRow
  assignee?: MemberRow
  /** The services that were given. */
  services: LocalText[]
}

export async function view(tx: Tx, request: Request): Promise<View> {
  // Asked for all at once: the database may be far away.
  const [by, practice, events, from, requester, assignee, all] = await Promise.all([
    named(request.laboratory, id => laboratory(tx, id)),
    named(request.practice, id => practiceById(tx, id)),
    triggerEvents(tx),
    named(request.organization, id => organization(tx, id)),
    named(request.requester, id => stillHere(tx, id)),
    named(request.assignee, id => stillHere(tx, id)),
    services(tx),
  ])
  const event = events.find(({ id }) => id === request.event)
  const given = all.filter(({ id }) => request.services.includes(id))
  return {
    request,
    event: event?.name ?? { it: request.event },
    services: given.map(({ name }) => name),
    ...(by && { laboratory: by.name }),
    ...(practice && { practice: { number: numberOf(practice), title: practice.title } }),
    ...(from && { organization: from.name }),
    ...(requester && { requester }),
    ...(assignee && { assignee }),
  }
}

const named = async <T>(id: string | null, read: (id: string) => Promise<T>): Promise<T | undefined> =>
  id === null ? undefined : read(id)

async function stillHere(tx: Tx, id: string): Promise<MemberRow | undefined> {
  const row = await member(tx, id)
  return row?.erasedAt === null ? row : undefined
}

/** Whose hours and targets count: the laboratory's, else the coordinators'. */
export async function deskOf(tx: Tx, id: string | null): Promise<Desk> {
  const found = await named(id, each => laboratory(tx, each))
  return found ?? coordinatorsDesk(await programme(tx))
}
