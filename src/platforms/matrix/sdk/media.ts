// Attachments of encrypted rooms: AES-CTR with a key of their own, which travels in the encrypted message.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'

const keys = z.object({
  url: z.string().startsWith('mxc://'),
  key: z.object({ k: z.string(), alg: z.literal('A256CTR') }),
  iv: z.string(),
  hashes: z.object({ sha256: z.string() }),
})
/** The bytes do not match what the message says of them. */
export class Spoiled extends Error {}

const unpadded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64').replaceAll('=', '')

/** Sealed bytes, and what opens them when it is put beside their address. */
export function seal(bytes: Uint8Array): { sealed: Uint8Array; keys: Record<string, unknown> } {
  const key = randomBytes(32)
  // The counter is the lower half: it starts at zero so that it cannot run over.
  const iv = Buffer.concat([randomBytes(8), Buffer.alloc(8)])
  const cipher = createCipheriv('aes-256-ctr', key, iv)
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()])
  return {
    sealed,
    keys: {
      v: 'v2',
      key: { kty: 'oct', key_ops: ['encrypt', 'decrypt'], alg: 'A256CTR', k: key.toString('base64url'), ext: true },
      iv: unpadded(iv),
      hashes: { sha256: unpadded(createHash('sha256').update(sealed).digest()) },
    },
  }
}

export function unseal(sealed: Uint8Array, encrypted: unknown): Uint8Array {
  const { key, iv, hashes } = keys.parse(encrypted)
  if (unpadded(createHash('sha256').update(sealed).digest()) !== hashes.sha256.replaceAll('=', ''))
    throw new Spoiled('the file is not the one that was sent')
  const decipher = createDecipheriv('aes-256-ctr', Buffer.from(key.k, 'base64url'), Buffer.from(iv, 'base64'))
  return Buffer.concat([decipher.update(sealed), decipher.final()])
}
