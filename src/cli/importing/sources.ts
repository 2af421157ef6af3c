import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { textIn } from '#src/core/utf8.ts'
import type { Finding } from '#src/features/practices/publiccode.ts'
import { largestPublicCode } from '#src/features/practices/publiccode.ts'
import { rawAddress } from '#src/outward/address.ts'
import { type FetchFailure, fetchText } from '#src/outward/fetch.ts'

/** Where a publiccode.yml is: a file, or an address. */
export interface Source {
  name: string
  read: () => Promise<Text>
}
/** Its text, or why there is none. */
export type Text =
  | { ok: true; text: string }
  | { ok: false; reason: 'no-file' | 'empty-folder' | 'not-utf8' }
  | { ok: false; reason: 'finding'; finding: Finding }
  | { ok: false; reason: 'not-fetched'; failure: FetchFailure; status: number }

const isAddress = (written: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(written)

/** Everything that was named, each file once. */
export function sourcesIn(named: readonly string[]): Source[] {
  const all = named.flatMap(each => (isAddress(each) ? [address(each)] : filesAt(each)))
  return [...new Map(all.map(source => [source.name, source])).values()]
}

function filesAt(path: string): Source[] {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) return [{ name: path, read: async () => ({ ok: false, reason: 'no-file' }) }]
  if (!found.isDirectory()) return [file(path)]
  const inside = filesIn(path)
  if (inside.length > 0) return inside.map(file)
  return [{ name: path, read: async () => ({ ok: false, reason: 'empty-folder' }) }]
}

/** Every publiccode.yml at any depth; in a folder without any, all of its own YAML files. */
function filesIn(folder: string): string[] {
  const all = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.ya?ml$/i.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .filter(path => !/(^|[\\/])(node_modules|\.[^\\/.][^\\/]*)[\\/]/.test(path.slice(folder.length)))
    .toSorted()
  const named = all.filter(path => /^publiccode\.ya?ml$/i.test(basename(path)))
  return named.length > 0 ? named : all.filter(path => join(folder, basename(path)) === path)
}

const file = (path: string): Source => ({
  name: path,
  read: async () => {
    if (statSync(path).size > largestPublicCode) {
      const values = { kilobytes: largestPublicCode / 1024 }
      return { ok: false, reason: 'finding', finding: { key: '', line: 1, reason: 'too-large', values } }
    }
    const text = textIn(readFileSync(path))
    return text === undefined ? { ok: false, reason: 'not-utf8' } : { ok: true, text }
  },
})

const address = (given: string): Source => ({
  name: given,
  read: async () => {
    let first: Text | undefined
    for (const candidate of rawAddress(given)) {
      const answer = await fetchText(candidate, { limits: { bytes: largestPublicCode } })
      if (answer.ok) return { ok: true, text: answer.text }
      first ??= { ok: false, reason: 'not-fetched', failure: answer.reason, status: answer.status ?? 0 }
    }
    return first ?? { ok: false, reason: 'not-fetched', failure: 'not-https', status: 0 }
  },
})
