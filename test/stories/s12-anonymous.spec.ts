import { openCase, theOnlyCase } from './casework.ts'
import { emailOf, expect, test, w } from './fixtures.ts'
import { openMailbox, report } from './reporting.ts'

test('S12.1, S12.3 anonymous: the code is shown once, M1 waits and is delivered when opened; back on another device, a witness is added', async ({
  server,
  community,
  clock,
  device,
  phone,
  asMember,
}) => {
  const { page: reporter, context } = await phone()
  const code = await report(reporter, community.shortName, {
    narrative: 'In the workshop he took my laptop and read my mail aloud.',
  })
  await reporter.getByRole('link', { name: w('receipt.kept') }).click()
  await expect(reporter.getByRole('heading', { level: 1, name: w('triage.harm.title') })).toBeVisible()
  await reporter.goBack()
  await expect(reporter.getByText(code)).toHaveCount(0)
  // Nothing is left on the phone: no cookie, nothing stored.
  expect(await context.cookies()).toEqual([])
  expect(await reporter.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0])

  const pat = await asMember('Pat')
  await theOnlyCase(pat).click()
  await expect(pat.getByText(w('report.anonymous'), { exact: true })).toBeVisible()
  await openCase(pat).acknowledge()
  await expect(pat.getByText(w('record.not-opened'))).toBeVisible()
  // No address was asked for, so none was written to.
  expect(server.mail.mails.flatMap(({ to }) => to).every((to) => to.endsWith('@example.org'))).toBe(true)

  await clock.set('2027-11-17T20:00:00-06:00')
  const { page: later } = await device()
  await openMailbox(later, community.shortName, code.toUpperCase().replaceAll(' ', ' - '))
  await expect(later.getByText('read my mail aloud')).toBeVisible()
  await expect(later.getByText(w('mailbox.from-committee', { name: 'Pat' }))).toBeVisible()
  await expect(later.getByLabel(/mail/i)).toHaveCount(0)

  await later.getByLabel(w('mailbox.write')).fill('Noor from the next table saw it all.')
  await later.getByLabel(w('mailbox.add-file')).setInputFiles({
    name: 'table.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('She sat at table four.'),
  })
  await later.getByRole('button', { name: w('mailbox.send'), exact: true }).click()
  await expect(later.getByText(w('site.mailbox.sent'))).toBeVisible()

  // Pat, who answered, is told; her session has ended meanwhile.
  // Days have passed, so the weekly check of her channels is among her mail.
  await expect
    .poll(() => server.mail.to(emailOf('Pat')).map(({ email }) => email.subject))
    .toContain(w('mail.answer-new.subject', { community: 'Chicago Python' }))
  const again = await asMember('Pat')
  await theOnlyCase(again).click()
  await expect(again.getByText('Noor from the next table')).toBeVisible()
  await expect(again.getByText('table.txt')).toBeVisible()
  await expect(again.getByText(w('record.not-opened'))).toHaveCount(0)
  await expect(
    again
      .getByRole('article')
      .filter({ hasText: 'opened Wed 17 Nov' })
      .or(again.getByText(/opened 20:00/)),
  ).toBeVisible()
})
