/** Tables whose rows follow from others: triggers keep them, whoever writes those. Nobody copies or compares them. */
const derived = ['practice_search', 'community_sizes'] as const

/** Whether a table is such a one, or a part of one. */
export const isDerived = (table: string): boolean =>
  derived.some(name => table === name || table.startsWith(`${name}_`))
