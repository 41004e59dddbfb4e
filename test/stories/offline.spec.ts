import { createServer } from 'node:http'
import type { Page } from '@playwright/test'
import { expect, test, w } from './fixtures.ts'

/** Waits until so many sets of pages are kept whole. */
const kept = (page: Page, sets = 1): Promise<void> =>
  expect
    .poll(() =>
      page.evaluate(async () => {
        let whole = 0
        for (const name of await caches.keys())
          if (await (await caches.open(name)).match('/offline-about')) whole += 1
        return whole
      }),
    )
    .toBe(sets)

/** Everything on this device that is of this site, but for the files that every page is made of. */
const leftBehind = (page: Page) =>
  page.evaluate(async () => {
    const cached: string[] = []
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys())
        cached.push(url.replace(location.origin, ''))
    return {
      cached: cached.filter((path) => !path.startsWith('/assets/')),
      cookies: document.cookie,
      stored: localStorage.length + sessionStorage.length,
      databases: (await indexedDB.databases()).map(({ name }) => name),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }
  })

const unsure = (page: Page) => page.getByRole('link', { name: new RegExp(`^${w('triage.harm.unsure')} `) })

/** The way through danger, without anything that answers. */
async function walkThroughDanger(page: Page, home: string): Promise<void> {
  await page.goto(home)
  await expect(page.getByText(/No connection to the server/)).toBeVisible()
  await unsure(page).click()
  await expect(page.getByRole('heading', { level: 1, name: w('danger.title') })).toBeVisible()
  await expect(page.locator('a[href="tel:911"]')).toBeVisible()
  await expect(page.locator('a[href="tel:312-555-0142"], a[href="tel:3125550142"]')).toBeVisible()
  await expect(page.getByText('1200 N Example Ave')).toBeVisible()
  await expect(page.locator('form, input, textarea')).toHaveCount(0)
  await page.getByRole('link', { name: w('triage.danger.called') }).click()
  await expect(page.getByRole('heading', { level: 1, name: w('triage.handle.title') })).toBeVisible()
  await page.getByRole('link', { name: new RegExp(`^${w('triage.handle.unsure')} `) }).click()
  await expect(page.getByRole('heading', { level: 1, name: w('triage.find-help.title') })).toBeVisible()
  // Every path ends in the offer to report (A4).
  await page.getByRole('link', { name: new RegExp(`^${w('triage.find-help.done')} `) }).click()
  await expect(page.getByLabel(w('report.narrative.label'))).toBeVisible()
  await expect(page.locator('[data-review]')).toBeEnabled()
}

async function visited(page: Page, home: string): Promise<void> {
  await page.goto(home)
  await kept(page)
}

test('S1.1 after one visit the danger page, the walk and the form open with the network cut, and say so (A1)', async ({
  server,
  phone,
  console: told,
}) => {
  told.allow(/ERR_INTERNET_DISCONNECTED|Failed to (load|fetch)/)
  const { page: ana, context } = await phone()
  await visited(ana, server.home)
  await context.setOffline(true)
  await walkThroughDanger(ana, server.home)
  await ana.goto(`${server.home}/guide`)
  await expect(ana.getByRole('heading', { level: 1, name: w('guide.title') })).toBeVisible()
  // What is personal is not kept, and there is a way on.
  await ana.goto(`${server.home}/mailbox`)
  await expect(ana.getByRole('heading', { level: 1, name: w('offline.nothing.title') })).toBeVisible()
  await ana.getByRole('link', { name: w('danger.title') }).click()
  await expect(ana.locator('a[href="tel:911"]')).toBeVisible()
  await context.setOffline(false)
  await ana.goto(server.home)
  await expect(ana.getByText(/No connection to the server/)).toHaveCount(0)
})

test('S1.1 the same with the server stopped, and with a proxy that says so (A1)', async ({
  server,
  phone,
  console: told,
}) => {
  told.allow(/ERR_CONNECTION_REFUSED|Failed to (load|fetch)|status of 502/)
  const { page: ana } = await phone()
  await visited(ana, server.home)
  await server.process.stop()
  await walkThroughDanger(ana, server.home)
  const proxy = createServer((_, response) => response.writeHead(502).end('Bad gateway'))
  await new Promise<void>((resolve) => proxy.listen(server.process.port, '127.0.0.1', resolve))
  try {
    await walkThroughDanger(ana, server.home)
  } finally {
    proxy.closeAllConnections()
    proxy.close()
  }
})

test('S1.1 nothing is stored but the pages that everybody gets, and a button takes them away', async ({
  server,
  community,
  phone,
}) => {
  const { page: ana, context } = await phone()
  await visited(ana, server.home)
  await unsure(ana).click()
  await expect(ana.locator('a[href="tel:911"]')).toBeVisible()
  await ana.goto(`${server.home}/mailbox`)
  const found = await leftBehind(ana)
  const set = [...found.cached].sort()
  expect({ ...found, cached: [] }).toEqual({ cached: [], cookies: '', stored: 0, databases: [], workers: 1 })
  const allowed = new RegExp(
    `^(/icon\\.svg|/offline-about|/${community.shortName}(/(danger|report|guide|at|alert|take|offline-nothing))?(\\?way=[a-z-]+)?)$`,
  )
  expect(set.filter((path) => !allowed.test(path))).toEqual([])
  expect(set).toContain(`/${community.shortName}/danger`)
  expect(await context.cookies()).toEqual([])

  await ana.goto(`${server.home}/guide`)
  await ana.waitForLoadState('load')
  // The button works once the page's own code is there.
  await expect(async () => {
    const button = ana.getByRole('button', { name: w('offline.remove') })
    if (await button.isVisible()) await button.click()
    await expect(ana.getByText(w('offline.removed'))).toBeVisible({ timeout: 500 })
  }).toPass()
  expect(await leftBehind(ana)).toEqual({ cached: [], cookies: '', stored: 0, databases: [], workers: 0 })
})

test('the language that was visited stays the language without a connection', async ({
  server,
  phone,
  console: told,
}) => {
  told.allow(/ERR_INTERNET_DISCONNECTED|Failed to (load|fetch)/)
  const { page: ana, context } = await phone()
  await visited(ana, server.home)
  await ana.getByRole('link', { name: 'Español' }).click()
  await expect(ana.locator('html')).toHaveAttribute('lang', 'es')
  await kept(ana, 2)
  await context.setOffline(true)
  await ana.goto(`${server.home}/danger?lang=es`)
  await expect(ana.getByText(/Sin conexión con el servidor/)).toBeVisible()
  await ana.getByRole('link', { name: 'English' }).click()
  await expect(ana.getByText(/No connection to the server/)).toBeVisible()
})

test('without a connection the page is still left quickly', async ({ server, phone, console: told }) => {
  told.allow(/ERR_INTERNET_DISCONNECTED|Failed to (load|fetch)|^request: .*weather/)
  const { page: ana, context } = await phone()
  await visited(ana, server.home)
  await context.setOffline(true)
  await ana.goto(`${server.home}/danger`)
  await ana.getByRole('link', { name: w('page.leave') }).click()
  await expect(ana.getByText(w('danger.title'))).toHaveCount(0)
  await expect.poll(() => ana.url()).not.toContain('/danger')
})

test('a report taken on a phone that was never online there: it says what is missing, and what waits is not removed (B3)', async ({
  server,
  phone,
  console: told,
}) => {
  told.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to (load|fetch)/)
  const { page: cy, context } = await phone()
  await visited(cy, server.home)
  await context.setOffline(true)
  await cy.goto(`${server.home}/take`)
  await cy.getByLabel(w('take.narrative.label')).fill('He would not let her pass.')
  await cy.getByRole('button', { name: w('form.review') }).click()
  const sending = cy.getByRole('button', { name: w('review.send'), exact: true })
  await sending.click()
  await expect(cy.getByText(w('taken.no-keys'))).toBeVisible()
  await expect(cy.getByText('He would not let her pass.')).toBeVisible()

  // Online for a moment: the committee's keys are fetched, and it goes by itself.
  await context.setOffline(false)
  await expect(cy.getByText(w('take.received'))).toBeVisible()

  // From now on it is sealed without a connection too, and is not thrown away with the pages.
  await context.setOffline(true)
  await cy.goto(`${server.home}/take`)
  await cy.getByLabel(w('take.narrative.label')).fill('And then he came back.')
  await cy.getByRole('button', { name: w('form.review') }).click()
  await sending.click()
  await expect(cy.getByText(w('take.kept.offline'))).toBeVisible()
  await cy.goto(`${server.home}/guide`)
  const remove = cy.getByRole('button', { name: w('offline.remove') })
  await expect(async () => {
    await remove.click()
    await expect(cy.getByText(w('offline.waiting'))).toBeVisible({ timeout: 500 })
  }).toPass()
  await context.setOffline(false)
  await cy.goto(`${server.home}/take`)
  await expect(cy.locator('[data-lines]')).toContainText(w('taken.sent'))
  await expect(cy.locator('[data-lines]')).not.toContainText(w('taken.waiting'))
  await cy.goto(`${server.home}/guide`)
  await expect(async () => {
    await remove.click()
    await expect(cy.getByText(w('offline.removed'))).toBeVisible({ timeout: 500 })
  }).toPass()
  expect((await leftBehind(cy)).databases).toEqual([])
})
