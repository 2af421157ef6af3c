import type { IsHoliday } from '#src/core/calendar.ts'
import type { Post, Tx } from '#src/core/feature.ts'
import type { Place } from '#src/core/interaction.ts'
import { quietUntil } from '#src/core/quiet.ts'
import { boundPlace } from '#src/storage/places.ts'
import { programme } from '#src/storage/settings.ts'

/** A place, or somebody by her own clock. */
type Reading = Place | { timezone: string }

/** When whoever reads there may be disturbed again, by her own clock and the feasts of the place; undefined when she may be now. */
export async function quietFor(
  tx: Tx,
  reader: Reading,
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
  if (readers.length === 0) return undefined
  const home = await programme(tx)
  const each = new Map<string, Reading>()
  for (const to of readers) {
    if ('member' in to) each.set('somebody', home)
    else each.set(`${to.platform} ${to.id}`, to)
  }
  const ends: Temporal.Instant[] = []
  for (const reader of each.values()) {
    const end = await quietFor(tx, reader, now, isHoliday)
    if (end) ends.push(end)
  }
  return ends.toSorted(Temporal.Instant.compare)[0]
}
