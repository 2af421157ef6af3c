/** The server part of a name; an id of a recent room has none. */
export const serverOf = (name: string, otherwise: string): string => {
  const colon = name.indexOf(':')
  return colon < 0 ? otherwise : name.slice(colon + 1)
}
