const strict = new TextDecoder('utf-8', { fatal: true })

/** The text in a file, without its byte order mark; nothing where the bytes are in another encoding, UTF-16 included. */
export function textIn(bytes: Uint8Array): string | undefined {
  try {
    const text = strict.decode(bytes)
    return text.includes('\0') ? undefined : text // UTF-16 without a mark reads as letters with zeros between them
  } catch {
    return undefined // a strict decoder has no other way to say so
  }
}
