import type { RequestListener } from 'node:http'
import type { Settings } from '#src/config.ts'
import type { Platform } from '#src/core/platform.ts'
import type { Log } from '#src/core/ports.ts'
import type { Store } from '#src/storage/database.ts'

/** What a platform is made with. */
export interface PlatformParts {
  store: Store
  log: Log
  now: () => Temporal.Instant
}
/** A platform as it is opened, not yet started. */
export interface OpenedPlatform {
  platform: Platform
  /** What it answers on our own server, by path. */
  answers?: Readonly<Record<string, RequestListener>>
}
/** How a community comes to live on a platform. */
export interface PlatformOpener {
  /** Its own name, as people write it. */
  title: string
  /** Whether the settings speak of it at all. */
  named(settings: Settings): boolean
  /** Throws `WrongSettings` when they speak of it, but not enough. */
  open(settings: Settings, parts: PlatformParts): Promise<OpenedPlatform>
}
