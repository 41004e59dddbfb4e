import { indexedPng } from './png.ts'

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
  return indexedPng({ width, height, pixels, palette: ['f4f5f7', 'ffffff', 'd7e8dc', '6a7280'] })
}
