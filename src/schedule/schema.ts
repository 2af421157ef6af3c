import { column, index, table } from '#src/storage/table.ts'

/** When each job last ran, by `feature.job@zone`: what is due is computed from it. */
export const schedules = table('schedules', {
  name: column.id(),
  /** The scheduled instant of the last occurrence that ran; the first sight of the job before it ever ran. */
  ranAt: column.instant().notNull(),
})

/** Things to do at a later instant, once. */
export const alarms = table(
  'alarms',
  {
    key: column.id(),
    name: column.text().notNull(),
    about: column.text().notNull(),
    at: column.instant().notNull(),
  },
  t => [index('alarms_at').on(t.at)],
)
