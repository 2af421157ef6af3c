import type { IsHoliday } from '#src/core/calendar.ts'
import type { Post, Tx } from '#src/core/feature.ts'
import type { Place } from '#src/core/interaction.ts'
import { quietUntil } from '#src/core/quiet.ts'
import { boundPlace } from '#src/storage/places.ts'
import { programme } from '#src/storage/settings.ts'

/** When whoever reads there may be disturbed again, by her own clock and the feasts of the place; undefined when she may be now. */
export async function quietFor(
  tx: Tx,
  reader: Place | { timezone: string },
  now: Temporal.Instant,
  isHoliday: IsHoliday,
): Promise<Temporal.Instant | undefined> {
  const { quiet } = await programme(tx)
  const feast = 'platform' in reader ? (await boundPlace(tx, reader))?.feast : undefined
  return quietUntil(now, quiet, isHoliday, reader.timezone, feast ?? undefined)
}

/** When the first of these is reached who must not be disturbed now; people by the clock of the programme. */
export async function waitUntil(
  tx: Tx,
  readers: readonly Post['to'][],
  now: Temporal.Instant,
  isHoliday: IsHoliday,
): Promise<Temporal.Instant | undefined> {
  const places = new Map(readers.map(to => ('member' in to ? ['', undefined] : [`${to.platform} ${to.id}`, to])))
  const ends: Temporal.Instant[] = []
  for (const place of places.values()) {
    const end = await quietFor(tx, place ?? (await programme(tx)), now, isHoliday)
    if (end) ends.push(end)
  }
  return ends.toSorted(Temporal.Instant.compare)[0]
}
