/** What the bot needs to know of a server, and the server's own names of the plan's places and people. */
export interface Server {
  platform: 'slack' | 'matrix'
  settings: Record<string, string>
  workspace: string
  places: string[]
  people: string[]
}
