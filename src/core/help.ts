import type { Role } from './feature.ts'
import type { Block, Message, Translate } from './message.ts'
import type { Registry } from './registry.ts'

/** Closed by default: only a role that is named may. The administrator may do everything. */
export const may = (roles: ReadonlySet<Role>, allowed: readonly Role[]): boolean =>
  roles.has('administrator') || allowed.some(role => roles.has(role))

/** What this person can do, from the registry that checks permissions. */
export function help(t: Translate, registry: Registry, roles: ReadonlySet<Role>): Message {
  const sections = registry.features.flatMap((feature): Block[] => {
    const commands = Object.entries(feature.commands ?? {}).filter(([, command]) => may(roles, command.for))
    if (commands.length === 0) return []
    return [{ type: 'facts', facts: commands.map(([id]) => described(t, `${feature.name}.commands.${id}`)) }]
  })
  return {
    summary: t('core.help.summary'),
    blocks: [{ type: 'text', text: t('core.help.intro') }, ...sections, { type: 'text', text: t('core.help.more') }],
  }
}

const described = (t: Translate, command: string) => {
  const [first = ''] = t.plain(t.byName(`${command}.name`)).split('|')
  return { label: t.literal(first.trim()), value: t.byName(`${command}.does`) }
}

/** For words that are no command: a few things she can do now, each a button. */
export function menu(t: Translate, registry: Registry, roles: ReadonlySet<Role>): Message {
  const offered = [...registry.commands]
    .filter(([, { menu: to, for: allowed }]) => to && may(roles, to === true ? allowed : to))
    .map(([id]) => {
      const [feature, name] = id.split('.')
      return { label: t.byName(`${feature}.commands.${name}.menu`), action: 'core.run', value: id }
    })
  const all = { label: t('core.menu.help'), action: 'core.run', value: 'core.help' }
  return {
    summary: t('core.menu.summary'),
    blocks: [
      { type: 'text', text: t('core.menu.text') },
      { type: 'choices', choices: [...offered.slice(0, 4), all] },
    ],
  }
}

/** A refusal says who can, and the one who hears it what she can do. */
export function refusal(t: Translate, allowed: readonly Role[], roles: ReadonlySet<Role>): Message {
  const who = t.list(allowed.filter(role => role !== 'administrator').map(role => t.plain(t(`core.roles.${role}`))))
  const joining = allowed.includes('member') && !roles.has('economic-operator')
  const text =
    who === '' ? t('core.refused.administrator') : t(joining ? 'core.refused.join' : 'core.refused.text', { who })
  return { summary: text, blocks: [{ type: 'text', text }] }
}
