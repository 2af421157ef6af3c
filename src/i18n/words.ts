// The keys of the parts that are no feature; each feature declares its own in its messages.ts.
import type core from '#locales/it/core.json'
import type { KeysOf } from '#src/core/message.ts'

declare module '#src/core/message.ts' {
  interface Words {
    core: KeysOf<typeof core, 'core'>
  }
}
