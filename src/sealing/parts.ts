/** Evidence travels and is stored in parts of this many bytes; the last may be shorter. */
export const partSize = 256 * 1024

/**
 * Cuts a sealed stream into parts of {@link partSize}, holding no more than one part and a chunk in memory.
 *
 * @param sealed - the bytes of an age file, in chunks of any length.
 * @returns the parts in order; only the last may be shorter.
 */
export async function* partsOf(sealed: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  let part = new Uint8Array(partSize)
  let filled = 0
  const reader = sealed.getReader()
  for (;;) {
    const { value, done } = await reader.read()
    if (done) break
    for (let taken = 0; taken < value.length; ) {
      const piece = value.subarray(taken, taken + partSize - filled)
      part.set(piece, filled)
      filled += piece.length
      taken += piece.length
      if (filled === partSize) {
        yield part
        part = new Uint8Array(partSize)
        filled = 0
      }
    }
  }
  if (filled > 0) yield part.subarray(0, filled)
}
