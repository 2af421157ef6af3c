import type { Tx, World } from '#src/core/feature.ts'
import { fold } from '#src/core/fold.ts'
import { type Interaction, type Of, type Reply, say, silence } from '#src/core/interaction.ts'
import type { Message, Translate } from '#src/core/message.ts'
import { keepFile } from '#src/storage/files.ts'
import { member as memberRow } from '#src/storage/members.ts'
import { readableAs } from '#src/storage/moments.ts'
import { organization } from '#src/storage/organizations.ts'
import { recallIntroductions, takeBackIntroductions } from './introductions.ts'
import { choices, fact, plainly, privately, run, text } from './messages.ts'
import { noticeAgain } from './notice.ts'
import { clearReminder } from './reminder.ts'
import { eraseProfile, leave, membershipsOf, profileOf } from './store.ts'

/** `privacy`: how her data is used, and what she can do. */
export const inform = async (event: Of<'command'>, world: World): Promise<Reply> =>
  privately(event, await noticeAgain(world.t(event.member), event.member.id, world), world)

/** `privacy esporta`: everything, in a file that is hers. */
export async function exportAll(event: Of<'command'>, world: World): Promise<Reply> {
  const t = world.t(event.member)
  const everything = await world.everything.exportOf(event.member.id)
  const file = {
    name: t.plain(t('communities.privacy.file')),
    type: 'application/json',
    bytes: new TextEncoder().encode(`${JSON.stringify(everything, readableAs, 2)}\n`),
  }
  const kept = await keepFile(world.tx, file, event.member.id, world.now)
  const said = t('communities.privacy.exported')
  const blocks: Message['blocks'] = [
    text(said),
    { type: 'file', file: kept, alt: t('communities.privacy.exportedFile') },
  ]
  return privately(event, { summary: said, blocks }, world)
}

/** `privacy cancella`: first what goes and what stays; then, once she has said so again, it is done. */
export async function askErasure(event: Of<'command'>, world: World): Promise<Reply> {
  const confirmed = ['it', 'en'].some(locale => {
    const t = world.t({ locale, timezone: 'UTC' })
    return fold(event.text.slice(0, 50)) === t.plain(t('communities.privacy.word'))
  })
  return confirmed
    ? forget(event, world)
    : privately(event, confirmation(world.t(event.member), event.member.id), world)
}

const confirmation = (t: Translate, member: string): Message => ({
  summary: t('communities.privacy.confirm'),
  blocks: [
    text(t('communities.privacy.confirm')),
    {
      type: 'facts',
      facts: [
        fact(t('communities.privacy.goes'), t('communities.privacy.goesText')),
        fact(t('communities.privacy.stays'), t('communities.privacy.staysText')),
      ],
    },
    text(t('communities.privacy.command')),
    ...choices(
      { label: t('communities.privacy.confirmed'), action: 'communities.erase', value: member, style: 'danger' },
      run(t('communities.privacy.download'), 'communities.privacyExport'),
      { label: t('communities.privacy.keep'), action: 'communities.keep', value: member },
    ),
  ],
})

/** *Cancello tutto*: only the one who was asked, and only once. */
export const eraseByChoice = async (event: Of<'choice'>, world: World): Promise<Reply> =>
  event.value === event.member.id
    ? forget(event, world)
    : say(plainly(world.t(event.member)('communities.privacy.notYours')))

export const keepData = async ({ member }: Of<'choice'>, world: World): Promise<Reply> =>
  say(plainly(world.t(member)('communities.privacy.kept')))

async function forget({ id, member, place }: Interaction, world: World): Promise<Reply> {
  const message = plainly(world.t(member)('communities.privacy.erased'))
  // Where others read, a last word would need an account to be shown to, and she has none any more.
  await world.everything.erase(
    member.id,
    place.direct ? { to: place, message, key: `communities.farewell:${id}` } : undefined,
  )
  return silence
}

/** What this feature knows of her. */
export async function exported(member: string, tx: Tx): Promise<unknown> {
  const own = (await memberRow(tx, member))?.organization
  const told = await profileOf(tx, member)
  const memberships = await membershipsOf(tx, member)
  return {
    organization: own ? (await organization(tx, own))?.name : undefined,
    profile: told && { ...told, member: undefined },
    memberships: memberships.map(({ community, state, startedAt, remindedAt, joinedAt, leftAt }) => ({
      community,
      state,
      startedAt,
      remindedAt,
      joinedAt,
      leftAt,
    })),
  }
}

/** Her words and her name go; that somebody came, and when, stays. */
export async function erased(member: string, world: World): Promise<void> {
  for (const row of await membershipsOf(world.tx, member)) {
    await clearReminder(row, world)
    await recallIntroductions(row, world)
    await leave(world.tx, member, row.community, world.now)
  }
  await takeBackIntroductions(member, world)
  await eraseProfile(world.tx, member)
}
