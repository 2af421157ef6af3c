import type words from '#locales/it/communities.json'
import type { Tx, World } from '#src/core/feature.ts'
import { type Interaction, type Reply, say } from '#src/core/interaction.ts'
import type { Block, Choice, KeysOf, Markdown, Message, Translate } from '#src/core/message.ts'
import { withRole } from '#src/storage/roles.ts'
import type { Community } from './store.ts'

declare module '#src/core/message.ts' {
  interface Words {
    communities: KeysOf<typeof words, 'communities'>
  }
}

export const text = (markdown: Markdown): Block => ({ type: 'text', text: markdown })
export const fact = (label: Markdown, value: Markdown) => ({ label, value })
export const choices = (...offered: Choice[]): Block[] =>
  offered.length === 0 ? [] : [{ type: 'choices', choices: offered }]
export const plainly = (markdown: Markdown, ...offered: Choice[]): Message => ({
  summary: markdown,
  blocks: [text(markdown), ...choices(...offered)],
})

export const nameOf = (t: Translate, { name }: Pick<Community, 'name'>): string => t.local(name)
export const run = (label: Markdown, command: string): Choice => ({ label, action: 'core.run', value: command })

/** What somebody can do who reads along, and is not asked in. */
export const forReaders = (t: Translate): Choice[] => [
  run(t('communities.operators.practices'), 'practices.list'),
  run(t('communities.operators.profile'), 'communities.profile'),
]
export const readersOnly = (t: Translate): Message => plainly(t('communities.operators.any'), ...forReaders(t))

export const enterChoice = (t: Translate, community: Community): Choice => ({
  label: t('communities.join.enter', { name: nameOf(t, community) }),
  action: 'communities.enter',
  value: community.id,
})
export const leaveChoice = (t: Translate, community: Community): Choice => ({
  label: t('communities.leave.leave', { name: nameOf(t, community) }),
  action: 'communities.leave',
  value: community.id,
})
export const beginChoice = (t: Translate, { id }: Community): Choice => ({
  label: t('communities.notice.begin'),
  action: 'communities.begin',
  value: id,
  style: 'primary',
})

/** Those who coordinate it, by name; whoever they are, when nobody does yet. */
export async function coordinators(t: Translate, tx: Tx, community: string): Promise<string | undefined> {
  const names = (await withRole(tx, 'coordinator', community)).map(({ name }) => name)
  return names.length > 0 ? t.list(names) : undefined
}

/** What concerns her alone: here when nobody else reads, else in her direct conversation. */
export async function privately(event: Interaction, message: Message, world: World): Promise<Reply> {
  if (event.place.direct) return say(message)
  await world.outbox.enqueue({
    to: { member: event.member.id },
    message,
    key: `communities.private:${event.id}`,
  })
  return say(plainly(world.t(event.member)('communities.writtenToYou')))
}
