import type { Page } from '@playwright/test'
import { expect, test, w } from './fixtures.ts'

const goToRoster = (page: Page) =>
  page
    .getByRole('navigation', { name: w('app.places') })
    .getByRole('link', { name: w('roster.title'), exact: true })
    .click()

test('G1, G5: the chair sets the rule; a swap is offered and accepted; somebody steps in, and a link shows one’s own turns until it ends', async ({
  asMember,
}) => {
  const pat = await asMember('Pat')
  await goToRoster(pat)
  await expect(pat.getByText(w('roster.rule.none'))).toBeVisible()
  await pat.getByRole('button', { name: w('roster.rule.set') }).click()
  await expect(pat.getByRole('button', { name: w('roster.order.out', { name: 'Sam' }) })).toBeVisible()
  await pat.getByRole('button', { name: w('roster.rule.set') }).click()
  await expect(pat.getByRole('button', { name: w('roster.rule.change') })).toBeVisible()
  const turns = pat.getByRole('listitem').filter({ hasText: w('roster.move') })
  await expect(turns.first()).toBeVisible()

  // Sam, who is next, gives the turn to Mei.
  const sam = await asMember('Sam')
  await goToRoster(sam)
  await sam
    .getByRole('button', { name: /^Offer your turn/ })
    .first()
    .click()
  await sam.getByLabel(w('roster.swap.to'), { exact: true }).selectOption({ label: 'Mei' })
  await sam.getByLabel(w('roster.why')).fill('A wedding')
  await sam.getByRole('button', { name: w('roster.swap.do') }).click()
  await expect(sam.getByRole('button', { name: w('roster.swap.withdraw') })).toBeVisible()

  const mei = await asMember('Mei')
  await goToRoster(mei)
  await expect(mei.getByText('Sam: “A wedding”')).toBeVisible()
  await mei.getByRole('button', { name: w('roster.swap.accept') }).click()
  await expect(mei.getByRole('heading', { name: w('roster.swaps') })).toHaveCount(0)
  await expect(mei.getByText(w('roster.by-hand'))).toBeVisible()

  // Mei steps in today, with a reason, and takes it back.
  await mei.getByRole('button', { name: w('roster.override.mine') }).click()
  const from = await mei.getByLabel(w('roster.override.from'), { exact: true }).inputValue()
  await mei
    .getByLabel(w('roster.override.to'), { exact: true })
    .fill(`${Number(from.slice(0, 4)) + 1}${from.slice(4)}`)
  await mei.getByLabel(w('roster.why')).fill('Pat is ill')
  await mei.getByRole('button', { name: w('roster.override.do') }).click()
  await expect(mei.getByText(/^On call: Mei/)).toBeVisible()
  await expect(mei.getByText('Mei: “Pat is ill”').first()).toBeVisible()
  await mei
    .getByRole('button', { name: /^Take back/ })
    .first()
    .click()
  await expect(mei.getByText(/^On call: Mei/)).toHaveCount(0)

  await mei.getByRole('button', { name: w('roster.calendar.make') }).click()
  const link = await mei.getByText(/\/feeds\//).innerText()
  const fetched = await fetch(link.trim())
  expect(fetched.headers.get('content-type')).toContain('text/calendar')
  expect(await fetched.text()).toContain('BEGIN:VEVENT')
  await mei.getByRole('button', { name: w('roster.calendar.end') }).click()
  await expect(mei.getByText(w('roster.calendar.ended'))).toBeVisible()
  expect((await fetch(link.trim())).status).toBe(404)
})
