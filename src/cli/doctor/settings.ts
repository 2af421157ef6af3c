import type { Inspected, SettingName } from '#src/config.ts'
import type { Translate } from '#src/core/message.ts'
import { type Check, type Finding, ok, todo } from './check.ts'

export const settings: Check = ({ t, inspected }) => ofSettings(t, inspected)

/** Every setting by itself, then those that need one another. */
export function ofSettings(t: Translate, inspected: readonly Inspected[]): Finding[] {
  const given = new Set(inspected.filter(each => each.given).map(({ name }) => name))
  return [...inspected.map(each => one(t, each)), ...together(t, name => given.has(name))]
}

function one(t: Translate, { name, given, file, problem }: Inspected): Finding {
  if (problem !== undefined && file !== undefined && !given)
    return todo(name, t('shell.doctor.unreadableFile', { name: `${name}_FILE`, file }))
  if (problem !== undefined) return todo(name, t(`shell.doctor.write.${name}`))
  if (!given) return ok(name, t('shell.doctor.notGiven'))
  return ok(name, file === undefined ? t('shell.doctor.given') : t('shell.doctor.givenIn', { file }))
}

/** A platform is configured whole or not at all. */
function together(t: Translate, has: (name: SettingName) => boolean): Finding[] {
  const slack = has('SLACK_BOT_TOKEN') || has('SLACK_APP_TOKEN') || has('SLACK_SIGNING_SECRET')
  const matrix = has('MATRIX_HOMESERVER_URL') || has('MATRIX_USER_ID') || has('MATRIX_ACCESS_TOKEN')
  const lacking = [
    slack && !has('SLACK_BOT_TOKEN') && todo('Slack', t('shell.doctor.lacks', { name: 'SLACK_BOT_TOKEN' })),
    slack &&
      !has('SLACK_APP_TOKEN') &&
      !has('SLACK_SIGNING_SECRET') &&
      todo('Slack', t('shell.doctor.lacksOneOf', { name: 'SLACK_APP_TOKEN', other: 'SLACK_SIGNING_SECRET' })),
    matrix &&
      !has('MATRIX_HOMESERVER_URL') &&
      todo('Matrix', t('shell.doctor.lacks', { name: 'MATRIX_HOMESERVER_URL' })),
    matrix && !has('MATRIX_USER_ID') && todo('Matrix', t('shell.doctor.lacks', { name: 'MATRIX_USER_ID' })),
    matrix &&
      !has('MATRIX_ACCESS_TOKEN') &&
      !has('MATRIX_PASSWORD') &&
      todo('Matrix', t('shell.doctor.lacksOneOf', { name: 'MATRIX_ACCESS_TOKEN', other: 'MATRIX_PASSWORD' })),
  ]
  return lacking.filter(each => each !== false)
}
