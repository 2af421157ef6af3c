/** Our names for instants, which are kept as epoch milliseconds: `openedAt`, `at`, `since`, `pausedUntil`. */
const instant = /^at$|At$|^since$|Since$|Until$/

/** A value as people and programs read it, by its name: an instant as ISO 8601 in UTC, all else as it is. For `JSON.stringify`. */
export const readableAs = (name: string, value: unknown): unknown =>
  typeof value === 'number' && instant.test(name)
    ? Temporal.Instant.fromEpochMilliseconds(value).toString({ smallestUnit: 'second' })
    : value
