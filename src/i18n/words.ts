// The keys of the parts that are no feature; each feature declares its own in its messages.ts.
import type console from '#locales/it/console.json'
import type core from '#locales/it/core.json'
import type kit from '#locales/it/kit.json'
import type matrix from '#locales/it/matrix.json'
import type shell from '#locales/it/shell.json'
import type slack from '#locales/it/slack.json'
import type web from '#locales/it/web.json'
import type { KeysOf } from '#src/core/message.ts'

declare module '#src/core/message.ts' {
  interface Words {
    console: KeysOf<typeof console, 'console'>
    core: KeysOf<typeof core, 'core'>
    kit: KeysOf<typeof kit, 'kit'>
    matrix: KeysOf<typeof matrix, 'matrix'>
    shell: KeysOf<typeof shell, 'shell'>
    web: KeysOf<typeof web, 'web'>
    slack: KeysOf<typeof slack, 'slack'>
  }
}
