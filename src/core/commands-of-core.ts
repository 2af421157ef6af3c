import type { Feature } from './feature.ts'
import { silence } from './interaction.ts'

/** The two commands that belong to no feature. Dispatch answers them itself, because it alone holds the registry. */
export const core: Feature = {
  name: 'core',
  commands: {
    help: { for: ['anyone'], run: async () => silence },
    cancel: { for: ['anyone'], run: async () => silence },
  },
}
