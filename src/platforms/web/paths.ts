import { DIRECT, directId } from './workspace.ts'

/** A place as it stands in an address: `#suape` is `suape`. */
export const slugOf = (account: string, place: string): string =>
  place === directId(account) ? DIRECT : place.replace(/^#/, '')

/** The addresses of one person's view of one place. */
export interface Paths {
  page: string
  say: string
  press: string
  answer: string
  cancel: string
  enter: string
  leave: string
  clock: string
  language: string
  search: (field: string) => string
  file: (id: string) => string
}

export const pageOf = (account: string, place: string): string =>
  `/as/${encodeURIComponent(account)}/in/${encodeURIComponent(slugOf(account, place))}`

export function pathsOf(account: string, place: string): Paths {
  const page = pageOf(account, place)
  return {
    page,
    say: `${page}/say`,
    press: `${page}/press`,
    answer: `${page}/answer`,
    cancel: `${page}/cancel`,
    enter: `${page}/enter`,
    leave: `${page}/leave`,
    clock: `${page}/clock`,
    language: `${page}/language`,
    search: field => `${page}/search/${encodeURIComponent(field)}`,
    file: id => `${page}/file/${encodeURIComponent(id)}`,
  }
}
