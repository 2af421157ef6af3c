import type { Translate } from '#src/core/message.ts'
import { aside } from './aside.ts'
import { conversation } from './conversation.ts'
import type { Entry } from './history.ts'
import { type Html, html, nothing } from './html.ts'
import { icon } from './icon.ts'
import { line } from './markdown.ts'
import { doorName, sidebar } from './sidebar.ts'
import type { View } from './view.ts'

/** The whole page. What changes is in `#workspace`; news of a change comes through `#live`, which stays. */
export function page(view: View, address: string): Html {
  const { t, person, here, version } = view
  const title = t.plain(t('web.title', { place: doorName(here, view), name: person.name }))
  return shell(
    t,
    title,
    html`<a class="skip" href="#main">${t.plain(t('web.skip'))}</a>
      <p id="away" class="away" role="alert" hidden>${t.plain(t('web.away'))}</p>
      <div id="live" hx-sse:connect="/news?since=${version}" hx-trigger="load" hx-swap="none"></div>
      <div id="workspace" hx-get="${address}" hx-trigger="news from:#live" hx-select="#workspace" hx-swap="outerMorph">
        <header class="top">
          <button type="button" class="btn btn-sm open-column" popovertarget="places">${icon('pa')}<span>${t.plain(t('web.places.open'))}</span>${waiting(view)}</button>
          <p class="brand">${t.plain(t('web.bot'))} <span>${t.plain(t('web.brand'))}</span></p>
          <button type="button" class="btn btn-sm open-column" popovertarget="guide">${icon('clock')}<span>${t.plain(t('web.guideOpen'))}</span></button>
        </header>
        <div class="columns">${sidebar(view)}${conversation(view)}${aside(view)}</div>
      </div>`,
  )
}

/** How much waits elsewhere, where the list of places is not in sight. */
const waiting = ({ t, doors, here }: View): Html => {
  const count = doors.filter(({ id }) => id !== here.id).reduce((sum, { unread }) => sum + unread, 0)
  if (count === 0) return nothing
  return html`<span class="badge">${count}<span class="visually-hidden"> ${t.plain(t('web.places.unread', { count }))}</span></span>`
}

/** Nobody by that name is here: who asked to be forgotten, or an address that was mistyped. */
export const nobody = (t: Translate, farewell: readonly Entry[]): Html =>
  alone(t, {
    title: t.plain(t('web.nobody.title')),
    text: html`${farewell.map(({ message }) => html`<blockquote class="words">${message && line(message.summary)}</blockquote>`)}
      <p>${t.plain(t('web.nobody.text'))}</p>`,
    back: '/',
  })

/** An address that is no page of ours; the way on is where its person is at home, else the start. */
export const nowhere = (t: Translate, back: string): Html =>
  alone(t, { title: t.plain(t('web.nowhere.title')), text: html`<p>${t.plain(t('web.nowhere.text'))}</p>`, back })

const alone = (t: Translate, { title, text, back }: { title: string; text: Html; back: string }): Html =>
  shell(
    t,
    title,
    html`<div id="workspace"><main class="alone" id="main"><h1>${title}</h1>
      ${text}<p><a href="${back}">${t.plain(t('web.nobody.back'))}</a></p></main></div>`,
  )

/** The attribute `open` is the reader's: an update leaves it as she left it. */
const settings = JSON.stringify({ morphIgnore: ['data-htmx-powered', 'open'], history: false })

/** The design system's, which gives way to ours wherever they disagree; then ours, in this order. */
const sheets = ['italia', 'frame', 'fonts', 'sides', 'talk', 'forms', 'narrow']

// The first two scripts are not deferred: htmx begins as soon as it may, and by then its extension must be there.
const shell = (t: Translate, title: string, body: Html): Html => html`<!doctype html>
<html lang="${t.locale}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="htmx-config" content="${settings}">
    <title>${title}</title>
    <link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
    ${sheets.map(name => html`<link rel="stylesheet" href="/assets/${name}.css">`)}
    <script src="/assets/htmx.min.js"></script>
    <script src="/assets/hx-sse.min.js"></script>
    <script src="/assets/workspace.js" defer></script>
  </head>
  <body>${body}</body>
</html>`
