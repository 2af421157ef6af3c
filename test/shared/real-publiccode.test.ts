import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readPublicCode } from '#src/features/practices/publiccode.ts'

/** What eight files in use say: read in the files by hand, not by our reader. */
const expected = [
  { name: 'ACN_Modulo_SBOM', licence: 'EUPL-1.2', ipa: 't0a9hla8' },
  { name: 'AppDSS', licence: 'GPL-3.0-only', ipa: 'p_ve' },
  { name: 'Modello Digitalizzazione', licence: 'EUPL-1.2' },
  { name: 'RNDT metadata converter', licence: 'EUPL-1.2', ipa: 'agid' },
  { name: 'SICLA', licence: 'GPL-3.0-only', ipa: 'p_ve' },
  { name: 'SIGEO', licence: 'GPL-3.0-only', ipa: 'p_ve' },
  { name: 'Web Service Interoperabilità applicativa protocollo', licence: 'AGPL-3.0-or-later' },
  { name: 'qrcode', licence: 'AGPL-3.0-or-later', ipa: 'arpa' },
]

const folder = z.string({ error: 'PUBLICCODE_DIR names no folder of real files' }).parse(process.env.PUBLICCODE_DIR)
const texts = readdirSync(folder)
  .filter(file => file.endsWith('.yml'))
  .map(file => readFileSync(join(folder, file), 'utf8'))

const Person = z.object({ name: z.string(), email: z.string().optional(), phone: z.string().optional() })
const People = z.object({
  maintenance: z.object({ contacts: z.array(Person).default([]) }),
  legal: z.object({ repoOwner: z.string().optional() }),
})

test('all eight are read', () => {
  const practices = texts.map(readPublicCode).flatMap(reading => (reading.ok ? [reading.practice] : []))
  const told = practices.map(({ name, licence, ipa }) => ({ name, licence, ...(ipa && { ipa }) }))
  expect(told.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(expected)
  for (const practice of practices) expect(practice.url).toMatch(/^https:\/\/github\.com\//)
})

test.each(texts.map((text, index) => [index, text] as const))(
  'no contact is in what was read from file %i',
  (_index, text) => {
    const { maintenance, legal } = People.parse(parse(text))
    const result = JSON.stringify(readPublicCode(text))
    // An owner that answers for its software as a contact is an organization: its name is in its repository's address, too.
    const people = maintenance.contacts.map(({ name, ...rest }) => ({
      ...rest,
      name: name === legal.repoOwner ? undefined : name,
    }))
    for (const part of people.flatMap(person => Object.values(person))) if (part) expect(result).not.toContain(part)
  },
)
