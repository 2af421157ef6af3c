import type { Question } from '#src/core/form.ts'
import type { Translate } from '#src/core/message.ts'
import type { OpenForm } from '#src/core/platform.ts'
import { field } from './fields.ts'
import { type Html, html, posting } from './html.ts'
import type { Attempt } from './pending.ts'

export interface Panel {
  form: OpenForm
  attempt: Attempt
  /** The names of what its search fields hold. */
  names: Readonly<Record<string, string>>
  t: Translate
  /** Addresses: to send it, to drop it, to search in a field. */
  at: { answer: string; cancel: string; search: (field: string) => string }
  token: string
  /** On a page that was loaded whole, it says where to begin; elsewhere the script does, so that no update steals focus. */
  loaded: boolean
}

/** The open form, beneath the messages it came from. Its name changes when it is to be drawn anew: else her words stay. */
export function panel(given: Panel): Html {
  const { form, attempt, t, at, token, loaded } = given
  const problems = attempt.form === form.name ? attempt.problems : {}
  const wrong = form.questions.filter(({ name }) => problems[name])
  const name = `form-${attempt.version}-${form.name.replaceAll('.', '-')}`
  const upload = form.questions.some(({ kind }) => kind === 'file')
  return html`<section class="form-panel" id="${name}" aria-labelledby="${name}-title" lang="${t.locale}" hx-morph-skip>
    <h2 id="${name}-title" tabindex="-1" class="begin"${loaded && wrong.length === 0 ? html` autofocus` : ''}>${t.plain(form.title)}</h2>
    ${wrong.length > 0 ? summary(wrong, t) : ''}
    <form novalidate ${posting(at.answer)}${upload ? html` enctype="multipart/form-data"` : ''}>
      <input type="hidden" name="id" value="${token}">
      ${form.questions.map(question => {
        const problem = problems[question.name]
        const shown = given.names[question.name] ?? question.known ?? ''
        const begin = loaded && question === wrong[0]
        return field({ question, t, search: at.search, shown, begin, ...(problem && { problem }) })
      })}
      <div class="ways">
        <button class="btn btn-primary">${t.plain(t('web.form.send'))}</button>
        <button class="btn btn-outline-primary" form="${name}-cancel">${t.plain(t('web.form.cancel'))}</button>
      </div>
    </form>
    <form id="${name}-cancel" ${posting(at.cancel)}><input type="hidden" name="id" value="${token}-x"></form>
  </section>`
}

const summary = (wrong: readonly Question[], t: Translate): Html => html`
  <div class="problems">
    <p>${t.plain(t('web.form.problems', { count: wrong.length }))}</p>
    <ul>${wrong.map(({ name, label }) => html`<li><a href="#field-${name}">${t.plain(label)}</a></li>`)}</ul>
  </div>`
