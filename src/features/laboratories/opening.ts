import { type Handler, onSubmit, type Role, type World } from '#src/core/feature.ts'
import { choose, file, optional, paragraph, pick, search } from '#src/core/fields.ts'
import type { Answers, Problem } from '#src/core/form.ts'
import { type Member, type Of, problems, type Reply, silence } from '#src/core/interaction.ts'
import type { Message, Translate } from '#src/core/message.ts'
import { communitiesOf } from '#src/features/communities/store.ts'
import { numberOf, type Practice, practice as practiceById } from '#src/features/practices/store.ts'
import { storedFile } from '#src/storage/files.ts'
import { newId } from '#src/storage/ids.ts'
import { member as memberById } from '#src/storage/members.ts'
import { nextNumber, programme } from '#src/storage/settings.ts'
import { setAlarms } from './changes.ts'
import { coordinatorsDesk, started } from './clock.ts'
import { note, received } from './messages.ts'
import { keepOrigin, type Request, saveRequest } from './requests/store.ts'
import { requestNumber, route } from './rules.ts'
import { laboratories, triggerEvents } from './store.ts'
import { cardsFor, postCards, tellRequester } from './telling.ts'
import { view } from './view.ts'
import { personOf } from './who.ts'

/** Longest text somebody writes about a request, in characters. */
export const LONGEST = 4000

/** Who may ask for support. */
export const people: readonly Role[] = ['member', 'coordinator', 'operator']
/** Who may follow what she asked, also when she has left every community meanwhile. */
export const followers: readonly Role[] = [...people, 'requester']

export const requestForm = {
  name: 'laboratories.request',
  fields: {
    practice: optional(search('practices.published')),
    event: choose(),
    need: paragraph(LONGEST),
    urgency: pick('low', 'normal', 'high'),
    file: optional(file()),
  },
}
type Asked = Answers<(typeof requestForm)['fields']>

/** The form, with what is known already. */
export async function askRequest(
  { member }: { member: Member },
  world: World,
  { practice, need, file }: { practice?: Practice | undefined; need?: string; file?: string | undefined },
): Promise<Reply> {
  const t = world.t(member)
  const events = (await triggerEvents(world.tx)).map(({ id, name }) => ({ value: id, label: t.local(name) }))
  const known = {
    urgency: 'normal',
    ...(practice && { practice: practice.id }),
    ...(need && { need: [...need].slice(0, LONGEST).join('') }),
  }
  // A file field cannot be filled in beforehand: the file that came with the command waits in `about`.
  const about = file ?? ''
  // The search field shows the practice it already knows by its title.
  const title = practice && [{ value: practice.id, label: `${numberOf(practice)} ${practice.title}` }]
  return {
    kind: 'ask',
    form: requestForm,
    about,
    known,
    options: { event: events, ...(title && { practice: title }) },
  }
}

/** A new request is for those who are inside still. */
export async function mayAsk({ id }: Member, { tx }: World): Promise<boolean> {
  const { laboratories: works, communities, administrator } = await personOf(tx, id)
  return administrator || works.length + communities.length + (await communitiesOf(tx, id)).length > 0
}
/** To who has left: how to ask again, and where her own requests are. */
export const outside = (t: Translate): Message => {
  const choice = (name: 'join' | 'mine', value: string) => ({
    label: t(`laboratories.outside.${name}`),
    action: 'core.run',
    value,
  })
  return note(t('laboratories.outside.text'), [choice('join', 'communities.join'), choice('mine', 'laboratories.mine')])
}

/** *Chiedi supporto*: the value is a practice's id, or empty. */
export const askAbout: Handler<Of<'choice'>> = async (event, world) => {
  const practice = event.value ? await practiceById(world.tx, event.value) : undefined
  return askRequest(event, world, practice?.publishedAt ? { practice } : {})
}

export const submitRequest = onSubmit(requestForm, people, async (given, { member, about, sources }, world) => {
  const answers = { ...given, file: given.file ?? (about || undefined) }
  const wrong = await misplaced(answers, world)
  if (Object.keys(wrong).length > 0) return problems(wrong)
  const request = await open(answers, member, world)
  if (sources?.need) await keepOrigin(world.tx, { id: sources.need, request })
  return silence
})

/** What was chosen has to exist still: a form may have stood open for a day. */
async function misplaced({ practice, event, file }: Asked, { tx }: World): Promise<Record<string, Problem>> {
  const [known, events, stored] = await Promise.all([
    practice === undefined ? undefined : practiceById(tx, practice),
    triggerEvents(tx),
    file === undefined ? undefined : storedFile(tx, file),
  ])
  const lost = practice !== undefined && (known?.publishedAt ?? null) === null
  const noFile = file !== undefined && stored === undefined
  return {
    ...(lost && { practice: { key: 'laboratories.problems.practice' as const } }),
    ...(!events.some(({ id }) => id === event) && { event: { key: 'laboratories.problems.event' as const } }),
    ...(noFile && { file: { key: 'laboratories.problems.file' as const } }),
  }
}

/** Its id. */
async function open(answers: Asked, by: Member, world: World): Promise<string> {
  const { tx } = world
  const request = await routed(answers, by, world)
  const cards = await cardsFor(tx, request)
  await saveRequest(tx, { ...request, cards })
  await setAlarms(request, world)
  const seen = await view(tx, { ...request, cards })
  await tellRequester(request, 'received', t => received(t, seen), world)
  await postCards(seen, cards, world)
  return request.id
}

/** A new request with its number, at the laboratory that covers it or at none. */
async function routed(answers: Asked, by: Member, world: World): Promise<Request> {
  const { tx, now } = world
  // Asked for all at once: the database may be far away.
  const [practice, theirs, all, home, row] = await Promise.all([
    answers.practice === undefined ? undefined : practiceById(tx, answers.practice),
    communitiesOf(tx, by.id),
    laboratories(tx),
    programme(tx),
    memberById(tx, by.id),
  ])
  const community = practice?.community ?? theirs[0] ?? null
  const matter = { community, practice: practice ? numberOf(practice) : null, event: answers.event }
  const routedTo = route(all, matter)
  const desk = routedTo ?? coordinatorsDesk(home)
  const clock = started(world.calendar, desk, desk.targets[answers.urgency], now)
  const year = now.toZonedDateTimeISO(home.timezone).year
  return {
    ...blank,
    ...clock,
    id: newId(),
    number: requestNumber(year, await nextNumber(tx, `requests:${year}`)),
    practice: practice?.id ?? null,
    community,
    organization: row?.organization ?? null,
    requester: by.id,
    event: answers.event,
    need: answers.need,
    urgency: answers.urgency,
    file: answers.file ?? null,
    laboratory: routedTo?.id ?? null,
    openedAt: now.epochMilliseconds,
    dueAt: clock.replyDueAt ?? now.epochMilliseconds,
  }
}

const blank = {
  assignee: null,
  state: 'new' as const,
  answeredAt: null,
  pendingSince: null,
  solvedAt: null,
  closedAt: null,
  endings: [],
  outcome: null,
  cancelled: false,
  services: [],
  rating: null,
  comment: null,
  cards: [],
  version: 1,
}
