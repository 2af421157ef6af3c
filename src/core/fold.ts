/** Where a keyboard has no capital with an accent, an apostrophe stands for it: `COMUNITA'`, `perche'`. */
const FOR_ACCENT = /(?<=[aeiou])['’‘`](?=[\s?!.,:;)»"]|$)/gu

/** Lower case, no accents, single spaces: how names are compared and found. */
export const fold = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(FOR_ACCENT, '').replace(/\s+/gu, ' ').trim()
