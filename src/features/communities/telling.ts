// What a member tells of herself: asked with what is known already, checked, kept.

import type { World } from '#src/core/feature.ts'
import type { Option, Problem } from '#src/core/form.ts'
import { numberOf, type Practice, publishedPractices } from '#src/features/practices/store.ts'
import { changeMember, member } from '#src/storage/members.ts'
import type { Organization } from '#src/storage/organizations.ts'
import type { Told } from './forms.ts'
import { knownOrganization, organizationFrom } from './people.ts'
import { type Profile, profileOf, saveProfile } from './store.ts'

const MOST_OPTIONS = 50

/** The practices that can interest whoever is in these communities; in any, without. */
export async function practicesIn(world: World, communities: readonly string[]): Promise<Practice[]> {
  const all = await publishedPractices(world.tx)
  return communities.length === 0 ? all : all.filter(({ community }) => communities.includes(community))
}
const optionsOf = (practices: readonly Practice[]): Option[] =>
  practices.slice(0, MOST_OPTIONS).map(each => ({ value: numberOf(each), label: `${numberOf(each)} · ${each.title}` }))

interface Asked {
  known: Record<string, string>
  options: Record<string, Option[]>
}
/** What the form begins with: her answers of another time, and the practices to choose from. */
export async function asked(id: string, communities: readonly string[], world: World): Promise<Asked> {
  const before = await profileOf(world.tx, id)
  const own = (await member(world.tx, id))?.organization ?? null
  const interests = optionsOf(await practicesIn(world, communities))
  return {
    known: { ...(await knownOrganization(world.tx, own)), ...(before && knownFrom(before, interests)) },
    options: { interests },
  }
}
const knownFrom = ({ role, brings, needs, interests, introduce }: Profile, options: readonly Option[]) => ({
  ...(role !== null && { role }),
  ...(brings !== null && { brings }),
  ...(needs !== null && { needs }),
  interests: interests.filter(each => options.some(({ value }) => value === each)).join(','),
  introduce: introduce ? 'yes' : 'no',
})

export interface Kept {
  profile: Profile
  organization: Organization
}
/** Her answers, kept; or what is wrong with them. Interests in practices she was not asked about stay. */
export async function keep(
  told: Told,
  id: string,
  communities: readonly string[],
  world: World,
): Promise<Kept | { problems: Record<string, Problem> }> {
  const offered = optionsOf(await practicesIn(world, communities)).map(({ value }) => value)
  if (told.interests.some(each => !offered.includes(each)))
    return { problems: { interests: { key: 'communities.problems.interests' } } }
  const organization = await organizationFrom(world.tx, told.organization, id)
  if ('key' in organization) return { problems: { organization } }
  const before = (await profileOf(world.tx, id))?.interests ?? []
  const profile: Profile = {
    member: id,
    role: told.role,
    brings: told.brings ?? null,
    needs: told.needs ?? null,
    interests: [...told.interests, ...before.filter(each => !offered.includes(each))],
    introduce: told.introduce === 'yes',
    changedAt: world.now.epochMilliseconds,
  }
  await changeMember(world.tx, id, { organization: organization.id })
  await saveProfile(world.tx, profile)
  return { profile, organization }
}
