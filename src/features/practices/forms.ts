import { address, choose, line, optional, paragraph, search, short, tidy } from '#src/core/fields.ts'
import type { Field } from '#src/core/form.ts'
import { spdx } from './publiccode.ts'

/** The longest a title may be, a summary (as in publiccode.yml), and a description, in characters. */
export const longest = { title: 100, summary: 150, description: 4000, reason: 1000, version: 40 } as const
const mostCategories = 10
const longestCategory = 40

/** An SPDX licence or an expression of several, however it is spelled. */
const licence = (): Field<string> => ({
  input: { kind: 'line' },
  required: true,
  parse: raw => {
    const value = spdx(tidy(raw))
    const values = { given: short(raw) }
    return value ? { ok: true, value } : { ok: false, problem: { key: 'practices.problems.licence', values } }
  },
})

/** Words between commas; none is an answer. */
const categories = (): Field<string[]> => ({
  input: { kind: 'line' },
  required: false,
  parse: raw => {
    const given = raw
      .slice(0, 2000)
      .split(',')
      .map(each => tidy(each).replace(/\s+/gu, ' '))
      .filter(Boolean)
    const value = [...new Set(given)]
    const fits =
      raw.length <= 2000 && value.length <= mostCategories && value.every(each => [...each].length <= longestCategory)
    const values = { most: mostCategories, longest: longestCategory }
    return fits ? { ok: true, value } : { ok: false, problem: { key: 'practices.problems.categories', values } }
  },
})

const words = {
  title: line(longest.title),
  summary: line(longest.summary),
  description: paragraph(longest.description),
}
const whose = { provider: search('practices.organizations'), community: choose() }
const code = { repository: optional(address()), licence: optional(licence()), categories: categories() }

export const proposal = { name: 'practices.propose', fields: { ...words, ...whose, kit: optional(address()), ...code } }
export const edit = {
  name: 'practices.edit',
  fields: { ...words, ...whose, kit: optional(address()), version: optional(line(longest.version)), ...code },
}
/** What a file may lack: what it does say need not be said again. */
export const completion = {
  name: 'practices.import',
  fields: {
    community: choose(),
    provider: optional(search('practices.organizations')),
    summary: optional(line(longest.summary)),
  },
}
export const changesForm = { name: 'practices.changes', fields: { reason: paragraph(longest.reason) } }
export const declineForm = { name: 'practices.decline', fields: { reason: paragraph(longest.reason) } }
export const withdrawForm = { name: 'practices.withdraw', fields: { reason: paragraph(longest.reason) } }
