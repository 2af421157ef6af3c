import { quietUntil, usualQuiet } from '#src/core/quiet.ts'
import { isItalianHoliday } from '#src/schedule/holidays.ts'

/** When a trial begins: whoever tries the bot in the evening should not have to wait until it may speak again. */
export const trialBegins = (now: Temporal.Instant, timezone: string): Temporal.Instant =>
  quietUntil(now, usualQuiet, isItalianHoliday, timezone) ?? now
