import { openLanguage } from '#src/i18n/language.ts'
import { demoKit } from '#src/kit/demo.ts'
import { preparing } from '#src/kit/prepare.ts'

/** The demo community, applied as any kit is. */
export const demonstration = preparing(demoKit(), openLanguage().t({ locale: 'it', timezone: 'Europe/Rome' }))
