// What a person puts into a modal, as Slack sends it.

import { type Json, list, optionOf, optionsOf } from './draw.ts'
import { searches, uploads } from './hands.ts'
import type { Rig } from './rig.ts'
import type { Modal } from './screen.ts'

/** Fills in the fields she names, and leaves the others as they stand. */
export async function filled(rig: Rig, person: string, modal: Modal, given: Record<string, string>): Promise<Json> {
  const values: Json = {}
  const inputs = list(modal.view.blocks).filter(({ type }) => type === 'input')
  const names = inputs.map(({ block_id }) => String(block_id))
  const stranger = Object.keys(given).find(name => !names.includes(name))
  if (stranger !== undefined) throw new Error(`console.noField ${stranger}`)
  for (const { block_id, element } of inputs) {
    const name = String(block_id)
    const inside = element as Json
    const goesOn = name.includes('/') && given[name.split('/')[0] ?? ''] !== undefined
    const raw = given[name] ?? (goesOn ? '' : undefined)
    const one = raw === undefined ? untouched(inside) : await touched(rig, person, modal, { name, inside, raw })
    values[name] = { [String(inside.action_id)]: one }
  }
  return values
}

function untouched({ type, initial_value, initial_date, initial_option, initial_options }: Json): Json {
  return {
    type,
    value: initial_value ?? null,
    selected_date: initial_date ?? null,
    selected_option: initial_option ?? null,
    selected_options: initial_options ?? [],
    files: [],
  }
}

async function touched(
  rig: Rig,
  person: string,
  modal: Modal,
  { name, inside, raw }: { name: string; inside: Json; raw: string },
): Promise<Json> {
  const { type } = inside
  switch (type) {
    case 'datepicker':
      return { type, selected_date: raw === '' ? null : raw }
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: chosen(inside, raw) }
    case 'multi_static_select':
    case 'checkboxes':
      return {
        type,
        selected_options: raw
          .split(',')
          .filter(Boolean)
          .map(each => chosen(inside, each.trim())),
      }
    case 'external_select':
      return { type, selected_option: await found(rig, person, modal, name, raw) }
    case 'file_input':
      return { type, files: raw === '' ? [] : [await uploads(rig, person, raw)] }
    default:
      return { type, value: raw === '' ? null : raw }
  }
}

/** What she cannot choose, somebody hostile sends anyway. */
const hostile = (value: string): Json => ({ text: { type: 'plain_text', text: value }, value })
const chosen = (element: Json, raw: string): Json | null => {
  if (raw === '') return null
  const one = optionsOf(element).find(({ value, label }) => value === raw || label.toLowerCase() === raw.toLowerCase())
  return hostile(one?.value ?? raw)
}
async function found(rig: Rig, person: string, modal: Modal, name: string, raw: string): Promise<Json | null> {
  if (raw === '') return null
  const options = await searches(rig, person, modal, name, raw)
  const one = options.find(each => optionOf(each).value === raw) ?? (options.length === 1 ? options[0] : undefined)
  return one ?? hostile(raw)
}
