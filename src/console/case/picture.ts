import { mostPixels, pictureOf } from './evidence.ts'

/** The longest side of a picture as it is shown, in pixels. */
const longestSide = 2400

/**
 * Draws a picture anew: what is shown is made from its pixels alone, without the metadata, the scripts or the
 * tricks of the file it came in.
 *
 * @returns a new PNG or JPEG; null if the bytes are no picture that is shown, or the browser cannot read it.
 */
export async function redrawn(bytes: Uint8Array<ArrayBuffer>): Promise<Blob | null> {
  const picture = pictureOf(bytes)
  if (picture === null || picture.width * picture.height > mostPixels) return null
  const bitmap = await createImageBitmap(new Blob([bytes], { type: picture.type })).catch(() => null)
  if (bitmap === null) return null
  const scale = Math.min(1, longestSide / Math.max(bitmap.width, bitmap.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale))
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  const type = picture.type === 'image/jpeg' ? 'image/jpeg' : 'image/png'
  return new Promise((resolve) => canvas.toBlob(resolve, type, 0.9))
}
