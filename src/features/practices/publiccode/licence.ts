import deprecated from 'spdx-license-ids/deprecated.json' with { type: 'json' }
import current from 'spdx-license-ids/index.json' with { type: 'json' }

// Deprecated names stay good: "AGPL-3.0" stands in many files, and we only have to know what it means.
const known = new Map([...deprecated, ...current].map(id => [id.toLowerCase(), id]))
const longest = 300

/**
 * An SPDX licence, or an expression of several, in its usual spelling ("gpl-3.0-only or mit" gives "GPL-3.0-only OR MIT");
 * undefined when a licence is unknown or the expression does not hold together. Exceptions after WITH are not looked up.
 */
export function spdx(text: string): string | undefined {
  if (text.length > longest) return undefined
  const words: string[] = []
  let expects: 'licence' | 'operator' | 'exception' = 'licence'
  let open = 0
  for (const word of text.match(/[()]|[^\s()]+/g) ?? []) {
    const read = next(word, expects, open)
    if (!read) return undefined
    words.push(read.word)
    expects = read.expects
    open += read.opens ?? 0
  }
  return open === 0 && expects === 'operator' ? words.join(' ').replaceAll('( ', '(').replaceAll(' )', ')') : undefined
}

type Expected = 'licence' | 'operator' | 'exception'

function next(
  word: string,
  expects: Expected,
  open: number,
): { word: string; expects: Expected; opens?: 1 | -1 } | undefined {
  if (expects === 'licence') {
    const licence = word === '(' ? undefined : licenceNamed(word)
    return word === '(' ? { word, expects, opens: 1 } : licence ? { word: licence, expects: 'operator' } : undefined
  }
  if (expects === 'exception') return /^[A-Za-z0-9.-]+$/.test(word) ? { word, expects: 'operator' } : undefined
  if (word === ')') return open > 0 ? { word, expects, opens: -1 } : undefined
  const operator = word.toUpperCase()
  if (operator === 'WITH') return { word: operator, expects: 'exception' }
  return operator === 'AND' || operator === 'OR' ? { word: operator, expects: 'licence' } : undefined
}

/** A trailing "+" means "or any later version" of the licence before it. */
function licenceNamed(word: string): string | undefined {
  const exact = known.get(word.toLowerCase())
  if (exact || !word.endsWith('+')) return exact
  const base = known.get(word.slice(0, -1).toLowerCase())
  return base && `${base}+`
}
