import { expect, test, w } from './fixtures.ts'

test('A1: a chair makes an event and prints its poster; its code leads to the numbers and the address of that place', async ({
  server,
  community,
  phone,
  asMember,
}) => {
  const pat = await asMember('Pat')
  await pat
    .getByRole('navigation', { name: w('app.places') })
    .getByRole('link', { name: w('settings.title') })
    .click()
  await pat
    .getByRole('navigation', { name: w('settings.sections') })
    .getByRole('link', { name: w('settings.events') })
    .click()
  await pat.getByRole('button', { name: w('events.new') }).click()
  await pat.getByLabel(w('events.name'), { exact: true }).fill('Autumn day')
  await expect(pat.getByLabel(w('events.slug'))).toHaveValue('autumn-day')
  await pat.getByLabel(w('events.from')).fill('2027-10-28')
  await pat.getByLabel(w('events.to')).fill('2027-10-29')
  await pat.getByLabel(w('events.place')).fill('The Harbor')
  await pat.getByLabel(w('events.address'), { exact: true }).fill('2 Pier Rd\nback door')
  await pat.getByLabel(w('events.security')).fill('312 555 0199')
  await pat.getByRole('button', { name: w('events.create') }).click()
  const poster = pat.getByRole('link', { name: w('events.poster-named', { event: 'Autumn day' }) })
  await expect(poster).toBeVisible()

  const { page: printed } = await phone()
  await printed.goto((await poster.getAttribute('href')) ?? '')
  await expect(printed.getByText('312 555 0199')).toBeVisible()
  await expect(printed.getByText(/2 Pier Rd/)).toBeVisible()
  await expect(printed.getByRole('img', { name: w('poster.code') })).toBeVisible()
  const address = await printed.locator('.address').textContent()
  expect(address).toBe(`${new URL(server.origin).host}/${community.shortName}/at/autumn-day`)

  // Scanned.
  const { page: ana } = await phone()
  await ana.goto(`http://${address}`)
  await expect(ana.getByText(w('event.here', { event: 'Autumn day' }))).toBeVisible()
  await ana.getByRole('link', { name: new RegExp(`^${w('triage.harm.unsure')} `) }).click()
  await expect(ana.locator('a[href="tel:3125550199"]')).toBeVisible()
  await expect(ana.locator('a[href="tel:911"]')).toBeVisible()
  await expect(ana.getByText('2 Pier Rd')).toBeVisible()
  await expect(ana.getByText('1200 N Example Ave')).toHaveCount(0)
  await ana.goto(`http://${address}`)
  await ana.getByRole('link', { name: w('home.straight-to-report') }).click()
  await ana.getByLabel(w('report.narrative.label')).fill('Somebody pushed me.')
  await ana.locator('[data-review]').click()
  await expect(ana.locator('.said-list')).toContainText('Autumn day')

  // Without its address, the only event that is on is chosen, said, and can be changed.
  const { page: bo } = await phone()
  await bo.goto(`${server.home}/alert`)
  await expect(bo.locator('a[href="tel:3125550199"]')).toBeVisible()
  await bo.goto(`${server.home}/danger`)
  await expect(bo.getByText(w('event.numbers-of', { event: 'Autumn day' }))).toBeVisible()
  await bo.getByRole('link', { name: w('event.change') }).click()
  await bo.getByRole('link', { name: new RegExp(`^${w('event.none')} `) }).click()
  await expect(bo.getByText('1200 N Example Ave')).toBeVisible()
  await expect(bo.locator('a[href="tel:3125550142"]')).toBeVisible()
})
