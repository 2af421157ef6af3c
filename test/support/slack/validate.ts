// What Slack would refuse, by the limits of docs.slack.dev: written from the documentation, not from our renderer.

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isObject) : [])
const size = (value: unknown): number => (typeof value === 'string' ? value.length : -1)

type Find = (problem: string) => void

/** Everything wrong with a message's blocks; empty when Slack takes them. */
export function problemsOfMessage(blocks: unknown): string[] {
  const found: string[] = []
  if (!Array.isArray(blocks)) return ['blocks are no list']
  if (blocks.length === 0 || blocks.length > 50) found.push(`${blocks.length} blocks in a message`)
  checkBlocks(blocks, new Set(['actions', 'context', 'divider', 'header', 'image', 'rich_text', 'section']), p =>
    found.push(p),
  )
  const text = list(blocks).reduce((sum, block) => sum + JSON.stringify(block).length, 0)
  if (text > 60_000) found.push(`${text} characters of blocks`)
  return found
}

/** Everything wrong with a modal or a home. */
export function problemsOfView(view: unknown): string[] {
  const found: string[] = []
  const find: Find = problem => found.push(problem)
  if (!isObject(view)) return ['no view']
  const { type, title, submit, close, private_metadata = '', callback_id = '', blocks } = view
  if (type !== 'modal' && type !== 'home') find(`a view of type ${String(type)}`)
  if (type === 'modal') plain(title, 24, 'title', find)
  if (submit) plain(submit, 24, 'submit', find)
  if (close) plain(close, 24, 'close', find)
  if (size(private_metadata) > 3000) find('private_metadata is too long')
  if (size(callback_id) > 255) find('callback_id is too long')
  if (!Array.isArray(blocks) || blocks.length === 0 || blocks.length > 100)
    find(`a view without blocks, or with too many`)
  if (list(blocks).some(block => block.type === 'input') && !submit) find('inputs without a submit button')
  if (JSON.stringify(view).length > 250_000) find('the view is larger than 250 KB')
  const allowed = [
    'actions',
    'context',
    'divider',
    'header',
    'image',
    'rich_text',
    'section',
    ...(type === 'modal' ? ['input'] : []),
  ]
  checkBlocks(blocks, new Set(allowed), find)
  return found
}

function checkBlocks(blocks: unknown, allowed: ReadonlySet<string>, find: Find): void {
  const ids = list(blocks).flatMap(({ block_id }) => (typeof block_id === 'string' ? [block_id] : []))
  if (new Set(ids).size < ids.length) find('two blocks have the same block_id')
  if (ids.some(id => id === '' || id.length > 255)) find('a block_id is empty or too long')
  for (const block of list(blocks)) {
    if (!allowed.has(String(block.type))) find(`a block of type ${String(block.type)} here`)
    checks[String(block.type)]?.(block, find)
  }
}

const checks: Record<string, (block: Json, find: Find) => void> = {
  rich_text: (block, find) => {
    if (list(block.elements).length === 0) find('empty rich text')
    for (const part of list(block.elements)) richPart(part, find)
    if (richLength(block) > 3000) find(`rich text of ${richLength(block)} characters`)
  },
  section: ({ text, fields }, find) => {
    if (text) anyText(text, 3000, 'section', find)
    if (list(fields).length > 10) find('more than 10 fields')
    for (const field of list(fields)) anyText(field, 2000, 'field', find)
  },
  header: ({ text }, find) => plain(text, 150, 'header', find),
  image: ({ alt_text, slack_file, image_url }, find) => {
    if (size(alt_text) < 1 || size(alt_text) > 2000) find('an image without alt text, or with too much')
    if (!isObject(slack_file) && !image_url) find('an image of nothing')
  },
  actions: ({ elements }, find) => {
    const all = list(elements)
    if (all.length < 1 || all.length > 25) find(`${all.length} elements in one block of actions`)
    const ids = all.map(each => each.action_id)
    if (new Set(ids).size < ids.length) find('two elements have the same action_id')
    for (const each of all) element(each, find)
  },
  input: ({ label, hint, element: inside }, find) => {
    plain(label, 2000, 'label', find)
    if (hint) plain(hint, 2000, 'hint', find)
    if (isObject(inside)) element(inside, find)
    else find('an input of nothing')
  },
}

function richPart(part: Json, find: Find): void {
  const kinds = ['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted']
  if (!kinds.includes(String(part.type))) find(`rich text of type ${String(part.type)}`)
  if (part.type === 'rich_text_list') {
    for (const item of list(part.elements)) richPart(item, find)
    return
  }
  if (list(part.elements).length === 0) find('an empty part of rich text')
  for (const each of list(part.elements)) {
    if (each.type === 'text' && size(each.text) < 1) find('an empty text element')
    if (each.type === 'link' && !/^(https?|mailto):\S+$/.test(String(each.url))) find(`a link to ${String(each.url)}`)
    if (each.type === 'link' && size(each.url) > 3000) find('a link that is too long')
    if (!['text', 'link', 'date', 'emoji'].includes(String(each.type))) find(`${String(each.type)} in rich text`)
  }
}
export const richLength = (block: Json): number =>
  list(block.elements).reduce((sum, each) => sum + (each.elements ? richLength(each) : Math.max(0, size(each.text))), 0)

function element(each: Json, find: Find): void {
  const type = String(each.type)
  if (size(each.action_id) > 255) find('an action_id is too long')
  if (type === 'button') {
    plain(each.text, 75, 'button', find)
    if (size(each.value) > 2000 || size(each.value) === 0) find('the value of a button is empty or too long')
    if (each.style !== undefined && each.style !== 'primary' && each.style !== 'danger')
      find(`style ${String(each.style)}`)
  }
  if (each.placeholder) plain(each.placeholder, 150, 'placeholder', find)
  if (type === 'plain_text_input' && size(each.initial_value) > 3000) find('an initial value is too long')
  if (type === 'external_select' && each.initial_option) option(each.initial_option, find)
  if (type in most) choices(each, most[type] ?? 0, find)
}
const most: Record<string, number> = { static_select: 100, multi_static_select: 100, radio_buttons: 10, checkboxes: 10 }

function choices(each: Json, limit: number, find: Find): void {
  const groups = list(each.option_groups)
  if (groups.length > 100) find(`${groups.length} groups of options`)
  for (const group of groups) plain(group.label, 75, 'group', find)
  const sets = groups.length > 0 ? groups.map(group => list(group.options)) : [list(each.options)]
  for (const options of sets) if (options.length < 1 || options.length > limit) find(`${options.length} options`)
  const all = sets.flat()
  for (const one of all) option(one, find)
  const values = all.map(one => one.value)
  if (new Set(values).size < values.length) find('two options have the same value')
  const initial = [...list(each.initial_options), ...(isObject(each.initial_option) ? [each.initial_option] : [])]
  const known = new Set(all.map(one => JSON.stringify(one)))
  if (initial.some(one => !known.has(JSON.stringify(one)))) find('an initial option is not among the options')
}

export function option(one: unknown, find: Find): void {
  if (!isObject(one)) {
    find('no option')
    return
  }
  plain(one.text, 75, 'option', find)
  if (one.description) plain(one.description, 75, 'description', find)
  if (size(one.value) < 1 || size(one.value) > 150) find(`an option's value has ${size(one.value)} characters`)
}

function plain(text: unknown, limit: number, what: string, find: Find): void {
  if (!isObject(text) || text.type !== 'plain_text') {
    find(`${what} is not plain text`)
    return
  }
  if (size(text.text) < 1 || size(text.text) > limit) find(`${what} has ${size(text.text)} characters`)
}
function anyText(text: unknown, limit: number, what: string, find: Find): void {
  if (!isObject(text) || size(text.text) < 1 || size(text.text) > limit) {
    find(`${what} is empty or too long`)
    return
  }
  if (text.type === 'mrkdwn' && /<(?!https?:|mailto:|#|@|!date)/.test(String(text.text))) find(`${what} is not escaped`)
}
