import { crc32, deflateSync } from 'node:zlib'

const width = 360
const height = 200

/**
 * A small PNG that looks like a screenshot of a chat: bubbles on a light ground, bars for lines of text. Drawn
 * here, so that the demo carries nobody's picture.
 */
export function chatScreenshot(): Uint8Array {
  const pixels = new Uint8Array(width * height)
  const fill = (color: number, left: number, top: number, wide: number, high: number): void => {
    for (let y = top; y < top + high; y += 1) pixels.fill(color, y * width + left, y * width + left + wide)
  }
  const bubble = (left: number, top: number, lines: readonly number[], color: number): void => {
    fill(color, left, top, Math.max(...lines) + 24, lines.length * 14 + 14)
    lines.forEach((length, index) => {
      fill(3, left + 12, top + 11 + index * 14, length, 5)
    })
  }
  bubble(16, 16, [150, 120], 1)
  bubble(16, 66, [180], 1)
  bubble(176, 104, [136], 2)
  bubble(16, 142, [210, 96], 1)
  return png(pixels, ['f4f5f7', 'ffffff', 'd7e8dc', '6a7280'])
}

/** An indexed PNG of one byte a pixel. */
function png(pixels: Uint8Array, palette: readonly string[]): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1)
    rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.join(''), 'hex')),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  whole.set(body, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}
