/** Lines with the names that differ from run to run replaced by the order in which they came. */
export function steady(lines: readonly object[]): unknown[] {
  const names = new Map<string, string>()
  const named = (text: string): string =>
    text
      .replace(/[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[\da-f]{4}-[\da-f]{12}/g, id => {
        names.set(id, names.get(id) ?? `id${names.size}`)
        return names.get(id) ?? ''
      })
      // Each database has its own folder, and so have the pictures that came with its messages.
      .replace(/[^"]*animatore-[^"]*[/\\]/g, '')
  return lines.map(line => JSON.parse(named(JSON.stringify(line))))
}
