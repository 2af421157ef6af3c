import type { Report } from './finding.ts'
import { at, longest, optional, type Spot } from './spot.ts'

export type Discreet = (text: string) => string

/**
 * Hides, wherever they stand in a text, the people that the file names as contacts. E-mail addresses and telephone numbers
 * always; names where they look like a person's ("Ada Rossi", not "Comune di Terni") and are not an owner's in the same file.
 */
export function discretion(file: Spot, report: Report): Discreet {
  const contacts = people(at(file, 'maintenance', 'contacts'), report)
  const contractors = people(at(file, 'maintenance', 'contractors'), report)
  const owners = new Set(organizations(file))
  const names = contacts.flatMap(person => written(person, 'name')).filter(name => isPersons(name) && !owners.has(name))
  const emails = [...contacts, ...contractors].flatMap(person => written(person, 'email')).filter(isEmail)
  const phones = [...contacts, ...contractors].flatMap(person => written(person, 'phone')).filter(isPhone)
  const secrets = [...names, ...emails, ...phones]
  if (secrets.length === 0) return text => text
  const spelled = secrets.map(secret => RegExp.escape(secret).replaceAll('\\x20', '\\s+'))
  const anyOf = new RegExp(`(?<![\\p{L}\\p{N}])(?:${spelled.join('|')})(?![\\p{L}\\p{N}])`, 'giu')
  return text => text.replace(anyOf, '…')
}

export const hidden = (text: string | undefined, hide: Discreet): string | undefined => text && hide(text)

/** A few people at most: hiding hundreds would take longer than reading the file. */
function people({ key, line, tree }: Spot, report: Report): Spot[] {
  if (tree?.kind !== 'list') return [{ key, line, tree }]
  if (tree.items.length > longest.list) report({ key, line, reason: 'too-many', values: { max: longest.list } })
  return tree.items.slice(0, longest.list).map(item => ({ key, line: item.line, tree: item }))
}

/** Who the file says it belongs to: the organization that publishes it first. */
export function organizations(file: Spot): string[] {
  const legal = [at(file, 'legal', 'repoOwner'), at(file, 'legal', 'mainCopyrightOwner')]
  return [at(file, 'organisation', 'name'), ...legal].flatMap(spot => optional(spot) ?? [])
}

const written = (person: Spot, key: string): string[] => [optional(at(person, key)) ?? []].flat()
const isEmail = (text: string): boolean => text.includes('@')
const isPhone = (text: string): boolean => text.replace(/\D/g, '').length > 5

function isPersons(name: string): boolean {
  const words = name.split(' ')
  return words.length > 1 && words.length < 6 && words.every(word => /^\p{Lu}/u.test(word))
}
