import type { Locator, Page } from '@playwright/test'
import { openCase, theOnlyCase } from './casework.ts'
import { expect, test, w } from './fixtures.ts'
import { fillReport, receiptCode } from './reporting.ts'

/** The button that only a browser without JavaScript shows; Playwright looks into `noscript` only when told to. */
const forward = (page: Page): Locator => page.locator('noscript button[type="submit"]')

test('without JavaScript: report, receipt, mailbox; the member reads that the server sealed it', async ({
  server,
  community,
  phone,
  asMember,
  console,
}) => {
  console.allow(/status of 422 .*\/report$/)
  const { page: dee } = await phone({ javaScriptEnabled: false })
  await dee.goto(`/${community.shortName}/report`)
  await expect(dee.locator('noscript .weaker')).toContainText(w('form.no-js.title'))
  await fillReport(dee, {
    narrative: 'He grabbed my arm on the stairs.',
    who: { name: 'Rob <b>Example</b>' },
    when: 'after the last talk',
    notify: 'dee@example.net',
  })
  await forward(dee).click()
  await expect(dee.getByRole('heading', { level: 1, name: w('review.title') })).toBeVisible()
  await expect(dee.getByText('Rob <b>Example</b>')).toBeVisible()
  await expect(dee.getByText(w('form.no-js.text'))).toBeVisible()
  // Changing it loses nothing.
  await dee.getByRole('button', { name: w('review.change') }).click()
  await expect(dee.getByLabel(w('report.narrative.label'))).toHaveValue('He grabbed my arm on the stairs.')
  await forward(dee).click()
  await dee
    .getByLabel(w('report.evidence.label'))
    .setInputFiles({ name: 'arm.txt', mimeType: 'text/plain', buffer: Buffer.from('left arm') })
  await dee.getByRole('button', { name: w('form.no-js.send') }).click()
  const code = await receiptCode(dee)
  expect(dee.url()).not.toContain(code.split(' ')[0] as string)
  await server.mail.arrived('pat@example.org', 1)

  const pat = await asMember('Pat')
  await theOnlyCase(pat).click()
  await expect(pat.getByText('grabbed my arm')).toBeVisible()
  await expect(pat.getByText(w('record.sealed-by-server'))).toBeVisible()
  await expect(pat.getByText(w('case.channel.web-plain'))).toBeVisible()
  await expect(pat.getByText(w('record.checked'))).toHaveCount(0)
  await openCase(pat).acknowledge()
  await server.mail.arrived('dee@example.net', 1)

  await dee.goto(`/${community.shortName}/mailbox`)
  await dee.getByLabel(w('mailbox.code.label')).fill(code)
  await expect(dee.locator('noscript .weaker')).toContainText(w('mailbox.no-js'))
  await forward(dee).click()
  await expect(dee.getByText(w('mailbox.from-committee', { name: 'Pat' }))).toBeVisible()
  await dee.getByLabel(w('mailbox.write')).fill('It was on the back stairs.')
  await dee.getByRole('button', { name: w('mailbox.send'), exact: true }).click()
  await expect(dee.getByText('It was on the back stairs.')).toBeVisible()
  // A report that came without a word is not one, and nothing that was typed is lost.
  await dee.goto(`/${community.shortName}/report`)
  await fillReport(dee, { narrative: ' ', where: 'the back stairs' })
  await forward(dee).click()
  await expect(dee.getByRole('alert')).toContainText(w('error.narrative-missing'))
  await expect(dee.locator('[name="where"]')).toHaveValue('the back stairs')

  // Pat's window has heard of the answer by itself.
  await expect(pat.getByText('on the back stairs')).toBeVisible()
})
