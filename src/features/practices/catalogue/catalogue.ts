import type { World } from '#src/core/feature.ts'
import { short } from '#src/core/fields.ts'
import { type Member, type Of, type Reply, say } from '#src/core/interaction.ts'
import type { Block } from '#src/core/message.ts'
import { adoptionsOfPractice } from '../adoptions/store.ts'
import { mayAdvance, mayEdit, mayRead, mayReview, readNumber, readPage, whyNotAdopt } from '../rules.ts'
import { standing } from '../standing.ts'
import { onPractice } from '../subject.ts'
import { pendingList, practiceCard, practiceList } from './messages.ts'
import { nearWords } from './search/near.ts'
import { type Found, findPractices } from './search/store.ts'
import { howManyPublished, latestPractices, pendingPractices, type Shown, shown } from './store.ts'

const PAGE = 5

interface Search {
  /** What is searched for. */
  typed: string
  /** What was typed, when that finds nothing. */
  instead?: string
  /** Undefined when nothing was typed. */
  found: Found | undefined
}

/** Where what was typed finds nothing, what is near it may. */
async function search(typed: string, { tx }: World): Promise<Search> {
  if (typed.trim() === '') return { typed, found: undefined }
  const found = await findPractices(tx, typed)
  const near = found.practices.length > 0 ? undefined : await nearWords(tx, typed)
  const other = near && (await findPractices(tx, near))
  return near && other && other.practices.length > 0
    ? { typed: near, instead: short(typed), found: other }
    : { typed, found }
}

/** A page of the published practices that hold what was typed, best first; of all of them, latest first, when nothing was. */
async function searched(asked: string, at: number, reader: Member, world: World): Promise<Reply> {
  const { tx, t } = world
  const { typed, instead, found } = await search(asked, world)
  const total = found?.practices.length ?? (await howManyPublished(tx))
  const pages = Math.max(1, Math.ceil(total / PAGE))
  const page = Math.min(Math.max(1, Math.trunc(at)), pages)
  const after = (page - 1) * PAGE
  const rows = found?.practices.slice(after, after + PAGE) ?? (await latestPractices(tx, PAGE, after))
  const practices = await Promise.all(rows.map(row => shown(tx, row)))
  const query = { typed: short(typed), query: typed.slice(0, 200), instead }
  return say(practiceList(t(reader), { ...query, page, pages, total, more: found?.more === true, practices }))
}

/** Words are searched, page by page; `P-0012` among them all is that practice. */
export function list(from: Of<'command'>, world: World): Promise<Reply> {
  if (/^\s*p/i.test(from.text) && readNumber(from.text)?.rest === '') return details.command(from, world)
  const { typed, page } = readPage(from.text)
  return searched(typed, page, from.member, world)
}

/** The next page; its button carries the page and what was typed. */
export function more(from: Of<'choice'>, world: World): Promise<Reply> {
  const [page = '', ...typed] = from.value.split('|')
  return searched(typed.join('|'), Number(page) || 1, from.member, world)
}

export const details = onPractice('card', async ({ practice: row, who, world, t }) => {
  const adopted = await adoptionsOfPractice(world.tx, row.id)
  const { inside } = who
  const hers = {
    review: mayReview(who, row),
    edit: mayEdit(who, row),
    // Without an organization the button still helps: it says how to get one.
    adopt: inside && [undefined, 'no-organization'].includes(whyNotAdopt(who, row)),
    ask: inside && !who.economicOperator,
    join: !inside && !who.economicOperator,
    own: adopted.find(one => one.organization === who.organization && mayAdvance(who, one)),
  }
  return say(practiceCard(t, await shown(world.tx, row), adopted, hers))
})

/** `pratica P-0012` is its card; without a number, it is a search. */
export const card = (from: Of<'command'>, world: World): Promise<Reply> =>
  readNumber(from.text) ? details.command(from, world) : searched(from.text, 1, from.member, world)

/** What somebody may decide or improve, before it is published. */
export async function pending({ member }: Of<'command'>, world: World): Promise<Reply> {
  return say(pendingList(world.t(member), await waitingFor(member.id, world)))
}

/** The same on a page of her own; nothing when there is none. */
export async function home(member: Member, world: World): Promise<Block[]> {
  const rows = await waitingFor(member.id, world)
  return rows.length > 0 ? pendingList(world.t(member), rows).blocks : []
}

async function waitingFor(member: string, { tx }: World): Promise<Shown[]> {
  const who = await standing(tx, member)
  const rows = []
  for (const row of await pendingPractices(tx)) if (mayRead(who, row)) rows.push(await shown(tx, row))
  return rows
}
