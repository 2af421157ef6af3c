import type { Option, Question } from '#src/core/form.ts'
import { type Markdown, type Translate, unreachable } from '#src/core/message.ts'
import { attributes, type Html, html, nothing } from './html.ts'
import { line } from './markdown.ts'

/** A question as it is drawn. */
export interface Asked {
  question: Question
  /** In the words of who answers. */
  t: Translate
  problem?: Markdown
  /** Where a search field asks what it finds. */
  search: (field: string) => string
  /** What stands in it: the name of the thing, where it holds one. */
  shown: string
  /** Whether the page begins here. */
  begin: boolean
}

const idOf = ({ name }: Question): string => `field-${name}`
/** A question with its label, its hint, what is wrong with its answer, and the control that takes one. */
export function field(asked: Asked): Html {
  const { question } = asked
  switch (question.kind) {
    case 'line':
    case 'number':
    case 'date':
      return labelled(asked, written(asked, question.kind))
    case 'paragraph':
      return labelled(asked, html`<textarea class="form-control" rows="4"${common(asked)}>${asked.shown}</textarea>`)
    case 'search':
      return labelled(asked, searched(asked))
    case 'file':
      return labelled(asked, html`<input class="form-control" type="file"${common(asked)}>`)
    case 'pick':
      return (question.options ?? []).length > MANY ? labelled(asked, menu(asked)) : group(asked, 'radio')
    case 'picks':
      return group(asked, 'checkbox')
    default:
      return unreachable(question.kind)
  }
}

/** More options than these are a menu. */
const MANY = 8

function labelled(asked: Asked, control: Html): Html {
  const { question, t, problem } = asked
  return html`<div class="field${problem ? ' wrong' : ''}">
    <label for="${idOf(question)}">${t.plain(question.label)}${optional(asked)}</label>
    ${besides(asked)}${control}
  </div>`
}

const optional = ({ question, t }: Asked): Html =>
  question.required ? nothing : html` <span class="optional">${t.plain(t('web.form.optional'))}</span>`

function besides({ question, t, problem }: Asked): Html {
  const hint = question.hint ? html`<p class="hint" id="${idOf(question)}-hint">${line(question.hint)}</p>` : nothing
  if (!problem) return hint
  const mark = t.plain(t('web.form.problem'))
  return html`${hint}<p class="problem" id="${idOf(question)}-problem"><strong>${mark}</strong> ${line(problem)}</p>`
}

const describedBy = ({ question, problem }: Asked): string =>
  [question.hint && `${idOf(question)}-hint`, problem && `${idOf(question)}-problem`].filter(Boolean).join(' ')

const common = (asked: Asked): Html =>
  html`${attributes({
    id: idOf(asked.question),
    name: `field.${asked.question.name}`,
    required: asked.question.required,
    'aria-describedby': describedBy(asked),
    'aria-invalid': asked.problem && 'true',
    autofocus: asked.begin,
  })}`

const typeOf = { line: {}, number: { inputmode: 'numeric' }, date: { type: 'date' } } as const

const written = (asked: Asked, kind: keyof typeof typeOf): Html =>
  html`<input class="form-control"${attributes({ type: 'text', ...typeOf[kind], value: asked.shown, autocomplete: 'off' })}${common(asked)}>`

/** Suggestions come while she types; without JavaScript the name is typed, and the bot finds it or asks again. */
function searched(asked: Asked): Html {
  const list = `${idOf(asked.question)}-found`
  const asks = {
    type: 'text',
    value: asked.shown,
    autocomplete: 'off',
    list,
    'hx-get': asked.search(asked.question.name),
    'hx-trigger': 'input delay:200ms, focus once',
    'hx-target': `#${list}`,
    'hx-swap': 'innerHTML',
  }
  return html`<input class="form-control"${attributes(asks)}${common(asked)}><datalist id="${list}"></datalist>`
}

/** What a search found, for its list. */
export const suggestions = (found: readonly Option[]): Html =>
  html`${found.map(({ label }) => html`<option value="${label}"></option>`)}`

const menu = (asked: Asked): Html => html`<select class="form-select"${common(asked)}>
  <option value="">${asked.t.plain(asked.t('web.form.choose'))}</option>
  ${(asked.question.options ?? []).map(
    ({ value, label }) => html`<option${attributes({ value, selected: value === asked.shown })}>${label}</option>`,
  )}
</select>`

function group(asked: Asked, type: 'radio' | 'checkbox'): Html {
  const { question, t, problem, shown, begin } = asked
  const chosen = type === 'checkbox' ? shown.split(',') : [shown]
  const about = {
    id: idOf(question),
    'aria-describedby': describedBy(asked),
    tabindex: problem && -1,
    autofocus: begin,
  }
  return html`<fieldset class="field${problem ? ' wrong' : ''}"${attributes(about)}>
    <legend>${t.plain(question.label)}${optional(asked)}</legend>
    ${besides(asked)}
    ${(question.options ?? []).map(({ value, label }, at) => {
      const id = `${idOf(question)}-${at}`
      const name = `field.${question.name}`
      const state = { id, type, name, value, checked: chosen.includes(value) }
      const required = type === 'radio' && question.required
      return html`<div class="form-check"><input${attributes({ ...state, required })}><label for="${id}">${label}</label></div>`
    })}
  </fieldset>`
}
