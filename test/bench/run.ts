import { benchmark } from './handlers.ts'

console.log(await benchmark.run())
