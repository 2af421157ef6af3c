import type { World } from '#src/core/feature.ts'
import type { Option, Problem } from '#src/core/form.ts'
import type { Member } from '#src/core/interaction.ts'
import { community } from '#src/features/communities/store.ts'
import {
  asNew,
  NEW,
  nearOrganizations,
  newName,
  organization,
  organizationNamed,
  organizationOptions,
} from '#src/storage/organizations.ts'

/** Who provides a practice: an organization that is known, or a new one when nothing is found; then also what is near. */
export async function providers(written: string, reader: Member, { tx, t }: World): Promise<Option[]> {
  const labelOf = (added: string): string => t(reader).plain(t(reader)('practices.newProvider', { name: added }))
  const typed = asNew(written, labelOf)
  const found = typed.startsWith(NEW) ? [] : await organizationOptions(tx, typed)
  const name = newName(typed)
  if (found.length > 0 || name === undefined) return found
  const near = typed.startsWith(NEW) ? [] : await nearOrganizations(tx, typed)
  const perhaps = near.map(each => ({ value: each.id, label: each.name }))
  return [...perhaps, { value: `${NEW}${name}`, label: labelOf(name) }]
}

interface Given {
  provider: string
  community: string
}

/** The provider, made when it is new, and the community: both checked when they are offered, and once more here. */
export async function settled(
  { tx }: World,
  given: Given,
): Promise<{ ok: true; given: Given } | { ok: false; problems: Record<string, Problem> }> {
  const known = (await community(tx, given.community)) !== undefined
  const name = given.provider.startsWith(NEW) ? newName(given.provider) : undefined
  const provider = name && known ? await organizationNamed(tx, { name }) : await organization(tx, given.provider)
  if (provider && known) return { ok: true, given: { provider: provider.id, community: given.community } }
  const problems: Record<string, Problem> = {
    ...(!provider && name === undefined && { provider: { key: 'practices.problems.provider' as const } }),
    ...(!known && { community: { key: 'practices.problems.community' as const } }),
  }
  return { ok: false, problems }
}
