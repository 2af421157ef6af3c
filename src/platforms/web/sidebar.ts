import { attributes, type Html, html, nothing, posting } from './html.ts'
import { icon } from './icon.ts'
import { initials } from './messages.ts'
import { pageOf } from './paths.ts'
import type { Door, View } from './view.ts'
import { directId, type Person } from './workspace.ts'

/** The list of places, who is speaking, and the language of the page. */
export const sidebar = (view: View): Html => html`
  <div class="sidebar" id="places" popover>
    ${closing('places', view)}
    ${speaking(view)}
    <nav aria-labelledby="places-title">
      <h2 id="places-title">${view.t.plain(view.t('web.places.title'))}</h2>
      <ul class="doors">${view.doors.map(each => door(each, view))}</ul>
    </nav>
    <div class="tongues">${languages(view)}${tongue(view)}</div>
  </div>`

/** On a narrow screen a column opens over the page, and closes again. */
export const closing = (id: string, { t }: View): Html =>
  html`<button type="button" class="btn btn-sm btn-outline-primary close-column" popovertarget="${id}" popovertargetaction="hide">${t.plain(t('web.close'))}</button>`

export const doorName = ({ direct, name }: Pick<Door, 'direct' | 'name'>, { t }: View): string =>
  direct ? t.plain(t('web.places.direct')) : `#${name}`

function door(each: Door, view: View): Html {
  const { t, person, here } = view
  const link = { href: pageOf(person.account, each.id), 'aria-current': each.id === here.id && 'page' }
  const fresh = each.unread > 0 && each.id !== here.id
  const beside = fresh
    ? html`<span class="badge">${each.unread}<span class="visually-hidden"> ${t.plain(t('web.places.unread', { count: each.unread }))}</span></span>`
    : each.inside
      ? nothing
      : html`<span class="outside">${t.plain(t('web.places.outside'))}</span>`
  return html`<li><a${attributes(link)} class="${fresh ? 'fresh' : ''}">${each.direct ? icon('comment') : ''}<span>${doorName(each, view)}</span> ${beside}</a></li>`
}

/** Who is speaking, and everybody else one can speak as: each is an address of its own, so two windows can be two people. */
const speaking = (view: View): Html => html`
  <section class="speaking" aria-labelledby="speaking-title">
    <h2 id="speaking-title">${view.t.plain(view.t('web.speaking.title'))}</h2>
    <p class="who">${face(view.person, view)}</p>
    <details id="others"><summary>${view.t.plain(view.t('web.speaking.others'))}</summary>
      <ul class="people">${view.people
        .filter(({ id }) => id !== view.person.id)
        .map(each => html`<li><a href="${pageOf(each.account, directId(each.account))}">${face(each, view)}</a></li>`)}
      </ul>
    </details>
  </section>`

const face = (person: Person, view: View): Html => html`
  <span class="avatar" aria-hidden="true">${initials(person.name)}</span>
  <span><strong>${person.name}</strong><br><small>${doing(person, view)}</small></span>`

/** The most telling of what she is. */
const telling = ['administrator', 'coordinator', 'operator', 'economic-operator', 'member'] as const
const doing = ({ roles, organization }: Person, { t }: View): string => {
  const role = telling.find(each => roles.includes(each))
  const what = t.plain(role ? t(`web.roles.${role}`) : t('web.roles.nobody'))
  return organization && role === 'member' ? `${what}, ${organization}` : what
}

const languages = ({ t, at, locales }: View): Html => html`
  <form class="languages" method="post" action="${at.language}" aria-label="${t.plain(t('web.language'))}">
    ${locales.map(locale => {
      const current = { name: 'locale', value: locale, lang: locale, 'aria-current': locale === t.locale && 'true' }
      return html`<button class="btn btn-sm"${attributes(current)}>${nameIn(locale)}</button>`
    })}
  </form>`

/** The bot speaks to each person in her own language: where it is not the page's, she can ask for that one. */
const tongue = ({ t, person, at, token }: View): Html =>
  person.locale === t.locale
    ? nothing
    : html`<form ${posting(at.say)}><input type="hidden" name="id" value="${token}-l">
        <button class="btn btn-sm btn-outline-primary" name="text" value="${t.plain(t('web.tongue.words'))}">${t.plain(t('web.tongue.button'))}</button>
      </form>`

const nameIn = (locale: string): string => new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale
