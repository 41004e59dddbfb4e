import type { Route } from '@playwright/test'
import { caseLines, theOnlyCase } from './casework.ts'
import { expect, test, w } from './fixtures.ts'
import { fillReport, readOver, receiptCode, report, send } from './reporting.ts'

const reports = '**/api/v1/communities/*/reports'

test('F3: a server that cannot take it, an answer that is lost, no connection: what was typed stays, and one report arrives', async ({
  server,
  community,
  phone,
  asMember,
  console,
}) => {
  console.allow(/status of 503|ERR_CONNECTION_RESET|ERR_INTERNET_DISCONNECTED/)
  const { page: cy, context } = await phone()
  await cy.goto(`/${community.shortName}/report`)
  await fillReport(cy, { narrative: 'They mocked her accent.', where: 'room 3' })
  await readOver(cy)
  let tries = 0
  await context.route(reports, async (route: Route) => {
    tries += 1
    if (tries === 1)
      return route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: '/docs/api#unavailable',
          title: '',
          status: 503,
          detail: '',
          code: 'unavailable',
        }),
      })
    if (tries === 2) {
      // The server has it; the answer never comes.
      await route.fetch()
      return route.abort('connectionreset')
    }
    return route.continue()
  })
  await send(cy)
  expect(tries).toBe(3)
  await server.mail.arrived('pat@example.org', 1)
  const pat = await asMember('Pat')
  await theOnlyCase(pat).click()
  await expect(pat.getByText('mocked her accent')).toBeVisible()
  expect(server.mail.to('pat@example.org')).toHaveLength(1)
})

test('a report form never discards what was typed: what is wrong is said, and everything stays', async ({
  community,
  phone,
  console,
}) => {
  console.allow(/ERR_INTERNET_DISCONNECTED/)
  const { page: cy, context } = await phone()
  await cy.goto(`/${community.shortName}/report`)
  await fillReport(cy, { narrative: ' ', where: 'room 3', notify: 'not an address' })
  await cy.getByRole('button', { name: w('form.review') }).click()
  await expect(cy.getByRole('alert')).toContainText(w('site.problem.missing'))
  await expect(cy.getByRole('alert')).toContainText(w('site.problem.bad-address'))
  await cy.getByLabel(w('report.narrative.label')).fill('They mocked her accent.')
  await cy.getByRole('textbox', { name: w('form.notify.label') }).fill('')
  await readOver(cy)
  await context.setOffline(true)
  await cy.getByRole('button', { name: w('review.send'), exact: true }).click()
  await expect(cy.getByText(w('site.offline'))).toBeVisible()
  await expect(cy.getByText('They mocked her accent.')).toBeVisible()
  await context.setOffline(false)
  await receiptCode(cy)
})

test('a report that the server refuses can be changed and sent again', async ({
  community,
  device,
  asMember,
  console,
}) => {
  console.allow(/status of 422/)
  const { page: cy, context } = await device()
  await cy.goto(`/${community.shortName}/report`)
  await fillReport(cy, { narrative: 'They mocked her accent.' })
  await readOver(cy)
  await context.route(
    reports,
    (route) =>
      route.fulfill({
        status: 422,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: '',
          title: '',
          status: 422,
          detail: 'Not like this.',
          code: 'key-reused',
        }),
      }),
    { times: 1 },
  )
  await cy.getByRole('button', { name: w('review.send'), exact: true }).click()
  await expect(cy.getByText('Not like this.')).toBeVisible()
  await cy.getByRole('button', { name: w('review.change') }).click()
  await cy.getByLabel(w('report.narrative.label')).fill('They mocked her accent, twice.')
  await readOver(cy)
  await send(cy)
  const pat = await asMember('Pat')
  await theOnlyCase(pat).click()
  await expect(pat.getByText('They mocked her accent, twice.')).toBeVisible()
  await expect(caseLines(pat)).toHaveCount(1)
})

test('leave quickly: on every public page, by a tap or by Escape twice, and back does not return', async ({
  community,
  phone,
  console,
}) => {
  console.allow(/weather\.gov/)
  const { page, context } = await phone()
  await context.route('https://www.weather.gov/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Weather</title><h1>Sunny</h1>' }),
  )
  const home = `/${community.shortName}`
  const places = ['', '/danger', '/report', '/guide', '/mailbox', '?way=no-no-no'].map(
    (path) => `${home}${path}`,
  )
  for (const [index, place] of places.entries()) {
    await page.goto('about:blank')
    await page.goto(place)
    if (place.endsWith('/report'))
      await page.getByLabel(w('report.narrative.label')).fill('They mocked her accent.')
    const leave = page.getByRole('link', { name: w('page.leave'), exact: true })
    await expect(leave).toBeInViewport()
    if (index % 2 === 0) await leave.click()
    else {
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
    }
    await expect(page.getByRole('heading', { name: 'Sunny' })).toBeVisible()
    await page.goBack()
    expect(page.url()).toBe('about:blank')
  }
})

test('leave quickly: from the receipt too, without a question', async ({ community, phone, console }) => {
  console.allow(/weather\.gov/)
  const { page, context } = await phone()
  await context.route('https://www.weather.gov/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>Weather</title><h1>Sunny</h1>' }),
  )
  await report(page, community.shortName, { narrative: 'They mocked her accent.' })
  page.on('dialog', (dialog) => dialog.dismiss())
  await page.getByRole('link', { name: w('page.leave'), exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Sunny' })).toBeVisible()
})
