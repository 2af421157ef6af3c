import type { World } from '#src/core/feature.ts'
import type { Option, Problem } from '#src/core/form.ts'
import type { Member } from '#src/core/interaction.ts'
import { community } from '#src/features/communities/store.ts'
import { NEW, newName, organization, organizationNamed, organizationOptions } from '#src/storage/organizations.ts'

/** Who provides a practice: an organization that is known, or a new one when nothing is found. */
export async function providers(typed: string, reader: Member, { tx, t }: World): Promise<Option[]> {
  const found = typed.startsWith(NEW) ? [] : await organizationOptions(tx, typed)
  const name = newName(typed)
  if (found.length > 0 || name === undefined) return found
  return [{ value: `${NEW}${name}`, label: t(reader).plain(t(reader)('practices.newProvider', { name })) }]
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
