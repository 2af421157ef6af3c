import type { World } from '#src/core/feature.ts'
import { type Interaction, type Member, type Of, type Reply, say } from '#src/core/interaction.ts'
import type { Block, Choice, Markdown, Message, Translate } from '#src/core/message.ts'
import { nameOfFile } from '#src/storage/files.ts'
import { member as memberById } from '#src/storage/members.ts'
import { details, stateOf, type Written } from './card.ts'
import { hoursTo } from './clock.ts'
import { handlerOf, note, offered } from './messages.ts'
import { askRequest, mayAsk, outside } from './opening.ts'
import {
  keepShown,
  openRequests,
  type Request,
  request as requestById,
  requestNumbered,
  requestsOf,
  wordsOn,
} from './requests/store.ts'
import { answers, asked, isOpen, numbered, type Person, reads } from './rules.ts'
import { unknown } from './subject.ts'
import { deskOf, type View, view } from './view.ts'
import { personOf } from './who.ts'

const PAGE = 5
const DAY = 24 * 60 * 60 * 1000
type Which = 'queue' | 'mine'

/** `richiesta`: with a number its card, else the form. */
export async function requestByCommand(event: Of<'command'>, world: World): Promise<Reply> {
  const named = numbered(event.text)
  if (!named) {
    return (await mayAsk(event.member, world))
      ? askRequest(event, world, { need: event.text, file: event.file })
      : say(outside(world.t(event.member)))
  }
  const request = await requestNumbered(world.tx, named.number)
  return request ? show(request, event, world) : unknown(event.member, world, named.number)
}
export async function showByChoice(event: Of<'choice'>, world: World): Promise<Reply> {
  const request = await requestById(world.tx, event.value)
  return request ? show(request, event, world) : unknown(event.member, world)
}

async function show(request: Request, { id, member: by, place }: Interaction, world: World): Promise<Reply> {
  const person = await personOf(world.tx, by.id)
  if (!reads(person, request)) return unknown(by, world, request.number)
  const side = asked(person, request) ? 'requester' : answers(person, request) ? 'laboratory' : 'reader'
  const seen = await view(world.tx, request)
  const t = world.t(by)
  // A reply has this key in the outbox. What only she sees in a shared place cannot be drawn again anyway.
  if (place.direct) await keepShown(world.tx, { id: `reply:${id}`, request: request.id, member: by.id, place })
  return say(details(t, seen, side, await written(t, seen, world)))
}

/** The latest of what was written. */
async function written(t: Translate, seen: View, { tx }: World): Promise<Written[]> {
  const latest = (await wordsOn(tx, seen.request.id)).slice(-10)
  const lines = latest.map(async ({ author, side, text, at, file }) => {
    const by = author === null ? undefined : await memberById(tx, author)
    const fallback = side === 'laboratory' ? handlerOf(t, seen) : (seen.organization ?? '')
    const fileName = file ? await nameOfFile(tx, file) : undefined
    return { text, at, file, fileName, who: by?.name || fallback }
  })
  return Promise.all(lines)
}

/** `richieste`: the queue of who answers, else her own; a number is a page. */
export async function listByCommand(event: Of<'command'>, world: World): Promise<Reply> {
  const person = await personOf(world.tx, event.member.id)
  const which = person.laboratories.length + person.communities.length > 0 || person.administrator ? 'queue' : 'mine'
  return list(which, pageIn(event.text), person, event.member, world)
}
export async function mineByCommand(event: Of<'command'>, world: World): Promise<Reply> {
  return list('mine', pageIn(event.text), await personOf(world.tx, event.member.id), event.member, world)
}
export async function listByChoice({ member, value }: Of<'choice'>, world: World): Promise<Reply> {
  const [which, page = ''] = value.split(':')
  return list(which === 'queue' ? 'queue' : 'mine', pageIn(page), await personOf(world.tx, member.id), member, world)
}
const pageIn = (text: string): number => (/^[1-9]\d{0,3}$/.test(text.trim()) ? Number(text.trim()) : 1)

async function list(which: Which, asked: number, person: Person, by: Member, world: World): Promise<Reply> {
  const t = world.t(by)
  const waiting = which === 'queue' ? await queue(person, world) : []
  const hers = await own(by, world)
  if (which === 'queue' && waiting.length === 0 && hers.length > 0) return list('mine', asked, person, by, world)
  const all = which === 'queue' ? waiting : hers
  const pages = Math.max(1, Math.ceil(all.length / PAGE))
  const page = Math.min(asked, pages)
  const others =
    which === 'queue' && hers.length > 0
      ? [{ label: t('laboratories.list.mine'), action: 'laboratories.list', value: 'mine:1' }]
      : []
  if (all.length === 0) return say(note(t(`laboratories.list.none.${which}`), which === 'mine' ? [ask(t)] : others))
  const shown = all.slice((page - 1) * PAGE, page * PAGE)
  const more = { label: t('laboratories.list.more'), action: 'laboratories.list', value: `${which}:${page + 1}` }
  return say(await drawn(t, { which, shown, page, pages }, page < pages ? [more, ...others] : others, world))
}

/** The first page of a list as part of something longer; nothing when it is empty. */
export async function listed(which: Which, person: Person, by: Member, world: World): Promise<Block[]> {
  const all = which === 'queue' ? await queue(person, world) : (await own(by, world)).filter(isOpen)
  if (all.length === 0) return []
  const more = { label: world.t(by)('laboratories.list.more'), action: 'laboratories.list', value: `${which}:2` }
  const page = { which, shown: all.slice(0, PAGE), page: 1, pages: 1 }
  return (await drawn(world.t(by), page, all.length > PAGE ? [more] : [], world)).blocks
}

const ask = (t: Translate): Choice => ({ label: t('laboratories.list.ask'), action: 'laboratories.ask', value: '' })

/** Open requests that she may answer: those whose reply is due first, then the oldest. */
async function queue(person: Person, { tx }: World): Promise<Request[]> {
  const open = await openRequests(tx)
  const due = ({ replyDueAt }: Request): number => replyDueAt ?? Number.POSITIVE_INFINITY
  const hers = open.filter(each => answers(person, each))
  return hers.toSorted((a, b) => (due(a) === due(b) ? a.openedAt - b.openedAt : due(a) - due(b)))
}

/** Her own: the open ones first, then the latest. */
async function own(by: Member, { tx }: World): Promise<Request[]> {
  const all = await requestsOf(tx, by.id)
  return [...all.filter(isOpen), ...all.filter(each => !isOpen(each))]
}

interface Page {
  which: Which
  shown: Request[]
  page: number
  pages: number
}

async function drawn(
  t: Translate,
  { which, shown, page, pages }: Page,
  others: Choice[],
  world: World,
): Promise<Message> {
  const items: Markdown[] = []
  for (const each of shown) items.push(await line(t, each, which, world))
  const next = page < pages ? page + 1 : 1
  const title =
    pages > 1 ? t(`laboratories.list.paged.${which}`, { page, pages, next }) : t(`laboratories.list.title.${which}`)
  const open = shown.map(({ id, number }) => ({
    label: t('laboratories.list.open', { number }),
    action: 'laboratories.details',
    value: id,
  }))
  return {
    summary: title,
    blocks: [
      { type: 'text', text: title },
      { type: 'items', items },
      { type: 'choices', choices: open },
      ...offered(others),
    ],
  }
}

async function line(t: Translate, request: Request, which: Which, world: World): Promise<Markdown> {
  const { practice, event } = await view(world.tx, request)
  const about = practice?.title ?? t.local(event)
  const values = { number: request.number, about, state: stateOf(t, request) }
  const when = t.day(Temporal.Instant.fromEpochMilliseconds(request.openedAt))
  if (which === 'mine') return t('laboratories.list.line.mine', { ...values, when })
  const times = { age: t.plain(age(t, request, world)), target: t.plain(await target(t, request, world)) }
  return t('laboratories.list.line.queue', { ...values, ...times })
}

function age(t: Translate, { openedAt }: Request, { now }: World): Markdown {
  const days = Math.floor((now.epochMilliseconds - openedAt) / DAY)
  const hours = Math.floor(((now.epochMilliseconds - openedAt) * 24) / DAY)
  if (days > 0) return t('laboratories.age.days', { count: days })
  return hours > 0 ? t('laboratories.age.hours', { count: hours }) : t('laboratories.age.now')
}

/** Whether a reply is due: until when, or late by how many opening hours. */
async function target(t: Translate, request: Request, world: World): Promise<Markdown> {
  if (request.state === 'pending') return t('laboratories.target.waiting')
  if (request.replyDueAt === null) return t('laboratories.target.answered')
  const hours = hoursTo(world.calendar, await deskOf(world.tx, request.laboratory), request.replyDueAt, world.now)
  const due = Temporal.Instant.fromEpochMilliseconds(request.replyDueAt)
  if (hours >= 0 && Temporal.Instant.compare(due, world.now) > 0)
    return t('laboratories.target.inTime', { due: t.moment(due) })
  return -hours < 1 ? t('laboratories.target.justOver') : t('laboratories.target.over', { count: Math.floor(-hours) })
}
