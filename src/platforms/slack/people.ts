import type { Member } from '#src/core/interaction.ts'
import type { Account, Intake } from '#src/core/platform.ts'
import { isZone } from '#src/core/zone.ts'
import type { Client } from './client.ts'
import { readUser, type SlackUser } from './read.ts'

/** Who is behind a user id: asked of Slack once, and kept until her profile changes. */
export interface People {
  /** Undefined for a bot, this one least of all. */
  account(workspace: string, user: string, name?: string): Promise<Account | undefined>
  member(workspace: string, user: string, name?: string): Promise<Member | undefined>
  /** Who it was when she was last here: never waits. */
  known(user: string): Member | undefined
  follow(workspace: string, user: SlackUser): Promise<void>
}

/** A profile that does not come is not waited for: her name in the payload will do. */
const A_LOOK = 1000

export function peopleOf(client: Client, intake: () => Intake): People {
  const profiles = new Map<string, SlackUser>()
  const members = new Map<string, Member>()
  const profile = async (user: string, name: string): Promise<SlackUser> => {
    const kept = profiles.get(user)
    if (kept) return kept
    const asked = client.users.info({ user, include_locale: true }).then(({ user: found }) => readUser(found))
    const found = await Promise.race([asked.catch(() => undefined), after(A_LOOK)])
    if (found) profiles.set(user, found)
    return found ?? { id: user, name, deleted: false, is_bot: false }
  }
  const account: People['account'] = async (workspace, user, name = '') => {
    const found = await profile(user, name)
    return found.is_bot || user === 'USLACKBOT' ? undefined : accountOf(workspace, found)
  }
  return {
    account,
    member: async (workspace, user, name) => {
      const hers = await account(workspace, user, name)
      if (!hers) return undefined
      let member = await intake().member(hers)
      // Known by her id only, from the settings: now she has a name, and a language.
      if (member.name === user && hers.name !== user) {
        await intake().follow({ kind: 'profile', account: hers })
        member = await intake().member(hers)
      }
      members.set(user, member)
      return member
    },
    known: user => members.get(user),
    follow: async (workspace, user) => {
      profiles.set(user.id, user)
      if (user.is_bot) return
      await intake().follow({ kind: user.deleted ? 'gone' : 'profile', account: accountOf(workspace, user) })
    },
  }
}

const after = (ms: number): Promise<undefined> =>
  new Promise(resolve => void setTimeout(resolve, ms, undefined).unref())

const accountOf = (workspace: string, user: SlackUser): Account => {
  const { profile, real_name, name, locale, tz } = user
  const called = profile?.display_name || profile?.real_name || real_name || name || user.id
  return {
    platform: 'slack',
    workspace,
    account: user.id,
    name: called,
    ...(locale && { locale: locale.slice(0, 2) }),
    // One that is not known here would stop whatever looks at days.
    ...(tz && isZone(tz) && { timezone: tz }),
  }
}
