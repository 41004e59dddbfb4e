// npm run pictures: the pictures of README.md and docs/, from the demo and from a server that is set up for the
// first time. Every picture has one of two sizes; names and times in them are those of the demo that was running.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type BrowserContextOptions, chromium, type Locator, type Page } from '@playwright/test'
import { indexedPng } from '../src/cli/demo/png.ts'
import type { DemoFacts } from '../src/cli/demo.ts'
import { en } from '../src/words/en/index.ts'
import { say } from '../src/words/format.ts'
import { ensureChromium } from '../test/support/chromium.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'docs', 'pictures')
const largest = 200 * 1024

const common = { locale: 'en-US', timezoneId: 'America/Chicago', reducedMotion: 'reduce' } as const
const sizes = {
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 } },
} satisfies Record<string, BrowserContextOptions>

const browser = await chromium.launch({
  executablePath: ensureChromium(),
  args: '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-lcd-text'.split(
    ' ',
  ),
})
// Where pictures are made small.
const paint = await browser.newPage()
const children: ChildProcess[] = []
const setUpFolder = await mkdtemp(join(tmpdir(), 'bellwether-pictures-'))
try {
  const demo = start(['src/cli/main.ts', 'demo', '--json'], {})
  const facts = JSON.parse(await demo.line(/^{/)) as DemoFacts
  await reporting(facts)
  await taking(facts)
  const fresh = start(['src/main.ts'], { DATA_DIR: setUpFolder })
  await settingUp(/http\S+/.exec(await fresh.line(/Set it up/))?.[0] as string)
} finally {
  await browser.close()
  for (const child of children) {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  await rm(setUpFolder, { recursive: true })
}

/** Starts one of our programs on a free port; `line` waits for what it prints. */
function start(args: readonly string[], settings: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  children.push(child)
  const lines = createInterface({ input: child.stdout })
  return {
    line: (wanted: RegExp): Promise<string> =>
      new Promise((resolve, reject) => {
        lines.on('line', (line) => {
          if (wanted.test(line)) resolve(line)
        })
        lines.on('close', () => reject(new Error(`${args.join(' ')} ended.`)))
      }),
  }
}

async function open(size: keyof typeof sizes, address: string, colorScheme: 'light' | 'dark' = 'light') {
  const context = await browser.newContext({ ...common, ...sizes[size], colorScheme })
  const page = await context.newPage()
  await page.goto(address)
  return page
}

/** Takes the picture of what the window shows. */
async function picture(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  const taken = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  const { pixels, ...rest } = await paint.evaluate(indexed, taken.toString('base64'))
  const png = indexedPng({ ...rest, pixels: Buffer.from(pixels, 'base64') })
  await writeFile(join(folder, `${name}.png`), png)
  console.log(`${name}.png ${Math.ceil(png.length / 1024)} kB`)
  if (png.length > largest) throw new Error(`${name}.png has more than 200 kB.`)
}

/** Runs in a browser: the pixels of a PNG as indices of its 256 most frequent colors, the others as the nearest. */
async function indexed(png: string) {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob())
  const { width, height } = bitmap
  const context = new OffscreenCanvas(width, height).getContext('2d') as OffscreenCanvasRenderingContext2D
  context.drawImage(bitmap, 0, 0)
  const { data } = context.getImageData(0, 0, width, height)
  const colors = Array.from(
    { length: width * height },
    (_, at) => ((data[4 * at] ?? 0) << 16) | ((data[4 * at + 1] ?? 0) << 8) | (data[4 * at + 2] ?? 0),
  )
  const counts = new Map<number, number>()
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1)
  const palette = [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 256)
    .map(([color]) => color)
  const apart = (one: number, other: number) =>
    [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0)
  const nearest = new Map<number, number>()
  for (const color of counts.keys()) {
    const distances = palette.map((candidate) => apart(color, candidate))
    nearest.set(color, distances.indexOf(Math.min(...distances)))
  }
  const bytes = Uint8Array.from(colors, (color) => nearest.get(color) ?? 0)
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return {
    width,
    height,
    pixels: btoa(text),
    palette: palette.map((color) => color.toString(16).padStart(6, '0')),
  }
}

/** Brings something to the top of the window, with room for a line above it. */
async function bringUp(what: Locator): Promise<void> {
  await what.evaluate((element) => {
    window.scrollTo(0, element.getBoundingClientRect().top + scrollY - 60)
  })
}

async function reporting(facts: DemoFacts): Promise<void> {
  const { addresses } = facts
  const caseThat = (about: string) => facts.cases.find((one) => one.about.includes(about))
  const phone = await open('phone', addresses.home)
  await picture(phone, 'home-phone')
  await phone.goto(addresses.danger)
  await picture(phone, 'danger-phone')
  await picture(await open('phone', addresses.home, 'dark'), 'home-dark-phone')
  await picture(await open('desktop', addresses.guide), 'guide-desktop')
  const poster = await open('desktop', `${addresses.home}/poster`)
  await bringUp(poster.getByRole('article'))
  await picture(poster, 'poster-desktop')

  await phone.goto(addresses.report)
  await phone
    .getByLabel(en['report.narrative.label'])
    .fill(
      'He followed me from the main room to the stairs and would not stop talking to me. I asked him to leave me alone.',
    )
  await picture(phone, 'report-phone')
  const committee = phone.locator('summary', { hasText: en['report.group.committee'] })
  await committee.click()
  await phone.getByLabel('Gus', { exact: true }).check()
  await bringUp(committee)
  await picture(phone, 'involved-phone')
  await phone.getByRole('button', { name: en['form.review'] }).click()
  await phone.getByRole('heading', { name: en['review.title'] }).waitFor()
  await picture(phone, 'review-phone')
  await phone.getByRole('button', { name: en['review.send'], exact: true }).click()
  await phone.getByRole('heading', { name: en['receipt.title'] }).waitFor()
  await picture(phone, 'receipt-phone')

  const mailbox = await open('phone', addresses.mailbox)
  await mailbox.getByLabel(en['mailbox.code.label']).fill(caseThat('talked over')?.receiptCode ?? '')
  await mailbox.getByRole('button', { name: en['mailbox.open'], exact: true }).click()
  await mailbox.getByRole('heading', { name: en['mailbox.title'] }).waitFor()
  await mailbox.getByText('May we talk to the host').waitFor()
  await picture(mailbox, 'mailbox-phone')

  const plain = await browser.newContext({ ...common, ...sizes.phone, javaScriptEnabled: false })
  const form = await plain.newPage()
  await form.goto(addresses.report)
  await form.getByRole('button', { name: en['form.review'] }).scrollIntoViewIfNeeded()
  await picture(form, 'plain-phone')

  await answering(facts, caseThat('two files')?.codeName ?? '', caseThat('talked over')?.codeName ?? '')
  await calling(facts)
}

/** A call for help, from both sides. */
async function calling({ addresses, members: [pat] }: DemoFacts): Promise<void> {
  const phone = await open('phone', `${addresses.home}/alert`)
  await picture(phone, 'alert-phone')
  await phone.getByLabel(en['alert.place.label']).fill('by the coat racks')
  await phone.locator('button.now').first().click()
  await phone.getByText(en['alert.live.sent']).waitFor()
  const member = await open('phone', addresses.console)
  await member.getByText(en['sign-in.passphrase']).click()
  await member.getByLabel(en['sign-in.email']).fill(pat?.email ?? '')
  await member.getByLabel(en['passphrase.label'], { exact: true }).fill(pat?.passphrase ?? '')
  await member.getByRole('button', { name: en['sign-in.submit'], exact: true }).click()
  await member.getByText(en['alerts.line.open']).first().click({ timeout: 60_000 })
  await member.getByRole('button', { name: en['alerts.go'] }).waitFor()
  await phone.getByText(en['alert.live.seen']).waitFor()
  await picture(phone, 'alert-live-phone')
  await picture(member, 'alert-console-phone')
}

/** The committee's console, in the light and in the dark. */
async function answering(facts: DemoFacts, withFiles: string, talkedOver: string): Promise<void> {
  const [pat] = facts.members
  for (const scheme of ['light', 'dark'] as const) {
    const page = await open('desktop', facts.addresses.console, scheme)
    await page.getByText(en['sign-in.passphrase']).click()
    await page.getByLabel(en['sign-in.email']).fill(pat?.email ?? '')
    await page.getByLabel(en['passphrase.label'], { exact: true }).fill(pat?.passphrase ?? '')
    if (scheme === 'light') await picture(page, 'sign-in-desktop')
    await page.getByRole('button', { name: en['sign-in.submit'], exact: true }).click()
    const withEvidence = page.getByRole('link', { name: withFiles })
    await withEvidence.waitFor({ timeout: 60_000 })
    if (scheme === 'light') await picture(page, 'inbox-desktop')
    await page.getByRole('link', { name: talkedOver }).click()
    await page.getByText('one of them', { exact: false }).first().waitFor()
    await picture(page, scheme === 'light' ? 'case-desktop' : 'case-dark-desktop')
    if (scheme === 'dark') continue
    await withEvidence.click()
    await page.getByRole('button', { name: say(en, 'evidence.show.named', { name: 'messages.png' }) }).click()
    await page.getByRole('img', { name: 'messages.png' }).waitFor()
    await picture(page, 'evidence-desktop')
    await page.getByRole('link', { name: en['people.title'], exact: true }).click()
    await page.getByRole('heading', { name: en['people.title'] }).waitFor()
    await picture(page, 'people-desktop')
    await page.getByRole('link', { name: en['roster.title'], exact: true }).click()
    await page.getByRole('button', { name: en['roster.rule.set'] }).click()
    await page.getByRole('button', { name: en['roster.rule.set'] }).click()
    await page.getByRole('button', { name: en['roster.rule.change'] }).waitFor()
    await bringUp(page.getByRole('heading', { name: en['roster.title'] }))
    await picture(page, 'roster-desktop')
    await page.getByRole('link', { name: 'Pat', exact: true }).click()
    await page.getByRole('heading', { name: en['channels.title'] }).waitFor()
    await picture(page, 'channels-desktop')
  }
}

/** What is written down without a connection, and on a member's phone. */
async function taking(facts: DemoFacts): Promise<void> {
  const phone = await open('phone', `${facts.addresses.home}/take`)
  await picture(phone, 'take-phone')
  await phone
    .getByLabel(en['take.narrative.label'])
    .fill('She says that he stood in the door and would not let her pass.')
  await phone.getByRole('button', { name: en['form.review'] }).click()
  await phone.context().setOffline(true)
  await phone.getByRole('button', { name: en['review.send'], exact: true }).click()
  await phone.getByText(en['take.kept.offline']).waitFor()
  await picture(phone, 'take-kept-phone')

  const [pat] = facts.members
  const member = await open('phone', facts.addresses.console)
  await member.getByText(en['sign-in.passphrase']).click()
  await member.getByLabel(en['sign-in.email']).fill(pat?.email ?? '')
  await member.getByLabel(en['passphrase.label'], { exact: true }).fill(pat?.passphrase ?? '')
  await member.getByRole('button', { name: en['sign-in.submit'], exact: true }).click()
  await member.getByRole('link', { name: en['entry.warning'] }).click({ timeout: 60_000 })
  await member.getByLabel(en['logging.what.warning']).fill('He kept filming people who had asked him not to.')
  await picture(member, 'log-phone')
  await member.getByRole('link', { name: en['inbox.title'] }).first().click()
  await member.getByRole('link', { name: en['entry.talk'] }).click()
  await member.getByRole('button', { name: en['talk.serious'] }).click()
  await picture(member, 'talk-phone')
}

/** The first pages that a founder sees. */
async function settingUp(link: string): Promise<void> {
  const page = await open('desktop', link)
  await page.getByRole('heading', { name: en['set-up.community.title'] }).waitFor()
  await page.getByLabel(en['settings.community.name'], { exact: true }).fill('Prairie Python')
  await picture(page, 'set-up-desktop')
}
