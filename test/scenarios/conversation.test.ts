import { expect, test } from 'vitest'
import { terminal } from '#test/support/terminal.ts'

test('a form is asked a question at a time, with back, skip, keep and numbers', { timeout: 30_000 }, async () => {
  const reuser = await terminal('reuser')

  expect(await reuser.types('richiesta')).toContain('domanda 1 di 5')
  expect(await reuser.types('sportello unico')).toContain('domanda 2 di 5')
  expect(await reuser.types('indietro')).toContain("Ora c'è")
  expect(await reuser.types('tieni')).toContain('domanda 2 di 5')
  expect(await reuser.types('99')).toContain('Non trovo «99»')
  expect(await reuser.types('Necessità di nuovo')).toContain('domanda 3 di 5')
  expect(await reuser.types('salta')).toContain('non si può saltare')
  expect(await reuser.types('Serve una mano con il dispiegamento')).toContain('domanda 4 di 5')
  expect(await reuser.types('2')).toContain('domanda 5 di 5')
  expect(await reuser.types('salta')).toContain('R-2027-0001')
})

test('a file that may be left out is declined with a no, and what was refused is not offered again', async () => {
  const reuser = await terminal('reuser')
  const asked = async () => {
    for (const answer of ['richiesta', 'salta', '1', 'Serve una mano']) await reuser.types(answer)
    return reuser.types('2')
  }

  expect(await asked()).toContain('domanda 5 di 5')
  const refused = await reuser.types('il verbale')
  expect(refused).toContain('Non trovo il file')
  expect(refused).not.toContain("Ora c'è")
  expect(await reuser.types('No, grazie.')).toContain('R-2027-0001')

  await asked()
  expect(await reuser.types('no')).toContain('R-2027-0002')
  await reuser.types('language english')
  await asked()
  expect(await reuser.types('none')).toContain('R-2027-0003')
})

test('what was answered before is called by its name, whatever stands for it', { timeout: 30_000 }, async () => {
  const person = await terminal('newcomer')
  await person.types(':join #suape')
  await person.types('comincia')
  await person.types('spoleto')
  expect(await person.types('indietro')).toContain("Ora c'è: Nuovo: «spoleto»\n")
  for (const answer of ['tieni', 'Sportello', '2,1']) await person.types(answer)
  expect(await person.types('indietro')).toContain('(SUAPE) e P-0002 · Conferenza dei servizi in rete')
  await person.types('annulla')

  await person.types(':as reuser')
  await person.types('richiesta')
  await person.types('sportello unico')
  expect(await person.types('indietro')).toContain("Ora c'è: P-0001 · Sportello unico digitale (SUAPE)\n")
  for (const answer of ['tieni', '1', 'Serve una mano', '2']) await person.types(answer)

  await person.types(':as coordinator')
  await person.types('pratica ritira P-0001')
  expect(await person.types('Va rifatta')).toContain('P-0001')
  await person.types(':as reuser')
  expect(await person.types(':file package.json')).toMatch(/domanda 1|Su quale buona pratica/)
  expect(await person.types('salta')).toContain("Ora c'è: Aggiornamento normativo\n")
  for (const _ of ['event', 'need']) await person.types('tieni')
  expect(await person.types('tieni')).toContain("Ora c'è: il file che hai mandato")
  expect(await person.types('ok')).toContain('R-2027-0001')
})

test('a name that is nearly a known one is asked about before it becomes a new organization', async () => {
  const newcomer = await terminal('newcomer')
  for (const line of [':join #suape', 'comincia']) await newcomer.types(line)

  const asked = await newcomer.types('Perugai')
  expect(asked).toContain('domanda 1 di 6')
  expect(asked).toContain('1. Comune di Perugia\n  2. Nuovo: «Perugai»')
  expect(await newcomer.types('comune di Ternì')).toContain('domanda 2 di 6')
  expect(await newcomer.types('indietro')).toContain("Ora c'è: Comune di Terni")
  await newcomer.types('Perugai')
  expect(await newcomer.types('2')).toContain('domanda 2 di 6')
  expect(await newcomer.types('indietro')).toContain("Ora c'è: Nuovo: «Perugai»")
  // Near nothing that is known, it stays one step.
  expect(await newcomer.types('Comune di Assisi')).toContain('domanda 2 di 6')

  await newcomer.types('annulla')
  for (const line of [':as provider', 'pratica proponi', 'Un titolo', 'In breve', 'Per esteso'])
    await newcomer.types(line)
  expect(await newcomer.types('Regione Umbira')).toContain('1. Regione Umbria\n  2. Nuovo ente: «Regione Umbira»')
  expect(await newcomer.types('2')).toContain('domanda 5')
})

test('what a few letters were taken for is said with the next question; a whole name is not said back', async () => {
  const reuser = await terminal('reuser')

  await reuser.types('richiesta')
  expect(await reuser.types('si')).toMatch(/Ho capito: P-0002 · Conferenza dei servizi in rete\..*domanda 2 di 5/s)
  for (const line of ['annulla', ':as newcomer', ':join #suape', 'comincia']) await reuser.types(line)
  const next = await reuser.types('comune di perugia')
  expect(next).toContain('domanda 2 di 6')
  expect(next).not.toContain('Ho capito')
})

test('what was offered can be typed as it stands', async () => {
  const reuser = await terminal('reuser')
  await reuser.types('richiesta')
  expect(await reuser.types('P-0001 · Sportello unico digitale (SUAPE)')).toMatch(/^(?!.*Ho capito).*domanda 2 di 5/s)
})

test.each(['no', 'Nessuna.', 'non so', 'none'])('«%s» leaves out a search that may be left out', async word => {
  const reuser = await terminal('reuser')
  await reuser.types('richiesta')
  expect(await reuser.types(word)).toContain('domanda 2 di 5')
  for (const line of ['1', 'Serve una mano', '2']) await reuser.types(line)
  expect(await reuser.types('salta')).toContain('R-2027-0001')
  expect(await reuser.types('richiesta R-2027-0001')).not.toContain('Pratica')
})

test('every question says how to leave it out, go back and stop', async () => {
  const person = await terminal('reuser')
  const optional = 'Se non serve, scrivi salta. Indietro per la domanda di prima, annulla per smettere.'
  const required = 'Scrivi indietro per la domanda di prima, annulla per smettere.'

  expect(await person.types('richiesta')).toContain(`non serve.\n  Scrivi qualche lettera: cerco io.\n  ${optional}`)
  for (const answer of ['salta', '1', 'Serve una mano']) await person.types(answer)
  expect(await person.types('2')).toContain(`Allega un file.\n  ${optional}`)

  for (const line of [':as newcomer', ':join #suape']) await person.types(line)
  expect(await person.types('comincia')).toContain(`Scrivi qualche lettera: cerco io.\n  ${required}`)
  expect(await person.types('comune')).toContain(`oppure scrivi qualcos'altro da cercare.\n  ${required}`)
  await person.types('1')
  expect(await person.types('Sportello')).toContain(`anche più di uno: 1,3.\n  ${optional}`)
})

test('a command in the middle is run, and the question is asked again; annulla drops it', async () => {
  const reuser = await terminal('reuser')
  await reuser.types('richiesta')

  const interrupted = await reuser.types('pratiche')
  expect(interrupted).toContain('P-0001')
  expect(interrupted).toContain('domanda 1 di 5')
  expect(await reuser.types('annulla')).toContain('lasciamo perdere')
  expect(await reuser.types('annulla')).toContain('Non ci sono domande aperte')
})

test('a form that is asked for again in the middle has what was answered, to be kept or changed', async () => {
  const reuser = await terminal('reuser')
  for (const line of ['richiesta', 'sportello', '4', 'Non funziona la firma']) await reuser.types(line)

  expect(await reuser.types('richiesta')).toMatch(/domanda 1 di 5.*Ora c'è: P-0001 · Sportello unico digitale/s)
  expect(await reuser.types('tieni')).toContain("Ora c'è: Richiesta di supporto da un riusante")
  expect(await reuser.types('richiesta')).toContain('domanda 1 di 5')
  for (const line of ['tieni', 'tieni']) await reuser.types(line)
  expect(await reuser.types('Non funziona il timbro')).toContain('domanda 4 di 5')
  for (const line of ['tieni', 'salta']) await reuser.types(line)
  expect(await reuser.types('richiesta R-2027-0001')).toContain('Non funziona il timbro')
  expect(await reuser.types('richiesta')).not.toContain("Ora c'è")
})

test('words that begin like a command answer a question that takes words, once; what is asked of a number is done', async () => {
  const { types } = await terminal('operator')
  await types('pratica proponi')
  const next = await types('Pratiche edilizie')
  const shown = await types('pratica P-0001')
  for (const told of [next, shown]) expect(told.match(/domanda 2 di 9/g)).toHaveLength(1)
  expect(shown).toContain('Sportello unico digitale')
  expect(await types('richiesta risolvi R-2027-0001 fatto')).toMatch(/Non trovo.*R-2027-0001.*domanda 2 di 9/s)
  expect(await types('pratica P-0001 per chi non ha lo sportello')).toContain('domanda 3 di 9')
  expect(await types('richiesta che nessuno fa più')).toContain('domanda 4 di 9')
})

test('a conversation goes on after a restart, and expires after a day', { timeout: 30_000 }, async () => {
  const before = await terminal('reuser')
  await before.types('richiesta')
  await before.types('salta')
  await before.leave()

  const after = await terminal('reuser', before.db)
  expect(await after.types('1')).toContain('domanda 3 di 5')
  await after.types(':at 2027-01-12T09:00:01Z')
  expect(await after.types('Serve una mano')).toContain('Posso aiutarti così')
})

test('lines that come all at once, from a pipe, are each answered', async () => {
  const { pours } = await terminal('newcomer')
  const said = await pours('pratiche', ':as operator', 'aiuto')
  expect(said).toContain('Ci sono 4 buone pratiche')
  expect(said).toContain('Ecco che cosa puoi fare')
})

test('the stage changes speaker, place and time', async () => {
  const someone = await terminal('newcomer')

  expect(await someone.types(':as nobody')).toContain("non c'è nessuno")
  expect(await someone.types(':join #suape')).toContain('Ti diamo il benvenuto')
  await someone.types(':as operator')
  expect(await someone.types('aiuto')).toContain('Ecco che cosa puoi fare')
  expect(await someone.types(':at 2027-01-10T09:00:00Z')).toContain('non torna indietro')
  expect(await someone.types(':dance')).toContain(':as PERSONA')
})
