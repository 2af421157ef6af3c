/** Whether a name is that of a time zone here: `Europe/Rome`. An offset is none: it knows no summer. */
export function isZone(name: string): boolean {
  try {
    return /^[a-z]/i.test(name) && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }))
  } catch {
    return false // Intl has no other way to say that it knows no such zone
  }
}
