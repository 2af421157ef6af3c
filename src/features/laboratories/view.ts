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
  const by = request.laboratory ? await laboratory(tx, request.laboratory) : undefined
  const practice = request.practice ? await practiceById(tx, request.practice) : undefined
  const event = (await triggerEvents(tx)).find(({ id }) => id === request.event)
  const from = request.organization ? await organization(tx, request.organization) : undefined
  const requester = await stillHere(tx, request.requester)
  const assignee = await stillHere(tx, request.assignee)
  const given = (await services(tx)).filter(({ id }) => request.services.includes(id))
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

async function stillHere(tx: Tx, id: string | null): Promise<MemberRow | undefined> {
  const row = id === null ? undefined : await member(tx, id)
  return row?.erasedAt === null ? row : undefined
}

/** Whose hours and targets count: the laboratory's, else the coordinators'. */
export async function deskOf(tx: Tx, id: string | null): Promise<Desk> {
  const found = id === null ? undefined : await laboratory(tx, id)
  return found ?? coordinatorsDesk(await programme(tx))
}
