import { readFileSync, writeFileSync } from 'node:fs'
import { core } from '../../src/core/commands-of-core.ts'
import type { Feature, Role } from '../../src/core/feature.ts'
import { questions, title } from '../../src/core/form.ts'
import type { Translate } from '../../src/core/message.ts'
import { features } from '../../src/features/index.ts'
import { openLanguage } from '../../src/i18n/language.ts'
import type { Check } from './lib/check.ts'

const FILE = 'docs/commands.md'
const heading = `# Comandi e moduli · Commands and forms

Generato dal registro delle funzioni con \`npm run docs\`: non si modifica a mano.
Generated from the registry of features with \`npm run docs\`: not to be edited by hand.
`

/** \`docs/commands.md\`, as the registry would have it: every command, who may use it, and every form. */
export function commandsDoc(): string {
  const language = openLanguage()
  const [it, en] = ['it', 'en'].map(locale => language.t({ locale, timezone: 'Europe/Rome' }))
  if (!it || !en) throw new Error('a language is missing')
  return [heading, ...[core, ...features].map(feature => section(feature, it, en))].join('\n')
}

function section(feature: Feature, it: Translate, en: Translate): string {
  const commands = Object.entries(feature.commands ?? {}).map(([id, command]) => {
    const key = `${feature.name}.commands.${id}`
    const said = (t: Translate, part: string): string => cell(t.plain(t.byName(`${key}.${part}`)))
    return `| ${said(it, 'name')} | ${said(en, 'name')} | ${roles(command.for, it)} | ${said(it, 'does')}<br>${said(en, 'does')} |`
  })
  const forms = (feature.forms ?? []).map(({ form, for: allowed }) => {
    const asked = { form, about: '', known: {}, options: {} }
    const english = questions(asked, en)
    const fields = questions(asked, it).map(
      ({ name, label, kind, required }, at) =>
        `| \`${name}\` | ${cell(it.plain(label))} | ${cell(en.plain(english[at]?.label ?? label))} | ${kind} | ${required ? 'sì · yes' : ''} |`,
    )
    const name = `### \`${form.name}\`: ${it.plain(title(form, it))} · ${en.plain(title(form, en))}`
    return [
      `${name}\n\n${roles(allowed, it)}\n`,
      '| Campo | Domanda | Question | Tipo · Kind | Serve · Required |\n|---|---|---|---|---|',
      ...fields,
      '',
    ].join('\n')
  })
  const table = '| Comando | Command | Per chi · For | Che cosa fa · What it does |\n|---|---|---|---|'
  return [`## ${feature.name}\n`, ...(commands.length > 0 ? [table, ...commands, ''] : []), ...forms].join('\n')
}

const roles = (allowed: readonly Role[], t: Translate): string =>
  allowed.map(role => t.plain(t.byName(`core.roles.${role}`))).join(', ')

const cell = (text: string): string => text.replaceAll('|', '·').replaceAll(/\s+/g, ' ').replaceAll('[', '\\[')

export const check: Check = {
  name: 'commands-doc',
  run: () =>
    readFileSync(FILE, 'utf8') === commandsDoc()
      ? []
      : [{ file: FILE, message: 'is not what the registry says: run `npm run docs`' }],
}

if (process.argv.includes('--write')) writeFileSync(FILE, commandsDoc())
