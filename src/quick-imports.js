// Node reads the package.json of a file's package to learn what kind of module the file is, and does not keep it: drizzle-orm
// has more than a hundred files and a package.json of 180 KB, which would make every start a second and a half longer. What its
// modules import beside them is a module too, and is said to be one.
import { registerHooks } from 'node:module'

registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith('.') && context.parentURL?.includes('/node_modules/drizzle-orm/')
      ? { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
      : next(specifier, context),
})
