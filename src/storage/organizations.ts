import { and, asc, eq, isNull, or } from 'drizzle-orm'
import type { Tx } from '#src/core/feature.ts'
import { tidy } from '#src/core/fields.ts'
import { fold, spelled } from '#src/core/fold.ts'
import type { Option } from '#src/core/form.ts'
import { nearest } from '#src/core/nearest.ts'
import { queries } from './database.ts'
import { newId } from './ids.ts'
import { given, prepared } from './prepared.ts'
import { organizations } from './schema.ts'
import { holds } from './words.ts'

export type Organization = typeof organizations.$inferSelect

/** What marks, in a search field, an administration that is not known yet. */
export const NEW = 'new:'
const LONGEST_NAME = 120

/** What was typed as the name of a new administration; undefined when it cannot be one. */
export function newName(typed: string): string | undefined {
  const bare = typed.startsWith(NEW) ? typed.slice(NEW.length) : typed
  const name = tidy(bare).replace(/\s+/gu, ' ')
  const letters = name.match(/\p{L}/gu)?.length ?? 0
  return letters >= 2 && [...name].length <= LONGEST_NAME ? name : undefined
}

/** What was typed, as the value of a new one where it is its label: a page that offers labels sends the label back. */
export function asNew(typed: string, labelOf: (name: string) => string): string {
  const [before = '', after = ''] = labelOf(MARK).split(MARK)
  const labelled = typed.startsWith(before) && typed.endsWith(after) && typed.length > before.length + after.length
  return labelled ? `${NEW}${typed.slice(before.length, typed.length - after.length)}` : typed
}
const MARK = '§'

const byId = prepared(on =>
  on
    .select()
    .from(organizations)
    .where(eq(organizations.id, given('id'))),
)
export async function organization(tx: Tx, id: string): Promise<Organization | undefined> {
  const [row] = await byId(tx).execute({ id })
  return row
}
export async function organizationByIpa(tx: Tx, ipa: string): Promise<Organization | undefined> {
  const [row] = await queries(tx).select().from(organizations).where(eq(organizations.ipa, ipa.toLowerCase()))
  return row
}

/** Up to 20 whose name holds every word that was typed, or with this very id or IPA code. */
export async function findOrganizations(tx: Tx, typed: string): Promise<Organization[]> {
  const words = fold(typed).split(' ').filter(Boolean)
  const byName = and(...words.map(word => holds(organizations.folded, word)))
  const rows = await queries(tx)
    .select()
    .from(organizations)
    .where(or(eq(organizations.id, typed), eq(organizations.ipa, fold(typed)), words.length > 0 ? byName : undefined))
    .orderBy(asc(organizations.folded), asc(organizations.id))
    .limit(20)
  const exact = rows.filter(row => row.id === typed || row.ipa === fold(typed) || fold(row.name) === fold(typed))
  return exact.length === 1 ? exact : rows
}
/** So many names are compared letter by letter, and so many of those that are near are shown. */
const COMPARED = 2000
const NEAR = 5

/** Those whose name nearly holds every word that was typed: one of them was perhaps meant, where none is found. */
export async function nearOrganizations(tx: Tx, typed: string): Promise<Organization[]> {
  const words = fold(typed).split(' ').filter(Boolean)
  const rows = await queries(tx).select().from(organizations).orderBy(asc(organizations.folded)).limit(COMPARED)
  const isNear = ({ folded }: Organization): boolean =>
    words.every(word => nearest(word, folded.split(' ')) !== undefined)
  return words.length === 0 ? [] : rows.filter(isNear).slice(0, NEAR)
}
export const organizationOptions = async (tx: Tx, typed: string): Promise<Option[]> =>
  (await findOrganizations(tx, typed)).map(({ id, name }) => ({ value: id, label: name }))

const folding = (name: string) => ({ folded: fold(name), words: spelled(name) })

/** The organization with this name, made when there is none. */
export async function organizationNamed(
  tx: Tx,
  { name, ipa, kind = 'administration' }: { name: string; ipa?: string; kind?: Organization['kind'] },
): Promise<Organization> {
  const [known] = await queries(tx)
    .select()
    .from(organizations)
    .where(ipa ? eq(organizations.ipa, ipa.toLowerCase()) : eq(organizations.folded, fold(name)))
    .orderBy(asc(organizations.id))
  if (known) return known
  const row = { id: newId(), name, ...folding(name), ipa: ipa?.toLowerCase() ?? null, kind }
  await queries(tx).insert(organizations).values(row)
  return row
}
export async function changeOrganization(
  tx: Tx,
  id: string,
  { name, kind }: Pick<Organization, 'name' | 'kind'>,
): Promise<void> {
  await queries(tx)
    .update(organizations)
    .set({ name, kind, ...folding(name) })
    .where(eq(organizations.id, id))
}

/** The organization that the kit speaks of: by its IPA code, its short name, or its name where no other code contradicts. */
export async function recognised(
  tx: Tx,
  { id, name, ipa }: { id: string; name: string; ipa?: string | undefined },
): Promise<Organization | undefined> {
  const same = and(eq(organizations.folded, fold(name)), ipa ? isNull(organizations.ipa) : undefined)
  const byIpa = ipa ? await organizationByIpa(tx, ipa) : undefined
  const known = byIpa ?? (await organization(tx, id))
  if (known) return known
  const [row] = await queries(tx).select().from(organizations).where(same).orderBy(asc(organizations.id))
  return row
}
/** Adds an organization, or changes it by its id. */
export async function saveOrganization(tx: Tx, { id, ...row }: Omit<Organization, 'folded' | 'words'>): Promise<void> {
  const whole = { ...row, ...folding(row.name) }
  await queries(tx)
    .insert(organizations)
    .values({ id, ...whole })
    .onConflictDoUpdate({ target: organizations.id, set: whole })
}
