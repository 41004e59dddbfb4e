import type { Browser, Request } from '@playwright/test'
import { bytesOf, kilobytes, milliseconds, onSlowPhone, slowPhone } from './slow-phone.ts'
import { median, table } from './table.ts'

const rounds = 7

/** The pages that somebody in danger sees first (A1), as they come in. */
const pages = [
  ['first question', ''],
  ['danger page', '/danger?way=unsure'],
] as const

/** What the first pages cost somebody who has never been here, on a slow line and a slow phone. */
export async function firstPages(): Promise<string> {
  return onSlowPhone(['Ada', 'Bo', 'Cy', 'Dee'], async (browser, home) => {
    const rows: (string | number)[][] = []
    for (const [name, path] of pages) {
      const visits: Visit[] = []
      for (let round = 0; round < rounds; round += 1) visits.push(await visit(browser, `${home}${path}`))
      const middle = (value: (one: Visit) => number): number => median(visits.map(value))
      rows.push([
        name,
        kilobytes(middle((one) => one.bytes)),
        middle((one) => one.requests),
        milliseconds(middle((one) => one.largestPaint)),
      ])
    }
    return table(['Slow 4G, CPU 4 × slower', 'transferred (goal ≤ 12 kB)', 'requests', 'largest paint'], rows)
  })
}

interface Visit {
  readonly bytes: number
  readonly requests: number
  readonly largestPaint: number
}

async function visit(browser: Browser, address: string): Promise<Visit> {
  const { context, page } = await slowPhone(browser)
  const finished: Request[] = []
  page.on('requestfinished', (request) => finished.push(request))
  await page.addInitScript(watchPaint)
  await page.goto(address, { waitUntil: 'load' })
  // What the page is made of; the service worker then keeps the others for when there is no connection.
  const made = finished.filter((request) => !request.serviceWorker())
  await page.waitForFunction(() => largest() > 0)
  const largestPaint = await page.evaluate(() => largest())
  let bytes = 0
  for (const request of made) bytes += await bytesOf(request)
  await context.close()
  return { bytes, requests: made.length, largestPaint }
}

declare function largest(): number

/** Runs in the page before anything of ours. */
function watchPaint(): void {
  let noted = 0
  Object.assign(globalThis, { largest: () => noted })
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) noted = startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
}
