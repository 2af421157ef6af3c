import { unmarked } from '#src/i18n/markdown.ts'
import { webAddress } from './facts.ts'
import type { Report } from './finding.ts'
import { type Discreet, hidden } from './persons.ts'
import { at, expectSection, line, lines, longest, type Spot, text } from './spot.ts'

/** What the file says in each language, by language code. */
export interface Words {
  summaries: Record<string, string>
  descriptions: Record<string, string>
  features: Record<string, string[]>
  documentation?: string | undefined
}

/** Reads `description`; a file that describes itself in no language at all is reported. */
export function wordsIn(description: Spot, hide: Discreet, report: Report): Words {
  let told = false
  const tell: Report = problem => {
    told = true
    report(problem)
  }
  expectSection(description, tell)
  const languages = languagesIn(description, tell)
  const words = {
    summaries: each(languages, spot => hidden(line(at(spot, 'shortDescription'), longest.text, tell), hide)),
    descriptions: each(languages, spot => hidden(unmarkedText(at(spot, 'longDescription'), tell), hide)),
    features: each(languages, spot => some(lines(at(spot, 'features'), tell).map(hide))),
    documentation: documentationIn(languages),
  }
  const silent = Object.keys(words.summaries).length + Object.keys(words.descriptions).length === 0
  if (silent && !told) report({ key: description.key, line: description.line, reason: 'no-description' })
  return words
}

/** The standard has Markdown here, and a card has words. */
function unmarkedText(spot: Spot, report: Report): string | undefined {
  const written = text(spot, longest.text, report)
  return written === undefined ? undefined : unmarked(written)
}

/** "it-IT" and the "ita" of early versions are both "it"; the first of two that mean the same wins. */
function languagesIn(description: Spot, report: Report): Map<string, Spot> {
  const languages = new Map<string, Spot>()
  if (description.tree?.kind !== 'mapping') return languages
  for (const name of description.tree.entries.keys()) {
    const code = languageCode(name)
    const spot = at(description, name)
    if (!code || languages.has(code)) continue
    expectSection(spot, report)
    languages.set(code, spot)
  }
  return languages
}

function languageCode(name: string): string | undefined {
  try {
    return new Intl.Locale(name).language
  } catch {
    // Not a language: unknown keys are passed over, here as everywhere.
    return undefined
  }
}

function each<T>(languages: Map<string, Spot>, read: (spot: Spot) => T | undefined): Record<string, T> {
  const found = [...languages].flatMap(([code, spot]) => {
    const value = read(spot)
    return value === undefined ? [] : [[code, value] as const]
  })
  return Object.fromEntries(found)
}

const some = (found: string[]) => (found.length > 0 ? found : undefined)

/** One address is enough: Italian first, then English, then whichever language has one. */
function documentationIn(languages: Map<string, Spot>): string | undefined {
  const order = [...new Set(['it', 'en', ...languages.keys()])]
  return order
    .map(code => languages.get(code))
    .map(spot => spot && webAddress(at(spot, 'documentation')))
    .find(address => address !== undefined)
}
