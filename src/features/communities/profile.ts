import type { World } from '#src/core/feature.ts'
import { type Interaction, type Of, problems, type Reply, say } from '#src/core/interaction.ts'
import type { Block, Markdown, Message, Translate } from '#src/core/message.ts'
import { type MemberRow, member } from '#src/storage/members.ts'
import { organization } from '#src/storage/organizations.ts'
import { profile as form, type Told } from './forms.ts'
import { takeBackIntroductions } from './introductions.ts'
import { choices, fact, nameOf, plainly, privately, run, text } from './messages.ts'
import { isOperator } from './people.ts'
import { communities, communitiesOf, profileOf } from './store.ts'
import { asked, keep } from './telling.ts'

/** `profilo`: what is known of her, and how to change it. */
export async function show(event: Of<'command'>, world: World): Promise<Reply> {
  const her = await member(world.tx, event.member.id)
  if (!her) throw new Error(`no member ${event.member.id}`)
  const t = world.t(her)
  return privately(event, await card(t, her, t('communities.card.text'), world), world)
}

/** Who has read how her data is used, or came with the kit, has a profile to change. */
async function mayHave(id: string, { tx }: World): Promise<boolean> {
  return (await communitiesOf(tx, id)).length > 0 || (await profileOf(tx, id)) !== undefined || isOperator(tx, id)
}

async function card(t: Translate, her: MemberRow, intro: Markdown, world: World): Promise<Message> {
  const has = await mayHave(her.id, world)
  const first = has
    ? { label: t('communities.card.edit'), action: 'communities.edit', value: her.id }
    : run(t('communities.commands.join.menu'), 'communities.join')
  return {
    summary: t('communities.card.summary'),
    blocks: [
      text(has ? intro : t('communities.card.empty')),
      await facts(t, her, world),
      ...choices(
        first,
        run(t('communities.card.changeLanguage'), 'communities.language'),
        run(t('communities.card.pause'), 'communities.pause'),
        run(t('communities.card.privacy'), 'communities.privacy'),
      ),
    ],
  }
}

async function facts(t: Translate, her: MemberRow, world: World): Promise<Block> {
  const { tx, now } = world
  const told = await profileOf(tx, her.id)
  const own = her.organization === null ? undefined : await organization(tx, her.organization)
  const inside = await communitiesOf(tx, her.id)
  const names = (await communities(tx)).filter(({ id }) => inside.includes(id)).map(each => nameOf(t, each))
  const shown = (value: string | null | undefined): Markdown =>
    value ? t.literal(value) : t('communities.card.nothing')
  const paused = (her.pausedUntil ?? 0) > now.epochMilliseconds ? her.pausedUntil : null
  const until = paused === null ? [] : [fact(t('communities.card.paused'), t.literal(t.moment(instant(paused))))]
  const introduce = told?.introduce ? t('communities.card.yes') : t('communities.card.no')
  return {
    type: 'facts',
    facts: [
      fact(t('communities.card.name'), shown(her.name)),
      fact(t('communities.card.organization'), shown(own?.name)),
      fact(t('communities.card.role'), shown(told?.role)),
      fact(t('communities.card.interests'), shown(told && t.list(told.interests))),
      fact(t('communities.card.brings'), shown(told?.brings)),
      fact(t('communities.card.needs'), shown(told?.needs)),
      fact(t('communities.card.introduce'), told ? introduce : t('communities.card.nothing')),
      fact(t('communities.card.communities'), shown(t.list(names))),
      fact(t('communities.card.language'), t(`communities.language.own.${t.locale === 'en' ? 'en' : 'it'}`)),
      ...until,
    ],
  }
}
const instant = (at: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(at)

/** *Cambio il profilo* */
export async function edit(event: Interaction, world: World): Promise<Reply> {
  const { id } = event.member
  if (!(await mayHave(id, world))) return noProfile(event, world)
  return { kind: 'ask', form, about: id, ...(await asked(id, await communitiesOf(world.tx, id), world)) }
}
const noProfile = (event: Interaction, world: World): Reply => {
  const t = world.t(event.member)
  return say(plainly(t('communities.card.empty'), run(t('communities.commands.join.menu'), 'communities.join')))
}

/** Her new answers; without her leave, the introductions lose her name. */
export async function changed(told: Told, event: Of<'answers'>, world: World): Promise<Reply> {
  const { id } = event.member
  if (!(await mayHave(id, world))) return noProfile(event, world)
  const kept = await keep(told, id, await communitiesOf(world.tx, id), world)
  if ('problems' in kept) return problems(kept.problems)
  if (!kept.profile.introduce) await takeBackIntroductions(id, world)
  const her = await member(world.tx, id)
  if (!her) throw new Error(`no member ${id}`)
  const t = world.t(her)
  return say(await card(t, her, t('communities.card.saved'), world))
}
