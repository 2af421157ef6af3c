/** The engine is a property of the process: tables are built in its dialect when they are first read. */
export type Engine = 'sqlite'
export const engine: Engine = 'sqlite'
