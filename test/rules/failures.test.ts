import { expect, test } from 'vitest'
import { explained } from '#src/cli/failures.ts'
import { openLanguage } from '#src/i18n/language.ts'

const t = openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' })

test('what may not be written is named, and not what was read for it', () => {
  const about = { code: 'EACCES', path: '/srv/copia.db', dest: '/srv/chiusa/animatore.db' }
  const told = t.plain(explained(Object.assign(new Error('copyfile'), about), t) ?? t.literal(''))
  expect(told).toContain('/srv/chiusa/animatore.db')
  expect(told).not.toContain('copia.db')
})
