import type { Kit } from '../format.ts'

/** A day of the kit begins when offices do. */
export const startOf = (day: string, { programme }: Kit): Temporal.Instant =>
  Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: programme.timezone, plainTime: '09:00' }).toInstant()

export const instantOf = (day: string, kit: Kit): number => startOf(day, kit).epochMilliseconds

/** The day of an instant, as the kit writes it. */
export const dayOf = (at: number | null, { programme }: Kit): string | undefined =>
  at === null
    ? undefined
    : Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(programme.timezone).toPlainDate().toString()
