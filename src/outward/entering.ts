import { z } from 'zod'
import type { Platform } from '#src/core/platform.ts'

const spot = z.object({
  platform: z.enum(['slack', 'matrix', 'web', 'console']),
  workspace: z.string(),
  id: z.string(),
})

/** Goes into a place; where a platform has no doors, the bot is inside already. */
export const entering =
  (platforms: ReadonlyMap<string, Platform>) =>
  async (input: unknown): Promise<boolean> => {
    const place = spot.parse(input)
    const platform = platforms.get(place.platform)
    return platform?.enter ? platform.enter(place) : true
  }
