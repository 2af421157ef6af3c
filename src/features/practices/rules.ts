import type { Role } from '#src/core/feature.ts'
import { spelled, wordsOf } from '#src/core/fold.ts'
import { JOINING } from '#src/core/joining.ts'
import type { Adoption, AdoptionState, Practice } from './schema.ts'

/** How people name a practice: `P-0012`. */
export const numberOf = ({ number }: Pick<Practice, 'number'>): string => `P-${String(number).padStart(4, '0')}`

/** The practice a text begins with, and what is written after it: `P-0012`, `p12`, `12`. */
export function readNumber(text: string): { number: number; rest: string } | undefined {
  const found = /^\s*(?:p\s*-?\s*)?(\d{1,7})(?![\p{L}\p{N}])[\s:,.-]*/iu.exec(text)
  return found ? { number: Number(found[1]), rest: text.slice(found[0].length).trim() } : undefined
}

/** Reads «sportello pagina 2», «page 2», or «2» alone: what to search for, and which page of it, counted from 1. */
export function readPage(text: string): { typed: string; page: number } {
  // «2027» is a year.
  const found = /(?:^|\s)(?:(pagina|pag\.?|page)\s{1,3})?([1-9]\d{0,2})$/iu.exec(text.trim())
  const typed = text.trim().slice(0, found?.index).trim()
  return found && (found[1] || typed === '') ? { typed, page: Number(found[2]) } : { typed: text, page: 1 }
}

/** Those for whom practices are: whoever has left is none of them. */
export const insiders: readonly Role[] = ['member', 'coordinator', 'operator']

/** What the rules need to know of a person. */
export interface Standing {
  id: string
  inside: boolean
  administrator: boolean
  /** The communities she coordinates; the empty name stands for all. */
  coordinates: readonly string[]
  organization: string | null
  economicOperator: boolean
}

const coordinates = (who: Standing, community: string): boolean =>
  who.administrator || who.coordinates.includes(community) || who.coordinates.includes('')

/** Publishing, asking for changes, declining: whoever coordinates the community. */
export const mayReview = (who: Standing, { community }: Pick<Practice, 'community'>): boolean =>
  coordinates(who, community)

const provides = (who: Standing, { provider }: Pick<Practice, 'provider'>): boolean =>
  who.organization !== null && who.organization === provider && !who.economicOperator

/** Editing and withdrawing: the provider and the coordinators; before it is published, also whoever proposed it, inside or not. */
export const mayEdit = (who: Standing, practice: Practice): boolean =>
  mayReview(who, practice) ||
  (who.inside && provides(who, practice)) ||
  (isPending(practice) && practice.proposer === who.id)

/** What is not published yet is nobody else's business. */
export const mayRead = (who: Standing, practice: Practice): boolean =>
  practice.publishedAt !== null || mayConfirm(who, practice) || practice.proposer === who.id

export const isPending = ({ state }: Pick<Practice, 'state'>): boolean =>
  state === 'proposed' || state === 'changes-asked'

/** Who says that a reuser has become a holder. */
export const mayConfirm = (who: Standing, practice: Practice): boolean =>
  mayReview(who, practice) || provides(who, practice)

export const mayAdvance = (who: Standing, { organization }: Pick<Adoption, 'organization'>): boolean =>
  who.administrator || (who.organization === organization && !who.economicOperator)

export type NoAdoption = 'economic-operator' | 'no-organization' | 'not-published' | 'own'

/** Why this person cannot begin an adoption for her organization; nothing when she can. */
export function whyNotAdopt(who: Standing, practice: Practice): NoAdoption | undefined {
  if (who.economicOperator) return 'economic-operator'
  if (practice.state !== 'published') return 'not-published'
  if (who.organization === null) return 'no-organization'
  return who.organization === practice.provider ? 'own' : undefined
}

/** The way of an adoption, in order. */
export const steps = ['interested', 'deploying', 'in-use', 'holder'] as const
const following = { interested: 'deploying', deploying: 'in-use', 'in-use': 'holder', holder: undefined } as const

/** The step after this one; a holder has arrived. */
export const stepAfter = (state: AdoptionState): Exclude<AdoptionState, 'interested'> | undefined => following[state]

/** What can change in a practice and is told when it does, in the order in which it is told. */
export const changeable = [
  'version',
  'kit',
  'title',
  'summary',
  'description',
  'provider',
  'community',
  'repository',
  'licence',
  'categories',
] as const
export type Change = (typeof changeable)[number]

export const changesBetween = (before: Pick<Practice, Change>, after: Pick<Practice, Change>): Change[] =>
  changeable.filter(name => String(before[name] ?? '') !== String(after[name] ?? ''))

/** The words of a search: folded, without repetitions, and without those that only join others. */
export function wordsIn(typed: string): string[] {
  const words = [...new Set(wordsOf(typed.slice(0, 200)))]
  const telling = words.filter(word => !JOINING.has(word))
  return telling.length > 0 ? telling : words
}

/** A practice's words as the search keeps them. Its provider's stand with the organization. */
export const searchable = ({ title, summary, description }: Pick<Practice, 'title' | 'summary' | 'description'>) => ({
  folded: spelled(`${title}\n${summary}\n${description}`),
  foldedTitle: spelled(title),
})

/** A practice as a search sees it. */
export type Searched = Practice & { providerName: string }
type Texts = Pick<Searched, 'number' | 'title' | 'summary' | 'description' | 'providerName'>

/**
 * Orders what was found: where a word stands counts first (title before provider before summary before description), then
 * whether it is a whole word or the beginning of one; the older number first among equals.
 */
export function ranked<P extends Texts>(found: readonly P[], words: readonly string[]): P[] {
  return found
    .map(practice => ({ practice, ...weight(practice, words) }))
    .toSorted((a, b) => a.where - b.where || a.parts - b.parts || a.practice.number - b.practice.number)
    .map(({ practice }) => practice)
}

function weight(practice: Texts, words: readonly string[]): { where: number; parts: number } {
  const texts = [practice.title, practice.providerName, practice.summary, practice.description]
  const read: string[][] = []
  // A description is long: it is taken apart only where the rest does not hold a word.
  const wordsAt = (at: number): string[] => {
    read[at] ??= wordsOf(texts[at] ?? '')
    return read[at]
  }
  const found = words.map(word => {
    const where = texts.findIndex((_, at) => wordsAt(at).some(each => each.startsWith(word)))
    return { where: where < 0 ? texts.length : where, part: read[where]?.includes(word) ? 0 : 1 }
  })
  return {
    where: found.reduce((sum, { where }) => sum + where, 0),
    parts: found.reduce((sum, { part }) => sum + part, 0),
  }
}

/** A text that fits, cut between words, with a sign that it goes on. */
export function shortened(text: string, most: number): string {
  const letters = [...text]
  if (letters.length <= most) return text
  const cut = letters.slice(0, most - 1).join('')
  const end = cut.search(/\s\S*$/u)
  return `${(end > most / 2 ? cut.slice(0, end) : cut).trimEnd()}…`
}

/** Every way in which the same repository is written: with and without `.git` and the last slash. */
export function waysToWrite(address: string): string[] {
  const bare = address.replace(/\/+$/, '').replace(/\.git$/i, '')
  return [bare, `${bare}/`, `${bare}.git`, `${bare}.git/`]
}

const isFile = (path: string): boolean => /\.ya?ml$/i.test(path)

/** Where the file may be, given the address of a file or of a repository's page: tried in this order. */
export function addressesOf(address: string): string[] {
  const url = new URL(address)
  const [owner, name = '', ...rest] = url.pathname.split('/').filter(Boolean)
  const repository = name.replace(/\.git$/i, '')
  if (url.hostname === 'github.com' && owner && repository) {
    const path = rest[0] === 'blob' || rest[0] === 'raw' ? rest.slice(1) : []
    const raw = `https://raw.githubusercontent.com/${owner}/${repository}`
    return path.length > 1
      ? [`${raw}/${path.join('/')}`]
      : [`${raw}/HEAD/publiccode.yml`, `${raw}/HEAD/publiccode.yaml`]
  }
  const blob = url.pathname.includes('/-/blob/')
    ? new URL(url.pathname.replace('/-/blob/', '/-/raw/'), url).href
    : undefined
  if (blob) return [blob]
  if (isFile(url.pathname)) return [address]
  const bare = waysToWrite(url.origin + url.pathname)[0] ?? address
  return [`${bare}/-/raw/HEAD/publiccode.yml`, `${bare}/raw/HEAD/publiccode.yml`, address]
}
