/**
 * Tells how much of a stream has gone by, from 0 to 1.
 *
 * @param size - bytes expected.
 */
export function withProgress(
  bytes: ReadableStream<Uint8Array>,
  size: number,
  onProgress: (done: number) => void,
): ReadableStream<Uint8Array> {
  let gone = 0
  return bytes.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, out) {
        gone += chunk.length
        onProgress(Math.min(1, gone / size))
        out.enqueue(chunk)
      },
    }),
  )
}

/** Kinds of pictures that are shown, by what the bytes are and never by what the file says it is. */
export type Picture = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'

/** Most pixels of a picture that is shown: a small file can claim to be enormous. */
export const mostPixels = 50_000_000

/**
 * What kind of picture the bytes are, and how large it says it is; null: none that is shown. SVG is a document with
 * scripts and never counts as a picture.
 */
export function pictureOf(bytes: Uint8Array): { type: Picture; width: number; height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const latin = (start: number, end: number): string => String.fromCharCode(...bytes.subarray(start, end))
  try {
    if (latin(0, 8) === '\x89PNG\r\n\x1a\n' && latin(12, 16) === 'IHDR')
      return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) }
    if (latin(0, 6) === 'GIF87a' || latin(0, 6) === 'GIF89a')
      return { type: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) }
    if (latin(0, 4) === 'RIFF' && latin(8, 12) === 'WEBP') return webpSize(view, latin(12, 16))
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegSize(view)
  } catch {
    // Shorter than it says: no picture that we show.
  }
  return null
}

function webpSize(view: DataView, chunk: string): { type: Picture; width: number; height: number } | null {
  const type = 'image/webp'
  const little24 = (at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
  if (chunk === 'VP8X') return { type, width: little24(24) + 1, height: little24(27) + 1 }
  if (chunk === 'VP8 ')
    return { type, width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  if (chunk !== 'VP8L') return null
  const bits = view.getUint32(21, true)
  return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

/** Walks the segments of a JPEG to its frame header. */
function jpegSize(view: DataView): { type: Picture; width: number; height: number } | null {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { type: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
  }
  return null
}

/**
 * A name under which a file is saved: no path, no control or direction-changing characters, no leading dot, and
 * not longer than file systems take. Its ending stays, so that the person sees what it claims to be.
 */
export function safeName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, '')
    .replace(/[/\\:*?"<>|%]/g, '-')
    .replace(/^[.\s-]+|[.\s]+$/g, '')
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(plain)?.[0] ?? ''
  const stem = [...plain.slice(0, plain.length - ending.length)].slice(0, 80).join('')
  return `${stem === '' ? 'file' : stem}${ending}`
}
