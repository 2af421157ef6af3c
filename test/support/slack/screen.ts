// What people see: every message, modal and page that reached Slack, as Slack would show it to each of them.

type Json = Record<string, unknown>

export interface Seen {
  channel: string
  ts: string
  text: string
  blocks: Json[]
  thread: string | undefined
  /** The user who alone sees it. */
  only: string | undefined
  /** Every version before this one. */
  before: Json[][]
  key: string | undefined
}
export interface Modal {
  id: string
  user: string
  view: Json
  hash: string
  /** Under its fields, since it was last sent. */
  errors: Record<string, string>
  open: boolean
}
/** One thing that became visible, in order. */
export type Change =
  | { kind: 'posted' | 'edited'; message: Seen }
  | { kind: 'modal'; modal: Modal }
  | { kind: 'errors'; modal: Modal }
  | { kind: 'closed'; modal: Modal }
  | { kind: 'home'; user: string; view: Json }

export interface Screen {
  changes: Change[]
  messages: Seen[]
  modals: Map<string, Modal>
  homes: Map<string, Json>
  post(message: Omit<Seen, 'before'>): Seen
  edit(channel: string, ts: string, text: string, blocks: Json[]): void
  modal(id: string, user: string, view: Json): Modal
  errors(id: string, errors: Record<string, string>): void
  closed(id: string): void
  home(user: string, view: Json): void
  /** The modal she has before her. */
  before(user: string): Modal | undefined
}

export function openScreen(): Screen {
  const changes: Change[] = []
  const messages: Seen[] = []
  const modals = new Map<string, Modal>()
  const homes = new Map<string, Json>()
  let versions = 0
  const known = (id: string): Modal => {
    const modal = modals.get(id)
    if (!modal) throw new Error(`no modal ${id}`)
    return modal
  }
  return {
    changes,
    messages,
    modals,
    homes,
    post: message => {
      const seen = { ...message, before: [] }
      messages.push(seen)
      changes.push({ kind: 'posted', message: seen })
      return seen
    },
    edit: (channel, ts, text, blocks) => {
      const seen = messages.find(each => each.channel === channel && each.ts === ts)
      if (!seen) throw new Error(`no message ${channel}/${ts}`)
      seen.before.push(seen.blocks)
      Object.assign(seen, { text, blocks })
      changes.push({ kind: 'edited', message: seen })
    },
    modal: (id, user, view) => {
      versions += 1
      const modal = modals.get(id) ?? { id, user, view, hash: '', errors: {}, open: true }
      Object.assign(modal, { view, hash: `h${versions}`, errors: {} })
      modals.set(id, modal)
      changes.push({ kind: 'modal', modal: { ...modal } })
      return modal
    },
    errors: (id, errors) => {
      Object.assign(known(id), { errors })
      changes.push({ kind: 'errors', modal: { ...known(id) } })
    },
    closed: id => {
      known(id).open = false
      changes.push({ kind: 'closed', modal: known(id) })
    },
    home: (user, view) => {
      homes.set(user, view)
      changes.push({ kind: 'home', user, view })
    },
    before: user => [...modals.values()].findLast(modal => modal.user === user && modal.open),
  }
}
