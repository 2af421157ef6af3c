import { randomUUID } from 'node:crypto'
import { fold } from '#src/core/fold.ts'
import type { Option, Problem } from '#src/core/form.ts'
import type { Interaction, Place } from '#src/core/interaction.ts'
import type { OpenForm } from '#src/core/platform.ts'
import { type Body, fileIn, type Given, pressedIn, typedInto } from './read.ts'
import { directId, type Person, WORKSPACE, type Workspace } from './workspace.ts'

/** Who is acting, and in which place. */
export interface Visit {
  person: Person
  place: Place
}

const eventId = (token: string): string => `web:${WORKSPACE}:${token}`

const happened = (id: string, { person, place }: Visit, { time }: Workspace) => {
  const { id: member, name, locale, timezone } = person
  return { id: eventId(id), at: time.now(), member: { id: member, name, locale, timezone }, place }
}

async function give(event: Interaction, { intake, pending, settle, news }: Workspace): Promise<void> {
  const live = await intake.receive(event)
  if (!live) return
  pending.note(event.member.id, live)
  news.changed()
  await settle()
}

/** Her words appear where she wrote them, and the bot hears them. The same words sent twice are said once. */
export async function say(body: Body<'say'>, given: Given, visit: Visit, workspace: Workspace): Promise<void> {
  const { intake, history, time } = workspace
  const root = body.thread ? await history.byKey(body.thread) : undefined
  const brought = await taken(fileIn('file', given), visit.person, workspace)
  const text = body.text.trim()
  if (text === '' && !brought.file && !brought.refused) return
  const event = { ...happened(body.id, visit, workspace), ...brought, ...(root && { thread: root.key }) }
  const said = { by: visit.person.id, text, ...(brought.file && { file: brought.file }) }
  const at = time.now().epochMilliseconds
  const spot = { key: event.id, to: visit.place.id, at, lang: visit.person.locale, ...(root && { under: root.key }) }
  await history.add({ ...spot, said }, visit.person.id)
  // In a thread people talk to each other: what reads like a command there is not one.
  await give({ ...event, ...(root ? { kind: 'said', text } : intake.read(text)) }, workspace)
}

/** Presses a button of a message that she can see. It may have changed meanwhile: whoever handles it checks. */
export async function press(body: Body<'press'>, visit: Visit, workspace: Workspace): Promise<void> {
  const on = await workspace.history.byRef(body.on)
  if (!on || on.to !== visit.place.id || (on.onlyFor && on.onlyFor !== visit.person.id)) return
  const { number, action, value } = pressedIn(body.choice)
  const event = happened(`${body.id}-${number}`, visit, workspace)
  await give({ ...event, kind: 'choice', action, value, on: on.key }, workspace)
}

/** Answers the form that is open for her. */
export async function answer(body: Body<'answer'>, given: Given, visit: Visit, workspace: Workspace): Promise<void> {
  const form = await workspace.intake.form(visit.person)
  if (!form) return
  const read = await rawIn(form, given, visit.person, workspace)
  if (Object.keys(read.refused).length > 0) return complain(form, read.refused, visit, workspace)
  const event = happened(body.id, visit, workspace)
  await give({ ...event, kind: 'answers', form: form.name, about: form.about, raw: read.raw }, workspace)
}

/** What no handler needs to see to know that it does not pass. */
export function complain(form: OpenForm, found: Record<string, Problem>, visit: Visit, workspace: Workspace): void {
  const t = workspace.intake.t(visit.person)
  const told = Object.entries(found).map(([name, { key, values }]) => [name, t(key, values)])
  workspace.pending.refuse(visit.person.id, form.name, Object.fromEntries(told))
  workspace.news.changed()
}

/** She wrote with a file that is too large: nothing else of it has come. */
export async function refuse(visit: Visit, workspace: Workspace): Promise<void> {
  const event = happened(randomUUID(), visit, workspace)
  await give({ ...event, kind: 'said', text: '', refused: tooLargeBy(workspace) }, workspace)
}

/** How much we take, to be said to whoever sends more. */
export const tooLargeBy = ({ largestFile }: Pick<Workspace, 'largestFile'>): Problem => ({
  key: 'core.problems.tooLarge',
  values: { most: Math.floor(largestFile / 1024 / 1024) },
})

/** Closes the form that is open for her. */
export async function cancel(body: Body<'walk'>, visit: Visit, workspace: Workspace): Promise<void> {
  await give({ ...happened(body.id, visit, workspace), kind: 'command', name: 'core.cancel', text: '' }, workspace)
}

/** Comes into a place, or goes. */
export async function walk(
  kind: 'joined' | 'left',
  body: Body<'walk'>,
  visit: Visit,
  workspace: Workspace,
): Promise<void> {
  const { presence } = workspace
  const { account, id } = visit.person
  await (kind === 'joined' ? presence.enter(account, visit.place.id, id) : presence.leave(account, visit.place.id, id))
  await give({ ...happened(body.id, visit, workspace), kind }, workspace)
}

async function taken(
  file: File | undefined,
  person: Person,
  { intake, largestFile }: Workspace,
): Promise<{ file?: string; refused?: Problem }> {
  if (!file) return {}
  if (file.size > largestFile) return { refused: tooLargeBy({ largestFile }) }
  const bytes = new Uint8Array(await file.arrayBuffer())
  return { file: await intake.keep({ name: file.name, type: file.type || 'application/octet-stream', bytes }, person) }
}

async function rawIn(form: OpenForm, given: Given, person: Person, workspace: Workspace) {
  const raw: Record<string, string> = {}
  const refused: Record<string, Problem> = {}
  for (const { name, kind, source = '', known = '' } of form.questions) {
    const typed = typedInto(name, given)
    if (kind === 'search') raw[name] = named(typed, await workspace.intake.search(source, typed.slice(0, 200), person))
    else if (kind === 'file') {
      const brought = await taken(fileIn(`field.${name}`, given), person, workspace)
      if (brought.refused) refused[name] = brought.refused
      raw[name] = brought.file ?? known
    } else raw[name] = typed
  }
  return { raw, refused }
}

/** A name that was taken from the list stands for its thing, also where it begins other names. */
const named = (typed: string, found: readonly Option[]): string =>
  found.find(({ label }) => fold(label) === fold(typed))?.value ?? typed

/** Where a person and the bot speak alone. */
export const directPlace = ({ account, locale, timezone }: Pick<Person, 'account' | 'locale' | 'timezone'>): Place => ({
  platform: 'web',
  workspace: WORKSPACE,
  id: directId(account),
  direct: true,
  locale,
  timezone,
})
