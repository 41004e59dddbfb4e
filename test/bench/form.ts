import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Request } from '@playwright/test'
import { systemClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/open.ts'
import { en } from '../../src/words/en/index.ts'
import { ensureChromium } from '../support/chromium.mjs'
import { foundCommunity } from '../support/community.ts'
import { startServer } from '../support/server.ts'
import { median, table } from './table.ts'

const rounds = 7
const slowdown = 4
/** Slow 4G, in bytes a second and milliseconds. */
const network = {
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
  latency: 150,
  offline: false,
}
const members = ['Ada', 'Bo', 'Cy', 'Dee', 'Eli', 'Fay', 'Gus', 'Hal', 'Ivy', 'Jo', 'Kai', 'Lou']
const text = 'Somebody kept following me after I told them to stop, and nobody was there to ask. '

interface Visit {
  readonly form: number
  readonly requests: number
  readonly sealing: number
  readonly largestPaint: number
  readonly longestStall: number
  readonly seal: number
}

/** What the report form costs somebody with a slow line and a slow phone, for a committee of twelve. */
export async function form(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bellwether-bench-'))
  const store = await openStore(undefined, dataDir)
  const community = await foundCommunity({ store, clock: systemClock }, { members })
  await store.close()
  const server = await startServer({ DATA_DIR: dataDir })
  const browser = await chromium.launch({
    executablePath: ensureChromium(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
    ],
  })
  try {
    const visits: Visit[] = []
    for (let round = 0; round < rounds; round += 1)
      visits.push(await visit(browser, `http://localhost:${server.port}/${community.shortName}/report`))
    const middle = (value: (one: Visit) => number): number => median(visits.map(value))
    const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
    const milliseconds = (time: number): string => `${Math.round(time)} ms`
    return table(
      ['report form, Slow 4G, CPU 4 × slower', 'measured', 'goal'],
      [
        ['transferred until it can be read and filled in', kilobytes(middle((one) => one.form)), '≤ 30 kB'],
        ['requests until then', middle((one) => one.requests), ''],
        ['largest paint', milliseconds(middle((one) => one.largestPaint)), '≤ 1200 ms'],
        ['sealing code, after that', kilobytes(middle((one) => one.sealing)), '≤ 60 kB'],
        ['longest wait for a key while it loads', milliseconds(middle((one) => one.longestStall)), ''],
        [`sealing for ${members.length} members`, milliseconds(middle((one) => one.seal)), '≤ 1000 ms'],
      ],
    )
  } finally {
    await browser.close()
    await server.kill()
    await rm(dataDir, { recursive: true, force: true })
  }
}

async function visit(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  const finished: Request[] = []
  page.on('requestfinished', (request) => finished.push(request))
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', network)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  await page.addInitScript(watch)

  await page.goto(address, { waitUntil: 'commit' })
  const narrative = page.getByLabel(en['report.narrative.label'])
  // Somebody begins to type as soon as they can, and is still at it when the sealing code arrives.
  await narrative.focus()
  await page.keyboard.type(text.repeat(2), { delay: 40 })
  await page.waitForFunction(() => seen().ready)
  const { longestStall, largestPaint } = await page.evaluate(() => seen())
  const sizes = await sizesOf(finished)

  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
  await page.getByRole('button', { name: en['form.review'] }).click()
  await page.getByRole('button', { name: en['review.send'], exact: true }).click()
  await page.waitForFunction(() => seen().sealed > 0)
  // A worker's thread is not slowed down, so what it takes is told as a slow one would have it.
  const seal = slowdown * (await page.evaluate(() => seen().sealed))
  await context.close()
  return { ...sizes, largestPaint, longestStall, seal }
}

async function sizesOf(requests: readonly Request[]): Promise<Pick<Visit, 'form' | 'requests' | 'sealing'>> {
  let [form, sealing, count] = [0, 0, 0]
  for (const request of requests) {
    const { responseHeadersSize } = await request.sizes()
    // The browser does not count the bytes of a worker's own file.
    const length = await request.response().then((response) => response?.headerValue('content-length'))
    const bytes = responseHeadersSize + Number(length)
    // What the worker is made of; whom it seals to grows with the committee and is no code.
    if (/\/assets\/(report\.worker|words)-[^/]*\.js$/.test(request.url())) sealing += bytes
    else if (!request.url().includes('/api/')) {
      form += bytes
      count += 1
    }
  }
  return { form, sealing, requests: count }
}

interface Seen {
  largestPaint: number
  longestStall: number
  ready: boolean
  sealed: number
}

declare function seen(): Seen

/** Runs in the page before anything of ours: notes paints, how long keys waited, and what the worker tells. */
function watch(): void {
  const noted: Seen = { largestPaint: 0, longestStall: 0, ready: false, sealed: 0 }
  Object.assign(globalThis, { seen: () => noted })
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) noted.largestPaint = startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.name.startsWith('key')) noted.longestStall = Math.max(noted.longestStall, entry.duration)
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit)
  let began = 0
  globalThis.Worker = class extends Worker {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options)
      this.addEventListener('message', ({ data: { news, progress } }) => {
        if (news === 'ready') noted.ready = true
        if (progress?.what === 'sealing') began = performance.now()
        if (progress?.what === 'sending') noted.sealed = performance.now() - began
      })
    }
  }
}
