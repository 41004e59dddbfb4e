import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BrokenForm, boundaryOf, formParts } from './multipart.ts'

const boundary = '----WebKitFormBoundaryabc123'

/** A form as a browser writes it. */
async function written(form: FormData): Promise<{ body: Buffer; boundary: string }> {
  const response = new Response(form)
  const found = boundaryOf(response.headers.get('content-type') ?? undefined)
  return { body: Buffer.from(await response.arrayBuffer()), boundary: found ?? '' }
}

const inChunks = (body: Buffer, sizes: readonly number[]): ReadableStream<Uint8Array> => {
  let at = 0
  let turn = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= body.length) return controller.close()
      const size = sizes[turn % sizes.length] ?? 1
      turn += 1
      controller.enqueue(new Uint8Array(body.subarray(at, at + size)))
      at += size
    },
  })
}

async function readAll(body: ReadableStream<Uint8Array>, mark: string) {
  const parts: { name: string; fileName: string | undefined; type: string; bytes: Buffer }[] = []
  for await (const { bytes, ...part } of formParts(body, mark))
    parts.push({ ...part, bytes: Buffer.from(await new Response(bytes).arrayBuffer()) })
  return parts
}

const bits = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  // Whatever looks like an end of a part without being one.
  fc
    .array(fc.constantFrom('\r\n', '--', `\r\n--${boundary.slice(0, 9)}`, '\r', 'x'), { maxLength: 12 })
    .map((pieces) => Buffer.from(pieces.join(''))),
)

test('whatever is in the files, and however the bytes arrive, they come out as they went in', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(bits, { minLength: 1, maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 8 }),
      async (files, sizes) => {
        const form = new FormData()
        form.append('text', 'a "quoted" line\r\nand ñ')
        files.forEach((bytes, index) => {
          form.append('evidence', new File([bytes], `f "${index}".png`, { type: 'image/png' }))
        })
        const { body, boundary: mark } = await written(form)
        const [text, ...found] = await readAll(inChunks(body, sizes), mark)
        expect(text).toMatchObject({ name: 'text', fileName: undefined })
        expect(text?.bytes.toString()).toBe('a "quoted" line\r\nand ñ')
        expect(found.map(({ fileName }) => fileName)).toEqual(files.map((_, index) => `f "${index}".png`))
        found.forEach(({ bytes }, index) => {
          expect(Buffer.compare(bytes, files[index] as Buffer)).toBe(0)
        })
      },
    ),
    { numRuns: 150 },
  )
})

test('a file that is not read to its end does not spoil the next', async () => {
  const form = new FormData()
  form.append('a', new File([Buffer.alloc(5000, 1)], 'a'))
  form.append('b', new File([Buffer.alloc(10, 2)], 'b'))
  const { body, boundary: mark } = await written(form)
  const names: string[] = []
  for await (const part of formParts(inChunks(body, [64]), mark)) {
    names.push(part.name)
    if (part.name === 'a') await part.bytes.cancel()
    else expect((await new Response(part.bytes).arrayBuffer()).byteLength).toBe(10)
  }
  expect(names).toEqual(['a', 'b'])
})

test('what is cut off or is no form is refused', async () => {
  const form = new FormData()
  form.append('a', 'b')
  const { body, boundary: mark } = await written(form)
  for (const broken of [body.subarray(0, -8), body.subarray(0, 20), Buffer.from('hello')])
    await expect(readAll(inChunks(broken, [16]), mark)).rejects.toThrow(BrokenForm)
  await expect(readAll(inChunks(body, [16]), 'another')).rejects.toThrow(BrokenForm)
  const nameless = Buffer.from(`--${boundary}\r\ncontent-type: text/plain\r\n\r\nx\r\n--${boundary}--\r\n`)
  await expect(readAll(inChunks(nameless, [16]), boundary)).rejects.toThrow('no name')
  const endless = Buffer.from(`--${boundary}\r\n${'x: y\r\n'.repeat(5000)}`)
  await expect(readAll(inChunks(endless, [999]), boundary)).rejects.toThrow(BrokenForm)
  expect(boundaryOf('application/x-www-form-urlencoded')).toBeNull()
  expect(boundaryOf(undefined)).toBeNull()
})
