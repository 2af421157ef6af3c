import { afterAll, expect } from 'vitest'
import { closeWorkspaces } from './stage.ts'

/** Every other file of scenarios speaks over a socket, and the others by signed requests. */
const file = expect.getState().testPath ?? ''
process.env.SLACK_MODE = file.length % 2 === 0 ? 'socket' : 'http'
afterAll(closeWorkspaces)
