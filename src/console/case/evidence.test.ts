import { describe, expect, it } from 'vitest'
import { pictureOf, safeName, withProgress } from './evidence.ts'

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  new Uint8Array(
    parts.flatMap((part) => (typeof part === 'string' ? [...part].map((c) => c.charCodeAt(0)) : [...part])),
  )
const png = bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 2, 0, 0, 0, 1, 0], [8, 6, 0, 0, 0])

describe('what is shown as a picture', () => {
  it('goes by the bytes, with the size they claim', () => {
    expect(pictureOf(png)).toEqual({ type: 'image/png', width: 512, height: 256 })
    expect(pictureOf(bytes('GIF89a', [3, 0, 2, 0], [0, 0, 0]))).toEqual({
      type: 'image/gif',
      width: 3,
      height: 2,
    })
    const jpeg = bytes([0xff, 0xd8, 0xff, 0xe1, 0, 4, 1, 1, 0xff, 0xc0, 0, 11, 8, 0, 16, 0, 32, 1, 1, 17, 0])
    expect(pictureOf(jpeg)).toEqual({ type: 'image/jpeg', width: 32, height: 16 })
    const webp = bytes('RIFF', [0, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0], [0, 0, 0, 0], [9, 0, 0], [4, 0, 0])
    expect(pictureOf(webp)).toEqual({ type: 'image/webp', width: 10, height: 5 })
  })

  it('is never a document, whatever it is called', () => {
    expect(pictureOf(bytes('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'))).toBeNull()
    expect(pictureOf(bytes('<!doctype html>'))).toBeNull()
    expect(pictureOf(bytes('%PDF-1.7'))).toBeNull()
  })

  it('is nothing that ends too early', () => {
    for (let length = 0; length < 20; length++) expect(pictureOf(png.subarray(0, length))).toBeNull()
    expect(pictureOf(bytes([0xff, 0xd8, 0xff, 0xe1, 0, 200]))).toBeNull()
  })
})

describe('the name a file is saved under', () => {
  it('has no path in it, no hidden turn of direction, and keeps its ending', () => {
    expect(safeName('../../.bashrc')).toBe('bashrc')
    expect(safeName('C:\\temp\\a.png')).toBe('C--temp-a.png')
    expect(safeName('gpj.\u202Eexe')).toBe('gpj.exe')
    expect(safeName('a\u0000b\n.txt')).toBe('ab.txt')
    expect(safeName(`${'x'.repeat(300)}.jpeg`)).toBe(`${'x'.repeat(80)}.jpeg`)
    expect(safeName('...')).toBe('file')
    expect(safeName('Foto März.jpg')).toBe('Foto März.jpg')
  })
})

it('tells how far a stream is without changing it', async () => {
  const done: number[] = []
  const stream = withProgress(new Blob([new Uint8Array(1000)]).stream(), 1000, (part) => done.push(part))
  expect((await new Response(stream).arrayBuffer()).byteLength).toBe(1000)
  expect(done.at(-1)).toBe(1)
})
