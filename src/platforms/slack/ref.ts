/** Our reference to a message: its channel and its time, which together are its name in Slack. */
export const refOf = (channel: string, ts: string): string => `${channel}/${ts}`

export const parted = (ref: string): { channel: string; ts: string } => {
  const [channel = '', ts = ''] = ref.split('/')
  return { channel, ts }
}

/** Stands for the time of a message that was shown to one person and that nobody can find again. */
export const SHOWN_ONCE = 'once'
