/** Width and height of a PNG, so that clients leave room for it before it is there; nothing for other files. */
export function sizeOf(bytes: Uint8Array): { w?: number; h?: number } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const isPng = file.length > 24 && file.readUInt32BE(0) === 0x89504e47
  return isPng ? { w: file.readUInt32BE(16), h: file.readUInt32BE(20) } : {}
}
