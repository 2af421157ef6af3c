import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Community, community } from '#test/support/community.ts'
import { tracesOf } from '#test/support/tables.ts'

const folder = z.string({ error: 'PUBLICCODE_DIR names no folder of real files' }).parse(process.env.PUBLICCODE_DIR)

/** What the files say, read in them by hand; by the names of the files, the first gets P-0005. */
const proposals = [
  ['acn-it--modulo_sbom', 'ACN_Modulo_SBOM', 'EUPL-1.2', 'ACN-IT/modulo_SBOM'],
  ['agid--rndt-md-converter', 'RNDT metadata converter', 'EUPL-1.2', 'AgID/rndt-md-converter'],
  ['anorc--allegato-6', 'Web Service Interoperabilità applicativa protocollo', 'AGPL-3.0-or-later', 'ANORC/Allegato-6'],
  ['arpae-it--qrcode', 'qrcode', 'AGPL-3.0-or-later', 'Arpae-it/qrcode'],
  [
    'cittametropolitanavenezia--desk-kitriuso-appdss',
    'AppDSS',
    'GPL-3.0-only',
    'CittaMetropolitanaVenezia/DeSK-KitRiuso-APPDSS',
  ],
  [
    'cittametropolitanavenezia--desk-kitriuso-sicla',
    'SICLA',
    'GPL-3.0-only',
    'CittaMetropolitanaVenezia/DeSK-KitRiuso-SICLA',
  ],
  [
    'cittametropolitanavenezia--desk-kitriuso-sigeo',
    'SIGEO',
    'GPL-3.0-only',
    'CittaMetropolitanaVenezia/DeSK-KitRiuso-SIGEO',
  ],
  [
    'comune-milano--modellodigitalizzazione',
    'Modello Digitalizzazione',
    'EUPL-1.2',
    'Comune-Milano/ModelloDigitalizzazione',
  ],
] as const

const Person = z.object({ name: z.string(), email: z.string().optional(), phone: z.string().optional() })
const People = z.object({
  maintenance: z.object({ contacts: z.array(Person).default([]) }),
  legal: z.object({ repoOwner: z.string().optional() }),
})

/** Names, addresses and telephones of the contacts; an owner that answers for its software itself is an organization. */
function contactsIn(file: string): string[] {
  const { maintenance, legal } = People.parse(parse(readFileSync(join(folder, file), 'utf8')))
  return maintenance.contacts.flatMap(({ name, email, phone }) =>
    [name === legal.repoOwner ? undefined : name, email, phone].filter(part => part !== undefined),
  )
}

async function imports({ provider }: Community, file: string): Promise<void> {
  await provider.says('pratica importa', { file: join(folder, file) })
  expect(provider.form().name).toBe('practices.import')
  await provider.answers({ community: 'digitale', provider: 'Comune di Terni' })
}

test('the eight files are imported, proposed and published, and nobody is named', async () => {
  const files = readdirSync(folder).filter(file => file.endsWith('.yml'))
  expect(files.toSorted()).toEqual(proposals.map(([file]) => `${file}.yml`))

  const bot = await community()
  for (const [index, [file, title, licence, repository]] of proposals.entries()) {
    const number = `P-${String(index + 5).padStart(4, '0')}`
    await imports(bot, `${file}.yml`)
    expect(bot.provider.lastMessage()).toSay(`Ho registrato la proposta ${number}, ${title}.`)
    const card = bot.place('#coordinamento').lastMessage()
    expect(card).toSay('Che cosa risolve: ')
    expect(card).toSay('La cede: Comune di Terni')
    expect(card).toSay(`Repository: https://github.com/${repository}\n`)
    expect(card).toSay(`Licenza: ${licence}\n`)
    await bot.coordinator.says(`pratica pubblica ${number}`)
    expect(bot.place('#digitale').lastMessage()).toSay(`${title} · ${number}`)
    await bot.reuser.says(`pratica ${number}`)
  }

  const contacts = files.flatMap(contactsIn)
  expect(contacts.length).toBeGreaterThan(10)
  const shown = JSON.stringify(bot.everything())
  expect(contacts.filter(contact => shown.includes(contact))).toEqual([])
  expect(await tracesOf(bot.db, contacts)).toEqual([])
})
