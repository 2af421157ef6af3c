import { html, raw } from 'hono/html'

/** Markup whose values were escaped: what a user wrote can only ever be text in it. */
export type Html = ReturnType<typeof html>

export { html }

/** Nothing at all. */
export const nothing: Html = html``

/** Attributes with a value; `true` stands alone, what is false or empty is left out. Names are ours, values are escaped. */
export const attributes = (given: Record<string, string | number | boolean | undefined>): Html => {
  const shown = Object.entries(given).filter(([, value]) => value !== undefined && value !== false && value !== '')
  return html`${shown.map(([name, value]) => (value === true ? html` ${raw(name)}` : html` ${raw(name)}="${value}"`))}`
}

/** A form that is sent from where it stands: the page changes in its place, and without JavaScript it is loaded anew. */
export const posting = (action: string): Html =>
  html`method="post" action="${action}" hx-post="${action}" hx-target="#workspace" hx-select="#workspace" hx-swap="outerMorph"`
