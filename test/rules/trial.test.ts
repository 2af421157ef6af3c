import { expect, test } from 'vitest'
import { trialBegins } from '#src/cli/trial.ts'

test.each([
  ['in the morning, at once', '2026-11-30T10:15:00+01:00', '2026-11-30T10:15:00+01:00'],
  ['in the evening, when the quiet hours are over', '2026-11-30T21:43:00+01:00', '2026-12-01T08:00:00+01:00'],
  ['on the evening before a holiday, after it', '2026-12-24T20:00:00+01:00', '2026-12-27T08:00:00+01:00'],
])('a trial that is opened %s', (_, opened, begins) => {
  expect(trialBegins(Temporal.Instant.from(opened), 'Europe/Rome')).toEqual(Temporal.Instant.from(begins))
})
