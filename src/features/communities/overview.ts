import type { Window, World } from '#src/core/feature.ts'
import { type Member, type Of, type Reply, say } from '#src/core/interaction.ts'
import type { Block, Markdown, Reader, Translate } from '#src/core/message.ts'
import { type Practice, publishedPractices } from '#src/features/practices/store.ts'
import { choices, enterChoice, fact, nameOf, plainly, text } from './messages.ts'
import { isOperator } from './people.ts'
import { type Community, communities, communitiesOf, memberCount, memberCountAt, newMembers } from './store.ts'

const MOST_TITLES = 3
const MOST_BUTTONS = 5

/** `comunità`: what each is about, how many are there, what they share. */
export async function list({ member }: Of<'command'>, world: World): Promise<Reply> {
  const t = world.t(member)
  const all = await communities(world.tx)
  if (all.length === 0) return say(plainly(t('communities.list.none')))
  const inside = await communitiesOf(world.tx, member.id)
  const facts = []
  for (const each of all) {
    const name = nameOf(t, each)
    const label = inside.includes(each.id) ? t('communities.list.inside', { name }) : t.literal(name)
    facts.push(fact(label, await about(t, each, world)))
  }
  const operator = await isOperator(world.tx, member.id)
  const offered = operator ? [] : all.filter(({ id }) => !inside.includes(id)).slice(0, MOST_BUTTONS)
  return say({
    summary: t('communities.list.summary'),
    blocks: [
      text(t('communities.list.intro')),
      { type: 'facts', facts },
      ...choices(...offered.map(each => enterChoice(t, each))),
    ],
  })
}

/** Her communities, or the way into one; whoever speaks for a company meets them elsewhere. */
export async function home(member: Member, world: World): Promise<Block[]> {
  const t = world.t(member)
  const all = await communities(world.tx)
  const inside = await communitiesOf(world.tx, member.id)
  const hers = all.filter(({ id }) => inside.includes(id))
  if (hers.length === 0 && (await isOperator(world.tx, member.id))) return []
  if (hers.length === 0) {
    const ways = all.slice(0, MOST_BUTTONS).map(each => enterChoice(t, each))
    return [text(t('communities.home.none')), ...choices(...ways)]
  }
  const facts = []
  for (const each of hers) facts.push(fact(t.literal(nameOf(t, each)), await about(t, each, world)))
  return [text(t('communities.home.title')), { type: 'facts', facts }]
}

async function about(t: Translate, community: Community, { tx }: World): Promise<Markdown> {
  const shared: Practice[] = await publishedPractices(tx, { community: community.id })
  const values = {
    members: t.plain(t('communities.members', { count: await memberCount(tx, community.id) })),
    practices: t.plain(t('communities.practices', { count: shared.length })),
  }
  const told = community.territory
    ? t('communities.list.aboutTerritory', { ...values, territory: community.territory })
    : t('communities.list.about', values)
  if (shared.length === 0) return told
  const titles = shared.slice(0, MOST_TITLES).map(({ title }) => title)
  const more = shared.length > titles.length ? ['…'] : []
  return t('communities.list.practices', { about: t.plain(told), titles: [...titles, ...more].join(', ') })
}

/** Who came, community by community; once a month also how far each has come towards those it could reach. */
export async function digestBlocks({ from, to, period }: Window, reader: Reader, world: World): Promise<Block[]> {
  const t = world.t(reader)
  const came = await newMembers(world.tx, from, to)
  const items: Markdown[] = []
  for (const each of await communities(world.tx)) {
    const name = nameOf(t, each)
    const count = came.get(each.id) ?? 0
    if (period === undefined || each.audience === null) {
      if (count > 0) items.push(t('communities.digest.new', { name, count }))
      continue
    }
    const members = t.plain(t('communities.members', { count: await memberCountAt(world.tx, each.id, to) }))
    const values = { name, count, members, audience: t.number(each.audience) }
    items.push(count > 0 ? t('communities.digest.newMass', values) : t('communities.digest.mass', values))
  }
  return items.length === 0 ? [] : [text(t('communities.digest.title')), { type: 'items', items }]
}
