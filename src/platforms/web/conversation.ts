import { type Html, html, nothing, posting } from './html.ts'
import { icon } from './icon.ts'
import { messages } from './messages.ts'
import { panel } from './panel.ts'
import { doorName } from './sidebar.ts'
import type { View } from './view.ts'

/** The place that is open: what was said, the form that waits, and where to write. */
export const conversation = (view: View): Html => html`
  <main id="main" tabindex="-1">
    <div class="place">
      <h1>${doorName(view.here, view)}</h1>
      ${view.here.direct || !view.here.inside ? '' : walking('leave', view)}
    </div>
    ${view.here.inside ? inside(view) : outside(view)}
  </main>`

function inside(view: View): Html {
  const { t, form, at, token, loaded } = view
  const open = form && {
    form: form.open,
    attempt: form.attempt,
    names: form.names,
    t: form.t,
    at: { answer: at.answer, cancel: at.cancel, search: at.search },
    token,
    loaded,
  }
  return html`
    <div class="feed" tabindex="0" role="region" aria-label="${t.plain(t('web.feed'))}"><div class="rolls">
      ${view.more ? html`<p class="earlier"><a href="${at.page}?last=2000">${t.plain(t('web.earlier'))}</a></p>` : ''}
      ${view.said.length === 0 ? welcome(view) : ''}
      <div role="log" aria-label="${t.plain(t('web.messages'))}"><ol class="messages">${messages(view)}</ol></div>
      ${open ? panel(open) : ''}
    </div></div>
    ${composer(view)}`
}

const welcome = ({ t, here, at, token }: View): Html =>
  here.direct
    ? html`<div class="welcome">
        <p>${t.plain(t('web.welcome.direct'))}</p>
        <form ${posting(at.say)}><input type="hidden" name="id" value="${token}-w">
          <button class="btn btn-primary" name="text" value="${t.plain(t('web.welcome.word'))}">${t.plain(t('web.welcome.button'))}</button>
        </form>
      </div>`
    : html`<div class="welcome"><p>${t.plain(t('web.welcome.place'))}</p></div>`

const outside = (view: View): Html => html`<div class="feed"><div class="welcome">
    <p>${view.t.plain(view.t('web.outside', { place: doorName(view.here, view) }))}</p>
    ${walking('enter', view)}
  </div></div>`

const walking = (way: 'enter' | 'leave', { t, at, token }: View): Html => html`
  <form ${posting(at[way])}><input type="hidden" name="id" value="${token}-${way}">
    <button class="btn btn-sm ${way === 'enter' ? 'btn-primary' : 'btn-outline-primary'}">${t.plain(t(`web.places.${way}`))}</button>
  </form>`

/** Enter sends and Shift+Enter goes to a new line, where there is JavaScript; the button always sends. */
function composer(view: View): Html {
  const { t, at, token, here } = view
  const hint = here.direct ? html`<p class="hint" id="text-hint">${t.plain(t('web.composer.hint'))}</p>` : nothing
  return html`<form class="composer" id="composer" ${posting(at.say)} enctype="multipart/form-data" data-sends>
    <input type="hidden" name="id" value="${token}">
    <label class="visually-hidden" for="text">${t.plain(t('web.composer.label', { place: doorName(here, view) }))}</label>
    <textarea class="form-control" id="text" name="text" rows="1"${here.direct ? html` aria-describedby="text-hint"` : ''} hx-morph-skip></textarea>
    <button class="btn btn-primary">${t.plain(t('web.composer.send'))}</button>
    <details class="attach" id="attach"><summary>${icon('clip')}<span>${t.plain(t('web.composer.attach'))}</span></summary>
      <label class="visually-hidden" for="file">${t.plain(t('web.composer.file'))}</label>
      <input class="form-control" type="file" id="file" name="file" hx-morph-skip>
    </details>
    ${hint}
  </form>`
}
