import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type Browser,
  type BrowserContext,
  type CDPSession,
  chromium,
  type Page,
  type Request,
} from '@playwright/test'
import { systemClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/open.ts'
import { ensureChromium } from '../support/chromium.mjs'
import { foundCommunity } from '../support/community.ts'
import { startServer } from '../support/server.ts'

/** How much slower the CPU is. */
export const slowdown = 4

/** Slow 4G, in bytes a second and milliseconds. */
const network = {
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
  latency: 150,
  offline: false,
}

/** Measures with a browser and the home page of a new community with these members. */
export async function onSlowPhone(
  members: readonly string[],
  measure: (browser: Browser, home: string) => Promise<string>,
): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bellwether-bench-'))
  const store = await openStore(undefined, dataDir)
  const community = await foundCommunity({ store, clock: systemClock }, { members: [...members] })
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
    return await measure(browser, `http://localhost:${server.port}/${community.shortName}`)
  } finally {
    await browser.close()
    await server.kill()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** A phone that has never been here, with a slow line and a slow CPU. */
export async function slowPhone(
  browser: Browser,
): Promise<{ context: BrowserContext; page: Page; devtools: CDPSession }> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  const devtools = await context.newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', network)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  return { context, page, devtools }
}

/** What a request costs on the line: the head and the body of its answer. */
export async function bytesOf(request: Request): Promise<number> {
  const { responseHeadersSize } = await request.sizes()
  // The browser does not count the bytes of a worker's own file.
  const length = await request.response().then((response) => response?.headerValue('content-length'))
  return responseHeadersSize + Number(length)
}

export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
export const milliseconds = (time: number): string => `${Math.round(time)} ms`
