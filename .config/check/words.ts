import type { Check, Finding } from './lib/check.ts'
import { type Entry, entries, type Text, texts, variables } from './lib/locales.ts'
import { type Source, sources } from './lib/source.ts'
import { type Usage, usage } from './lib/usage.ts'

type Language = { language: string; entries: Map<string, Entry> }

const complain = (text: Text | undefined, message: string): Finding => ({
  file: text?.file ?? 'locales',
  line: text?.line,
  what: text?.key ?? '',
  message,
})

const names = (entry: Entry): string =>
  [...new Set(entry.texts.flatMap(({ text }) => variables(text)))].sort().join(', ') || 'none'

/** What one language has and another lacks, or says with other variables. */
function disparities(languages: readonly Language[]): Finding[] {
  const findings: Finding[] = []
  for (const one of languages) {
    for (const other of languages.filter(each => each !== one)) {
      for (const [key, entry] of one.entries) {
        const same = other.entries.get(key)
        const here = `${one.language}: ${names(entry)}`
        if (!same) findings.push(complain(entry.texts[0], `${key} is missing in ${other.language}`))
        else if (one.language < other.language && names(entry) !== names(same))
          findings.push(complain(entry.texts[0], `${key} differs: ${here}; ${other.language}: ${names(same)}`))
      }
    }
  }
  return findings
}

/** Plural forms that the language has and the entry lacks, or the other way round. i18next reads `_zero` everywhere. */
function wrongForms({ language, entries }: Language): Finding[] {
  const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  return [...entries.values()]
    .filter(({ forms }) => forms.length > 0)
    .flatMap(({ key, forms, texts }) => [
      ...needed
        .filter(form => form !== 'many' && !forms.includes(form))
        .map(form => complain(texts[0], `${key}_${form} is missing in ${language}`)),
      ...forms
        .filter(form => form !== 'zero' && !needed.some(each => each === form))
        .map(form => complain(texts[0], `${key}_${form} is never used in ${language}`)),
    ])
}

function unescaped(text: Text): Finding[] {
  return [
    ...(/\{\{\s*-/.test(text.text) ? [complain(text, `${text.key}: {{- }} would put a value in unescaped`)] : []),
    ...(text.text.includes('$t(') ? [complain(text, `${text.key}: $t() nests a text whose values t() never saw`)] : []),
  ]
}

/** Words found by convention: the heading of a feature in the help, those of a command, and those of a form. */
function byConvention(key: string, { literals, names }: Usage): boolean {
  const has = (folder: string, name: string) => names.get(names.has(folder) ? folder : '')?.has(name) ?? false
  const heading = /^([^.]+)\.heading$/.exec(key)
  if (heading) return literals.has(heading[1] ?? '')
  const command = /^([^.]+)\.commands\.([^.]+)\.(name|does|form|menu)$/.exec(key)
  if (command) return has(command[1] ?? '', command[2] ?? '')
  const title = /^(.+)\.(title|submit)$/.exec(key)
  if (title) return literals.has(title[1] ?? '')
  const field = /^(.+)\.([^.]+)\.(?:label|hint|options\.([^.]+))$/.exec(key)
  if (!field) return false
  const [, form = '', name = '', option] = field
  return literals.has(form) && has('', name) && (option === undefined || literals.has(option) || has('', option))
}

function unused({ entries }: Language, used: Usage): Finding[] {
  return [...entries.values()]
    .filter(({ key }) => !used.literals.has(key) && !used.patterns.some(each => each.test(key)))
    .filter(({ key }) => !byConvention(key, used))
    .map(({ key, texts }) => complain(texts[0], `${key} is never used`))
}

/** Keys that the code asks for and nobody wrote; what does not begin with the name of a locale file is no key. */
function missing(keys: readonly string[], { wanted }: Usage): Finding[] {
  const files = new Set(keys.map(key => key.split('.')[0]))
  const isKey = (key: string | RegExp) => typeof key !== 'string' || files.has(key.split('.')[0])
  const exists = (key: string | RegExp) => keys.some(each => (typeof key === 'string' ? key === each : key.test(each)))
  return wanted
    .filter(({ key }) => isKey(key) && !exists(key))
    .map(({ shown, file, line }) => ({ file, line, what: shown, message: `${shown} is in no locale` }))
}

/** All that can be wrong between the texts and the code that says them. */
export function wrongWords(all: readonly Text[], code: readonly Source[]): Finding[] {
  const used = usage(code)
  const languages = [...Map.groupBy(all, ({ language }) => language)].map(([language, its]) => ({
    language,
    entries: entries(its),
  }))
  return [
    ...disparities(languages),
    ...languages.flatMap(wrongForms),
    ...all.flatMap(unescaped),
    ...languages.flatMap(language => unused(language, used)),
    ...missing([...new Set(languages.flatMap(({ entries }) => [...entries.keys()]))], used),
  ]
}

export const check: Check = { name: 'words', run: () => wrongWords(texts(), sources('src/**/*.ts')) }
