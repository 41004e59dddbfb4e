const smallest = 2 * 1024
const step = 64 * 1024

/**
 * The size class of a text: the length it is padded to, so that the length of what somebody wrote does not show.
 * Powers of two from 2 KiB to 64 KiB, whole multiples of 64 KiB above.
 */
function sizeClass(length: number): number {
  if (length > step) return Math.ceil(length / step) * step
  let size = smallest
  while (size < length) size *= 2
  return size
}

/** Fills JSON bytes with trailing spaces, which JSON ignores, up to their size class. */
export function padJson(json: Uint8Array): Uint8Array {
  const padded = new Uint8Array(sizeClass(json.length)).fill(0x20)
  padded.set(json)
  return padded
}
