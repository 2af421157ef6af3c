import type { Feature } from '#src/core/feature.ts'

// Provisional while the features are being written side by side: those that are not there yet are left out.
export const features: Feature[] = []
for (const name of ['practices', 'communities', 'laboratories', 'checkins', 'digests']) {
  try {
    features.push((await import(`./${name}/feature.ts`))[name])
  } catch (error) {
    if (!String(error).includes('/feature.ts')) throw error
  }
}
