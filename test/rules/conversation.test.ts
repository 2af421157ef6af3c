import { expect, test } from 'vitest'
import { answer, type Conversation } from '#src/core/conversation.ts'
import { search } from '#src/core/fields.ts'
import { questions } from '#src/core/form.ts'
import { openLanguage } from '#src/i18n/language.ts'

test('a search that is the last question is not ended by a guess: what was found is asked about', async () => {
  const steering = { back: [], skip: [], keep: [], cancel: [], none: [] }
  const only = { value: 'rete', label: 'Conferenza dei servizi in rete' }
  const t = openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })
  const form = { name: 'laboratories.request', fields: { practice: search('practices') } }
  const asked = {
    form,
    questions: questions({ form, about: '', known: {}, options: {} }, t),
    steering,
    find: async () => [only],
  }
  const open: Conversation = {
    member: 'reuser',
    form: form.name,
    about: '',
    subject: null,
    known: {},
    options: {},
    raw: {},
    field: 0,
    found: null,
    place: { platform: 'web', workspace: 'local', id: 'dm:reuser' },
    expiresAt: 0,
  }

  const step = await answer(open, 'si', asked)
  expect(step).toEqual({ kind: 'ask', conversation: { ...open, found: [only] } })
  expect(await answer({ ...open, found: [only] }, '1', asked)).toEqual({ kind: 'complete', raw: { practice: 'rete' } })
  expect(await answer(open, 'conferenza dei servizi in rete', asked)).toMatchObject({ kind: 'complete' })
})
