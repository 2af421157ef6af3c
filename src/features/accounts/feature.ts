import type { Feature, World } from '#src/core/feature.ts'
import { type Of, type Reply, say } from '#src/core/interaction.ts'
import { member as memberById } from '#src/storage/members.ts'
import { note } from './messages.ts'
import { joining, LIVES, MOST_ATTEMPTS, shownCode } from './rules.ts'
import { attempts, countAttempt, forgetAttempts, forgetCodes, newCode, ownerOf } from './store.ts'

/** One person, several accounts: a code from one of them, typed on the other, joins them. */
export const accounts: Feature = {
  name: 'accounts',
  commands: { link: { for: ['anyone'], run: link } },
  personal: {
    export: async () => ({}),
    erase: async (member, world) => {
      await forgetCodes(world.tx, member)
      await forgetAttempts(world.tx, member)
    },
    join: async ({ from, into }, tx) => {
      for (const each of [from, into]) await forgetCodes(tx, each)
      await forgetAttempts(tx, from)
    },
  },
}

/** `collega` gives a code; `collega ABCD-EFGH` uses it. */
async function link(event: Of<'command'>, world: World): Promise<Reply> {
  return event.text.trim() === '' ? give(event, world) : use(event, world)
}

async function give({ member, place }: Of<'command'>, world: World): Promise<Reply> {
  const code = await newCode(world.tx, member.id, place.platform, world.now)
  return say(note(world.t(member)('accounts.code', { code: shownCode(code), minutes: LIVES.minutes })))
}

async function use({ member, text }: Of<'command'>, world: World): Promise<Reply> {
  const { tx, now } = world
  const t = world.t(member)
  // Whoever guesses is not told whether she was right.
  if (((await attempts(tx, member.id, now))?.count ?? 0) >= MOST_ATTEMPTS)
    return say(note(t('accounts.enough', { minutes: LIVES.minutes })))
  const owner = await ownerOf(tx, text, now)
  if (owner === undefined) {
    await countAttempt(tx, member.id, now)
    return say(note(t('accounts.unknown', { minutes: LIVES.minutes })))
  }
  return owner === member.id ? say(note(t('accounts.same'))) : join(member.id, owner, world)
}

async function join(here: string, there: string, world: World): Promise<Reply> {
  const [one, other] = [await memberById(world.tx, here), await memberById(world.tx, there)]
  if (!one || !other) throw new Error('a code of nobody')
  const both = joining(one, other)
  const t = world.t(one)
  if (!both) return say(note(t('accounts.two')))
  await world.everything.join(both)
  const kept = both.into === one.id ? one : other
  return say(note(t('accounts.joined', { name: kept.name })))
}
