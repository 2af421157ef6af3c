import { z } from 'zod'
import type { PlatformName } from '#src/core/interaction.ts'

/** An account or a place as its platform knows it. */
export interface Native {
  platform: PlatformName
  workspace: string
  address: string
}

const native = (reason: string, pattern: RegExp, read: (written: string) => Native) =>
  z
    .string()
    .regex(pattern, { error: reason })
    .transform(written => read(written))

// The local workspace and the terminal share these identities.
const local = (address: string): Native => ({ platform: 'web', workspace: 'local', address })
const slack = (written: string): Native => {
  const [workspace = '', address = ''] = written.split('/')
  return { platform: 'slack', workspace, address }
}
const matrix = (written: string): Native => {
  const workspace = written.slice(written.indexOf(':') + 1)
  return { platform: 'matrix', workspace, address: written }
}

/** `slack: T1/U1`, `matrix: "@name:server"`, `web: name`. */
export const accounts = {
  slack: native('badSlackAccount', /^[TE][A-Z0-9]*\/[UW][A-Z0-9]*$/, slack).optional(),
  matrix: native('badMatrixAccount', /^@[^\s:]+:[^\s/]+$/, matrix).optional(),
  web: native('badWebAccount', /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, local).optional(),
}
/** `slack: T1/C1`, `matrix: "#name:server"`, `web: "#name"`. */
export const addresses = {
  slack: native('badSlackPlace', /^[TE][A-Z0-9]*\/[CG][A-Z0-9]*$/, slack).optional(),
  matrix: native('badMatrixPlace', /^[#!][^\s:]+:[^\s/]+$/, matrix).optional(),
  web: native('badWebPlace', /^#[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, local).optional(),
}
export type Identities = { slack?: Native | undefined; matrix?: Native | undefined; web?: Native | undefined }

export const identities = ({ slack, matrix, web }: Identities): Native[] =>
  [slack, matrix, web].flatMap(each => each ?? [])

/** As it is written in the kit. */
export const written = ({ platform, workspace, address }: Native): string =>
  platform === 'slack' ? `${workspace}/${address}` : address
