import { expect, test } from 'vitest'
import { openLanguage } from '#src/i18n/language.ts'
import { readLine } from '#src/platforms/console/read.ts'

const t = openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })

test.each([
  ['testo', 'Questa riga non è un oggetto JSON.'],
  ['{"as":"anna"}', 'Non so che cosa fare di questa riga.'],
  ['{"text":"aiuto"}', 'In questa riga manca «as».'],
  ['{"as":"anna","text":5}', 'Non capisco che cosa c’è in «text».'],
  ['{"as":"anna","pick":0}', 'Non capisco che cosa c’è in «pick».'],
  ['{"as":"anna","text":"aiuto","foo":1}', 'In una riga con «text» non so che cosa fare di «foo».'],
  [`{"as":"${'a'.repeat(201)}","text":"aiuto"}`, 'Quello che c’è in «as» è troppo: 200 al massimo.'],
])('%s: %s', (line, says) => {
  const read = readLine(line)
  if (!('key' in read)) throw new Error('this was to be refused')
  expect(t.plain(t(read.key, read.values)).replaceAll("'", '’')).toContain(says)
})
