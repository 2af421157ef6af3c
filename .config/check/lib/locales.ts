import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import { files } from './source.ts'

/** One text of one language; `key` is `<file>.<path>`, as it stands, with its plural ending. */
export interface Text {
  language: string
  key: string
  text: string
  file: string
  line: number
}

/** Reads a JSON file as YAML, which it is too: that gives each text its line, and refuses a key written twice. */
export function textsIn(file: string, json: string): Text[] {
  const lines = new LineCounter()
  const document = parseDocument(json, { lineCounter: lines })
  if (document.errors[0]) throw new Error(`${file}: ${document.errors[0].message}`)
  const texts: Text[] = []
  visit(document, {
    Pair(_, { key, value }, path) {
      if (isMap(value)) return
      const above = path.flatMap(each => ('key' in each && isScalar(each.key) ? [each.key.value] : []))
      const name = [basename(file, '.json'), ...above, isScalar(key) ? key.value : ''].join('.')
      if (!isScalar(value) || typeof value.value !== 'string') throw new Error(`${file}: ${name} is not a text`)
      const { line } = lines.linePos(value.range?.[0] ?? 0)
      texts.push({ language: basename(dirname(file)), key: name, text: value.value, file, line })
    },
  })
  return texts
}

export const texts = (): Text[] => files('locales/*/*.json').flatMap(file => textsIn(file, readFileSync(file, 'utf8')))

/** A key in one language as the code calls it: one text, or one per plural form. */
export interface Entry {
  key: string
  texts: Text[]
  /** The plural forms it has; none for a plain text. */
  forms: string[]
}

const ending = /_(zero|one|two|few|many|other)$/

/** Brings the forms of a plural together. An ending is a plural's only where its `_other` exists. */
export function entries(texts: readonly Text[]): Map<string, Entry> {
  const keys = new Set(texts.map(({ key }) => key))
  const found = new Map<string, Entry>()
  for (const text of texts) {
    const base = text.key.replace(ending, '')
    const plural = base !== text.key && keys.has(`${base}_other`)
    const key = plural ? base : text.key
    const entry = found.get(key) ?? { key, texts: [], forms: [] }
    entry.texts.push(text)
    if (plural) entry.forms.push(text.key.slice(base.length + 1))
    found.set(key, entry)
  }
  return found
}

/** The `{{names}}` in a text, without the format that may follow a comma. */
export const variables = (text: string): string[] =>
  [...text.matchAll(/\{\{-?\s*([^},\s]+)[^}]*\}\}/g)].map(([, name]) => name ?? '')
