import { type Check, ok } from './check.ts'

/** An older Node never gets here: `bot.js` says so. */
export const runtime: Check = ({ t }) => [ok('Node', t('shell.doctor.node', { version: process.versions.node }))]
