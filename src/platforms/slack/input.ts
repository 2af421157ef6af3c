import type { InputBlockElement, PlainTextOption } from '@slack/types'
import type { Option, Question } from '#src/core/form.ts'
import type { Translate } from '#src/core/message.ts'
import { MOST, shorten } from './limits.ts'
import { option, plainText } from './render.ts'

const ACTION = 'answer'

/** The element in which one question is answered; `found` is what a search field holds already. */
export function inputOf(question: Question, found: Option | undefined, t: Translate): InputBlockElement {
  const { known, kind } = question
  switch (kind) {
    case 'line':
    case 'paragraph': {
      const text = shorten(known ?? '', MOST.input)
      return { type: 'plain_text_input', action_id: ACTION, multiline: kind === 'paragraph', ...initialValue(text) }
    }
    case 'date':
      return { type: 'datepicker', action_id: ACTION, ...initialDate(known) }
    case 'number':
      return { type: 'number_input', action_id: ACTION, is_decimal_allowed: false, ...initialNumber(known) }
    case 'file':
      return { type: 'file_input', action_id: ACTION, max_files: 1 }
    case 'pick':
      return one(question.options ?? [], question, t)
    case 'picks':
      return several(question.options ?? [], known, t)
    case 'search':
      return {
        type: 'external_select',
        // Its name goes with every search: the source is what answers it.
        action_id: question.source ?? ACTION,
        min_query_length: 0,
        placeholder: plainText(t.plain(t('slack.search')), MOST.optionLabel),
        ...(found && { initial_option: option(found.label, found.value) }),
      }
  }
}

const initialValue = (text: string) => (text === '' ? {} : { initial_value: text })
const initialNumber = (known = '') => (/^[+-]?\d+$/.test(known) ? { initial_value: known } : {})

/** A day as machines write it, from either way in which people do. */
function initialDate(known = ''): { initial_date?: string } {
  const [, day = '', month = '', year] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(known) ?? []
  const iso = year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : known
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) ? { initial_date: iso } : {}
}

function one(choices: readonly Option[], { known, required }: Question, t: Translate): InputBlockElement {
  const options = choices.map(each => option(each.label, each.value))
  const chosen = options.find(({ value }) => value === known)
  const initial = chosen ? { initial_option: chosen } : {}
  // A radio button that was pressed cannot be let go: only for what has to be answered.
  if (required && options.length <= MOST.buttons)
    return { type: 'radio_buttons', action_id: ACTION, options, ...initial }
  return { type: 'static_select', action_id: ACTION, placeholder: choose(t), ...grouped(options), ...initial }
}

function several(choices: readonly Option[], known: string | undefined, t: Translate): InputBlockElement {
  const options = choices.map(each => option(each.label, each.value))
  const before = (known ?? '').split(',').map(each => each.trim())
  const chosen = options.filter(({ value }) => before.includes(value ?? ''))
  const initial = chosen.length > 0 ? { initial_options: chosen } : {}
  if (options.length <= MOST.radios) return { type: 'checkboxes', action_id: ACTION, options, ...initial }
  return { type: 'multi_static_select', action_id: ACTION, placeholder: choose(t), ...grouped(options), ...initial }
}

const choose = (t: Translate) => plainText(t.plain(t('slack.choose')), MOST.optionLabel)

/** A menu takes a hundred options, or a hundred groups of them. */
function grouped(options: PlainTextOption[]) {
  if (options.length <= MOST.options) return { options }
  const groups = Array.from({ length: Math.ceil(options.length / MOST.options) }, (_, at) => {
    const from = at * MOST.options
    const part = options.slice(from, from + MOST.options)
    return { label: plainText(`${from + 1}–${from + part.length}`, MOST.optionLabel), options: part }
  })
  return { option_groups: groups.slice(0, MOST.options) }
}
