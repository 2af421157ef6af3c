import type { Command, Role } from './feature.ts'
import type { Block, Choice, Message, Translate } from './message.ts'
import type { Near } from './near.ts'
import type { Registry } from './registry.ts'

/** Closed by default: only a role that is named may. The administrator may do everything. */
export const may = (roles: ReadonlySet<Role>, allowed: readonly Role[]): boolean =>
  roles.has('administrator') || allowed.some(role => roles.has(role))

/** Whether the help and the menus tell somebody of a command. */
const isFor = (roles: ReadonlySet<Role>, { for: allowed, hiddenFrom = [] }: Command): boolean =>
  may(roles, allowed) && !hiddenFrom.some(role => roles.has(role))

/** What this person can do, from the registry that checks permissions. */
export function help(t: Translate, registry: Registry, roles: ReadonlySet<Role>): Message {
  const sections = registry.features.flatMap((feature): Block[] => {
    const commands = Object.entries(feature.commands ?? {}).filter(([, command]) => isFor(roles, command))
    if (commands.length === 0) return []
    const heading = `${feature.name}.heading`
    const titled: Block[] = t.has(heading) ? [{ type: 'text', text: t.byName(heading) }] : []
    return [...titled, { type: 'facts', facts: commands.map(([id]) => described(t, `${feature.name}.commands.${id}`)) }]
  })
  return {
    summary: t('core.help.summary'),
    blocks: [
      { type: 'text', text: t('core.help.intro') },
      ...sections,
      { type: 'text', text: t('core.help.more') },
      { type: 'choices', choices: offered(t, registry, roles) },
    ],
  }
}

const described = (t: Translate, command: string) => {
  const [first = ''] = t.plain(t.byName(`${command}.name`)).split('|')
  return { label: t.literal(first.trim()), value: t.byName(`${command}.does`) }
}

/** A few things she can do now, each a button. */
function offered(t: Translate, registry: Registry, roles: ReadonlySet<Role>): Choice[] {
  const all = [...registry.commands]
    .filter(([, { menu: to, ...command }]) => to && isFor(roles, to === true ? command : { ...command, for: to }))
    .map(([id]) => {
      const [feature, name] = id.split('.')
      return { label: t.byName(`${feature}.commands.${name}.menu`), action: 'core.run', value: id }
    })
  return all.slice(0, 4)
}

/** For words that are no command: the one they almost were, or a few things to begin with. */
export function menu(t: Translate, registry: Registry, roles: ReadonlySet<Role>, near?: Near): Message {
  const all = { label: t('core.menu.help'), action: 'core.run', value: 'core.help' }
  const text = near ? t('core.menu.near', { command: near.written }) : t('core.menu.text')
  const choices = near ? [almost(t, near)] : offered(t, registry, roles)
  return {
    summary: near ? text : t('core.menu.summary'),
    blocks: [
      { type: 'text', text },
      { type: 'choices', choices: [...choices, all] },
    ],
  }
}

const almost = (t: Translate, { command, written, rest }: Near): Choice => ({
  label: t.literal(`${written} ${rest}`.trim()),
  action: 'core.run',
  value: `${command} ${rest}`.trim(),
})

/** A refusal says who can, and the one who hears it what she can do. */
export function refusal(t: Translate, allowed: readonly Role[], roles: ReadonlySet<Role>): Message {
  const who = t.either(allowed.filter(role => role !== 'administrator').map(role => t.plain(t(`core.roles.${role}`))))
  const joining = allowed.includes('member') && !roles.has('economic-operator')
  const text =
    who === '' ? t('core.refused.administrator') : t(joining ? 'core.refused.join' : 'core.refused.text', { who })
  return { summary: text, blocks: [{ type: 'text', text }] }
}
