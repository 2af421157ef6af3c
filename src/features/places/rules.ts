import type { Role } from '#src/core/feature.ts'

/** What a place is for: a community or a laboratory by its id, the coordinators, or the whole programme. */
export interface Use {
  purpose: 'community' | 'laboratory' | 'coordinators' | 'programme'
  scope: string
}
/** What somebody may decide over: the communities she coordinates, the laboratories she works in. */
export interface Standing {
  roles: ReadonlySet<Role>
  coordinates: readonly string[]
  operates: readonly string[]
}

/** Who decides what a place is for: those whom it is about. The whole programme is the administrator's. */
export function mayDecide({ roles, coordinates, operates }: Standing, { purpose, scope }: Use): boolean {
  if (roles.has('administrator')) return true
  switch (purpose) {
    case 'community':
      return coordinates.includes(scope)
    case 'laboratory':
      return operates.includes(scope) || roles.has('coordinator')
    case 'coordinators':
      return roles.has('coordinator')
    case 'programme':
      return false
  }
}

/** A place that is for something already is given away by those who may decide over both. */
export const mayBind = (standing: Standing, now: Use | undefined, then: Use): boolean =>
  mayDecide(standing, then) && (now === undefined || mayDecide(standing, now))

/** A use as one word, for a button: `community:suape`. */
export const written = ({ purpose, scope }: Use): string => `${purpose}:${scope}`
export function read(value: string): Use | undefined {
  const [purpose = '', ...scope] = value.split(':')
  if (purpose === 'coordinators' || purpose === 'programme') return { purpose, scope: '' }
  if (purpose === 'community' || purpose === 'laboratory') return { purpose, scope: scope.join(':') }
  return undefined
}
