import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Tx } from '#src/core/feature.ts'
import { savePractice } from '#src/features/practices/store.ts'
import { findOrganizations } from '#src/storage/organizations.ts'
import { community, testOffMatrix } from '#test/support/community.ts'
import { demonstration } from '#test/support/demonstration.ts'
import { aProposal } from '#test/support/practices.ts'
import { tracesOf } from '#test/support/tables.ts'
import '#test/support/matchers.ts'

const written = (text: string, encoding: BufferEncoding = 'utf8'): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'animatore-file-')), 'publiccode.yml')
  writeFileSync(file, text, encoding)
  return file
}
const code = (given: Record<string, string> = {}): string => {
  const {
    summary = 'Segnala un guasto e seguilo',
    url = 'https://git.example.org/terni/guasti',
    ipa = 'c_l117',
  } = given
  return `publiccodeYmlVersion: "0.4"
name: 'Guasti <!channel> *in* città'
url: ${url}
softwareVersion: 1.4.0
categories: [workflow-management]
description:
  it:
    shortDescription: ${summary}
    longDescription: |
      Chi abita in città segnala. Per dubbi: ada.rossi@example.org, Ada Rossi.
    documentation: https://docs.example.org/guasti
legal: { license: AGPL-3.0-or-later }
it: { riuso: { codiceIPA: ${ipa} } }
maintenance:
  type: internal
  contacts: [{ name: Ada Rossi, email: ada.rossi@example.org, phone: "+39 075 5551234" }]
`
}
const answering = (text: string) => ({ fetch: async () => ({ ok: true, text, address: 'https://git.example.org' }) })

test('a file is read, what it lacks is asked at once, and the practice is proposed', async () => {
  const bot = await community()
  await bot.provider.says('pratica importa', { file: written(code()) })

  expect(bot.provider.form().name).toBe('practices.import')
  expect(bot.provider.form().fields.map(({ name, known }) => [name, known !== undefined])).toEqual([
    ['community', true],
    ['provider', true],
    ['summary', true],
  ])
  await bot.provider.answers({ community: 'suape' })

  expect(bot.provider.lastMessage()).toSay('Ho registrato la proposta P-0005, Guasti <!channel> *in* città.')
  const card = bot.place('#coordinamento').lastMessage()
  expect(card).toSay('La cede: Comune di Terni')
  expect(card).toSay('Licenza: AGPL-3.0-or-later')
  expect(card).toSay('KIT di riuso: https://docs.example.org/guasti')
  expect(card).toSay('Versione del KIT: 1.4.0')
  await bot.coordinator.presses('practices.details')
  expect(bot.coordinator.lastMessage()).toSay('Categorie: gestione dei flussi di lavoro')
})

test('the people a file names are neither shown nor stored', async () => {
  const bot = await community()
  await bot.provider.says('pratica importa', { file: written(code()) })
  await bot.provider.answers({ community: 'suape' })
  await bot.coordinator.presses('practices.publish')

  const traces = ['Ada Rossi', 'ada.rossi', '5551234']
  for (const trace of traces) expect([trace, JSON.stringify(bot.everything()).includes(trace)]).toEqual([trace, false])
  expect(await tracesOf(bot.db, traces)).toEqual([])
})

testOffMatrix('an address is read after the answer, and a button completes the proposal', async () => {
  const bot = await community({ workers: answering(code({ ipa: 'c_nobody', summary: `"${'x'.repeat(151)}"` })) })

  await bot.provider.says('pratica importa https://github.com/terni/guasti', { in: '#suape' })
  expect(bot.provider.messages().map(({ text }) => text)).toContainEqual(expect.stringContaining('Leggo il file.'))
  expect(bot.provider.lastMessage()).toMatchObject({ to: 'dm:provider' })
  expect(bot.provider.lastMessage()).toSay('Ho letto il file di Guasti <!channel> *in* città.')
  await bot.provider.presses('practices.complete')
  await bot.provider.answers({ community: 'suape' })
  expect(Object.keys(bot.provider.problems())).toEqual(['provider', 'summary'])
  await bot.provider.answers({ community: 'suape', provider: 'Terni', summary: 'Segnala e segui' })

  expect(bot.provider.lastMessage()).toSay('Ho registrato la proposta P-0005')
})

test('what is wrong is listed by key, line and reason', async () => {
  const bot = await community()
  await bot.provider.says('pratica importa', {
    file: written('publiccodeYmlVersion: "1.7"\nname:\nurl: http://a.example\n'),
  })

  const told = bot.provider.lastMessage()
  expect(told).toSay('Riga 1, publiccodeYmlVersion: non conosco la versione «1.7» del formato.')
  expect(told).toSay('Riga 2, name: manca il nome della pratica.')
  expect(told).toSay('Riga 3, url: serve un indirizzo che inizia con https')
  expect(told).toSay(/, legal\.license: manca la licenza/)
  await bot.provider.says('lingua en')
  await bot.provider.says('practice import', { file: written('- a\n- b\n') })
  expect(bot.provider.lastMessage()).toSay('Line 1: I expect lines like name: Permits.')
})

test('the same repository twice: the number of the practice that is there', async () => {
  const bot = await community({ workers: answering(code({ url: 'https://git.example.org/terni/guasti.git' })) })
  await bot.provider.says('pratica importa', { file: written(code()) })
  await bot.provider.answers({ community: 'suape' })

  await bot.reuser.says('importa https://git.example.org/terni/guasti')

  expect(bot.reuser.lastMessage()).toSay("Questa pratica c'è già: è P-0005")
})

test('a private address is refused, and so is anything that is no https address', async () => {
  const bot = await community()
  await bot.provider.says('pratica importa https://127.0.0.1/publiccode.yml')
  expect(bot.provider.lastMessage()).toSay('sta in una rete privata')

  for (const typed of ['/etc/passwd', 'http://example.org/publiccode.yml', 'file:///etc/passwd']) {
    await bot.provider.says(`pratica importa ${typed}`)
    expect(bot.provider.lastMessage()).toSay(`Non riesco a usare «${typed}».`)
  }
  await bot.provider.says('pratica importa https://u:p@example.org/publiccode.yml')
  expect(bot.provider.lastMessage()).toSay("Nell'indirizzo ci sono un nome utente o una password.")
  await bot.provider.says('pratica importa https://example.org:8443/publiccode.yml')
  expect(bot.provider.lastMessage()).toSay('usa una porta diversa da quella di https.')
  await bot.provider.says('pratica importa')
  expect(bot.provider.lastMessage()).toSay('pratica importa https://github.com/ente/progetto/blob/main/publiccode.yml')
})

test('an address that fails says why', async () => {
  const bot = await community({ workers: { fetch: async () => ({ ok: false, reason: 'status', status: 404 }) } })
  await bot.provider.says('pratica importa https://git.example.org/x')
  expect(bot.provider.lastMessage()).toSay('A https://git.example.org/x non trovo il file (risposta 404).')
})

test('a file that is too large or not in UTF-8 is refused, and a draft belongs to who made it', async () => {
  const bot = await community()
  await bot.provider.says('pratica importa', { file: written(`name: ${'x'.repeat(600 * 1024)}`) })
  expect(bot.provider.lastMessage()).toSay('Il file è troppo grande: ne leggo al massimo 512 KB.')
  await bot.provider.says('pratica importa', { file: written(code(), 'latin1') })
  expect(bot.provider.lastMessage()).toSay('Il file non è in UTF-8. Salvalo con la codifica UTF-8 e allegalo di nuovo.')

  await bot.provider.says('pratica importa', { file: written(`\uFEFF${code()}`) })
  await bot.provider.answers({ community: 'suape' })
  await bot.provider.says('pratica importa', { file: written(code({ url: 'https://git.example.org/b' })) })
  await bot.supplier.says('pratica importa', { file: written(code({ url: 'https://git.example.org/c' })) })
  expect(bot.supplier.lastMessage()).toSay(/Questo può farlo/)
})

test('a draft that nobody completes is forgotten', async () => {
  const bot = await community({ workers: answering(code()) })
  await bot.provider.says('importa https://git.example.org/terni/guasti')
  const read = bot.provider.lastMessage()

  await bot.moveTo('2027-04-15T09:00:00Z')
  await bot.provider.presses('practices.complete', undefined, read)

  expect(bot.provider.lastMessage()).toSay("Questa bozza non c'è più.")
})

test('a provider that nobody knows yet is added with the practice', async () => {
  const { provider, coordinator, place } = await community()

  await provider.says('pratica proponi')
  expect(await provider.searches('provider', 'Unione dei Colli')).toEqual([
    { value: 'new:Unione dei Colli', label: 'Nuovo ente: «Unione dei Colli»' },
  ])
  await provider.answers(aProposal({ provider: 'Unione dei Colli' }))
  await coordinator.presses('practices.publish')

  expect(place('#ocpa').lastMessage()).toSay('La cede: Unione dei Colli')
})

test('what came from the shell has nobody who reads the reason: whoever decides can change it', async () => {
  const fromShell = async (tx: Tx, now: Temporal.Instant): Promise<void> => {
    await demonstration(tx, now)
    const [provider] = await findOrganizations(tx, 'Comune di Terni')
    const at = now.epochMilliseconds
    const content = { summary: 'Un servizio', description: 'Un servizio', provider: provider!.id, community: 'suape' }
    const proposed = { ...content, categories: [], state: 'proposed' as const, proposedAt: at, changedAt: at }
    await savePractice(tx, { ...proposed, id: 'agenda', title: 'Agenda' })
    await savePractice(tx, { ...proposed, id: 'sportello', title: 'Sportello' })
  }
  const { coordinator } = await community({ prepare: fromShell })

  await coordinator.says('pratica rifiuta P-0005 Esiste già.')
  expect(coordinator.lastMessage()).toSay("Nessuno l'ha proposta in chat: il tuo perché resta nei dettagli.")
  expect(coordinator.lastMessage()).not.toOffer('practices.edit')
  await coordinator.says('pratica rimanda P-0006 Manca il KIT.')
  expect(coordinator.lastMessage()).toSay("Nessuno l'ha proposta in chat: puoi cambiarla tu con Modifica.")
  await coordinator.presses('practices.edit')
  await coordinator.answers({ kit: 'https://kit.example.org/sportello' })
  expect(coordinator.lastMessage()).toSay('Ho aggiornato la proposta P-0006')
})
