import type { Tx } from '#src/core/feature.ts'
import { fold } from '#src/core/fold.ts'
import type { Option, Problem } from '#src/core/form.ts'
import type { Translate } from '#src/core/message.ts'
import { member } from '#src/storage/members.ts'
import {
  asNew,
  findOrganizations,
  NEW,
  nearOrganizations,
  newName,
  type Organization,
  organization,
  organizationNamed,
} from '#src/storage/organizations.ts'
import { rolesOf } from '#src/storage/roles.ts'
import { isClear } from './rules.ts'

/** Whether she speaks for a company: those meet the administrations in the Living Lab. */
export async function isOperator(tx: Tx, id: string): Promise<boolean> {
  if ((await rolesOf(tx, id)).has('economic-operator')) return true
  const own = (await member(tx, id))?.organization
  return own != null && (await organization(tx, own))?.kind === 'economic-operator'
}
const kindFor = async (tx: Tx, id: string): Promise<Organization['kind']> =>
  (await isOperator(tx, id)) ? 'economic-operator' : 'administration'

/** What a search for her organization finds, or nearly: those of her kind and, when none is surely meant, a new one. */
export async function organizationOptions(tx: Tx, t: Translate, written: string, id: string): Promise<Option[]> {
  const kind = await kindFor(tx, id)
  const labelOf = (added: string): string => t.plain(t('communities.newOrganization', { name: added }))
  const typed = asNew(written, labelOf)
  const name = newName(typed)
  const sought = typed.startsWith(NEW) ? (name ?? '') : typed
  const found = (await findOrganizations(tx, sought)).filter(each => each.kind === kind)
  const perhaps = found.length === 0 && typed === sought ? await nearOrganizations(tx, typed) : []
  const near = perhaps.filter(each => each.kind === kind)
  const known = [...found, ...near].map(each => ({ value: each.id, label: each.name }))
  const [only] = found
  const clear =
    found.length === 1 && only && (isExact(only, sought) || (!typed.startsWith(NEW) && isClear(typed, only.name)))
  if (clear || name === undefined) return known
  const added = { value: `${NEW}${name}`, label: labelOf(name) }
  return typed.startsWith(NEW) ? [added] : [...known, added]
}
const isExact = ({ id, ipa, name }: Organization, sought: string): boolean =>
  id === sought || ipa === sought.toLowerCase() || fold(name) === fold(sought)

/** The organization behind an answer, made when it is new; or what is wrong with it. */
export async function organizationFrom(tx: Tx, answer: string, id: string): Promise<Organization | Problem> {
  const kind = await kindFor(tx, id)
  const name = answer.startsWith(NEW) ? newName(answer) : undefined
  const found = name === undefined ? await organization(tx, answer) : await organizationNamed(tx, { name, kind })
  if (!found) return { key: 'communities.problems.organization' }
  if (found.kind === kind) return found
  return kind === 'administration'
    ? { key: 'communities.problems.operator', values: { name: found.name } }
    : { key: 'communities.problems.administration', values: { name: found.name } }
}

/** How an organization is filled in beforehand: by its name, unless others have the same. */
export async function knownOrganization(tx: Tx, id: string | null): Promise<Record<string, string>> {
  const own = id === null ? undefined : await organization(tx, id)
  if (!own) return {}
  const same = await findOrganizations(tx, own.name)
  return { organization: same.length === 1 ? own.name : own.id }
}
