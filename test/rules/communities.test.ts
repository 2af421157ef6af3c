import { expect, test } from 'vitest'
import { calendar } from '#src/core/calendar.ts'
import {
  humane,
  isClear,
  named,
  nextStep,
  type Pause,
  type PauseWords,
  pauseIn,
} from '#src/features/communities/rules.ts'
import { isItalianHoliday } from '#src/schedule/holidays.ts'
import { newName } from '#src/storage/organizations.ts'

const all = [
  { id: 'suape', name: { it: 'SUAPE, Ambiente, Energia e Territorio', en: 'One-stop shops' } },
  { id: 'digitale', name: { it: 'Transizione digitale', en: 'Digital transition' } },
  { id: 'verde', name: { it: 'Transizione verde' } },
]

test.each([
  ['suape', 'suape'],
  ['#SUAPE', 'suape'],
  ['Transizione Digitale', 'digitale'],
  ['digital transition', 'digitale'],
  ['ambiente', 'suape'],
  ['ener', 'suape'],
  ['nella comunità suape', 'suape'],
  ['transizione', undefined],
  ['suape e digitale', undefined],
  ['giardinaggio', undefined],
  ['', undefined],
  ['—', undefined],
])('«%s» means %s', (typed, id) => {
  expect(named(all, typed)?.id).toBe(id)
})

const words: PauseWords = {
  end: ['fine', 'stop'],
  units: {
    days: ['giorno', 'giorni', 'days'],
    weeks: ['settimana', 'settimane', 'weeks'],
    months: ['mese', 'months'],
    years: ['anno', 'anni'],
  },
  numbers: [
    ['un', 'una', 'a'],
    ['due', 'two'],
  ],
}
const now = Temporal.ZonedDateTime.from('2027-01-11T10:00[Europe/Rome]')
const shown = (pause: Pause): string =>
  pause.kind === 'until' ? pause.at.toZonedDateTimeISO('Europe/Rome').toPlainDateTime().toString() : pause.kind

test.each([
  ['2 settimane', '2027-01-25T10:00:00'],
  ['per due settimane', '2027-01-25T10:00:00'],
  ['two weeks', '2027-01-25T10:00:00'],
  ['10 GIORNI', '2027-01-21T10:00:00'],
  ['un mese', '2027-02-11T10:00:00'],
  ['un anno', '2028-01-11T10:00:00'],
  ['fino al 15/03/2027', '2027-03-15T09:00:00'],
  ['2027-03-15', '2027-03-15T09:00:00'],
  ['fino al 15 marzo', '2027-03-15T09:00:00'],
  ['until 10 January', 'past'],
  ['10 dicembre', '2027-12-10T09:00:00'],
  ['10 ottobre', '2027-10-10T09:00:00'],
  ['fino al 1º marzo', '2027-03-01T09:00:00'],
  ['ferie fino al 15/03/2027 compreso', '2027-03-15T09:00:00'],
  ['fino a fine febbraio', 'unclear'],
  ['10-12', 'unclear'],
  ['1.5', 'unclear'],
  ['1.5 mesi', 'unclear'],
  ['fino a venerdì', '2027-01-15T09:00:00'],
  ['until Monday', '2027-01-18T09:00:00'],
  ['2 sett', 'unclear'],
  ['fine', 'end'],
  ['STOP', 'end'],
  ['per la', 'unclear'],
  ['11/01/2027', 'past'],
  ['31/02/2027', 'unclear'],
  ['12/01/2028', 'tooLong'],
  ['400 giorni', 'tooLong'],
  ['9999 anni', 'tooLong'],
  ['0 giorni', 'unclear'],
  ['-3 giorni', 'unclear'],
  ['99999999999 giorni', 'unclear'],
  ['settimane', 'unclear'],
  ['un po', 'unclear'],
  ['🙂', 'unclear'],
])('a pause of «%s»: %s', (said, expected) => {
  expect(shown(pauseIn(said, now, words))).toBe(expected)
})

test.each([
  ['2027-01-14T10:00', '2027-01-14T10:00:00'],
  ['2027-01-14T08:59', '2027-01-14T09:00:00'],
  ['2027-01-14T18:00', '2027-01-15T09:00:00'],
  ['2027-01-15T23:00', '2027-01-18T09:00:00'],
  ['2027-01-16T11:00', '2027-01-18T09:00:00'],
  ['2027-01-29T11:00', '2027-02-01T09:00:00'], // the patron's feast, a Friday
  ['2026-12-24T20:00', '2026-12-28T09:00:00'],
])('%s is said at %s', (at, expected) => {
  const said = humane(
    Temporal.PlainDateTime.from(at).toZonedDateTime('Europe/Rome').toInstant(),
    'Europe/Rome',
    calendar(isItalianHoliday),
    '01-29',
  )
  expect(said.toZonedDateTimeISO('Europe/Rome').toPlainDateTime().toString()).toBe(expected)
})

test.each([
  ['Comune di Todi', 'Comune di Todi'],
  ['new:  Comune   di Todi ', 'Comune di Todi'],
  ['x', undefined],
  ['1234', undefined],
  ['🙂🙂', undefined],
  ['new:', undefined],
  ['C'.repeat(120), 'C'.repeat(120)],
  ['C'.repeat(121), undefined],
])('the name of a new administration in «%s»', (typed, name) => {
  expect(newName(typed)).toBe(name)
})

test.each([
  ['perugia', true],
  ['Comune Perugia', true],
  ['perug', false],
  ['provincia di perugia', false],
  ['', false],
])('whether «%s» can only be Comune di Perugia: %s', (typed, clear) => {
  expect(isClear(typed, 'Comune di Perugia')).toBe(clear)
})

test.each([
  [{ needs: 'aiuto', adoptable: 2 }, 'ask'],
  [{ needs: null, adoptable: 1 }, 'adopt'],
  [{ needs: null, adoptable: 0 }, 'browse'],
] as const)('after %o the next step is to %s', (told, step) => {
  expect(nextStep(told)).toBe(step)
})
