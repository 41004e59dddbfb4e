import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page, Route } from '@playwright/test'
import { theOnlyCase } from './casework.ts'
import { expect, test, w } from './fixtures.ts'
import { fillReport, readOver, send } from './reporting.ts'

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What a phone writes into its pictures besides the picture. */
const metadata = 'Exif\0\0 taken at 41.8781 N, 87.6298 W by the phone of Cara Example'

/** A photograph of more than 3 MB that a browser draws, with metadata put in as a phone does. */
async function photograph(page: Page): Promise<Buffer> {
  const drawn = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 2200
    canvas.height = 1200
    const picture = new ImageData(canvas.width, canvas.height)
    // Noise is hard to compress, which makes the file large.
    for (let at = 0; at < picture.data.length; at += 65_536)
      crypto.getRandomValues(picture.data.subarray(at, at + 65_536))
    for (let at = 3; at < picture.data.length; at += 4) picture.data[at] = 255
    canvas.getContext('2d')?.putImageData(picture, 0, 0)
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.98))
    const reader = new FileReader()
    const read = new Promise<string>((resolve) => {
      reader.onload = () => resolve(String(reader.result))
    })
    reader.readAsDataURL(blob as Blob)
    return (await read).split(',')[1] as string
  })
  const jpeg = Buffer.from(drawn, 'base64')
  const segment = Buffer.alloc(4)
  segment.writeUInt16BE(0xffe1)
  segment.writeUInt16BE(metadata.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), segment, Buffer.from(metadata, 'latin1'), jpeg.subarray(2)])
}

/** The bytes of the picture that is shown, which the page made itself. */
const shownPicture = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const made = (globalThis as unknown as { made: Blob[] }).made.at(-1) as Blob
    return Array.from(new Uint8Array(await made.arrayBuffer()), (byte) => String.fromCharCode(byte)).join('')
  })

test('C, evidence: a 3 MB picture and a text come through a connection that breaks; the picture is shown without its metadata', async ({
  community,
  device,
  asMember,
  console,
}) => {
  const { page: cara, context } = await device()
  await cara.goto(`/${community.shortName}/report`)
  const picture = await photograph(cara)
  expect(picture.length).toBeGreaterThan(3_000_000)
  const text = Buffer.from('12:04 he stood behind me\n12:10 again')

  // One part is lost on its way, one arrives although its answer does not.
  const sent: string[] = []
  const broken = new Set<string>()
  await context.route('**/api/v1/uploads/*/parts/*', async (route: Route) => {
    const part = route.request().url().split('/').at(-1) as string
    sent.push(part)
    if (['3', '6'].includes(part) && !broken.has(part)) {
      broken.add(part)
      if (part === '6') await route.fetch()
      return route.abort('connectionreset')
    }
    return route.continue()
  })
  console.allow(/ERR_CONNECTION_RESET/)
  await fillReport(cara, {
    narrative: 'He followed me; I have a picture.',
    files: [
      { name: 'IMG 0042.jpg', mimeType: 'image/jpeg', buffer: picture },
      { name: 'times.txt', mimeType: 'text/plain', buffer: text },
    ],
  })
  await readOver(cara)
  await send(cara)
  expect(broken).toEqual(new Set(['3', '6']))
  // It went on where it was: no part but the lost one was sent twice.
  expect(sent.filter((part) => part === '3')).toHaveLength(2)
  expect(sent.filter((part) => part === '1')).toHaveLength(1)
  expect(sent.filter((part) => part === '6')).toHaveLength(1)

  const pat = await asMember('Pat')
  await pat.evaluate(() => {
    const made: Blob[] = []
    Object.assign(globalThis, { made })
    const original = URL.createObjectURL.bind(URL)
    URL.createObjectURL = (given) => {
      if (given instanceof Blob) made.push(given)
      return original(given)
    }
  })
  await theOnlyCase(pat).click()
  await pat.getByRole('button', { name: w('evidence.show.named', { name: 'IMG 0042.jpg' }) }).click()
  const shown = pat.getByRole('img', { name: w('evidence.alt', { name: 'IMG 0042.jpg' }) })
  await expect(shown).toBeVisible()
  expect(await shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(2200)
  const bytes = await shownPicture(pat)
  expect(bytes.length).toBeGreaterThan(100_000)
  expect(bytes).not.toContain('Exif')
  expect(bytes).not.toContain('Cara Example')
  await expect(pat.getByText(w('evidence.redrawn'))).toBeVisible()

  // Saved, both come out as they went in. What is no picture is never shown.
  await expect(
    pat.getByRole('button', { name: w('evidence.show.named', { name: 'times.txt' }) }),
  ).toHaveCount(0)
  for (const [name, bytes] of [
    ['IMG 0042.jpg', picture],
    ['times.txt', text],
  ] as const) {
    const download = pat.waitForEvent('download')
    await pat.getByRole('button', { name: w('evidence.save.named', { name }) }).click()
    const saved = await download
    expect(saved.suggestedFilename()).toBe(name)
    expect(sha256(await readFile(await saved.path()))).toBe(sha256(bytes))
  }
})
