import type { WaysIn } from '../support/ways-in.ts'
import { caseLines, openCase, theOnlyCase } from './casework.ts'
import { expect, test, unlock, w } from './fixtures.ts'
import { openMailbox, report } from './reporting.ts'

// Several people sign in, one after the other, on a machine that may be busy.
test.setTimeout(240_000)

test('S7, K3: Gus steps aside, and two others set Hal aside; the rest goes on without them, and so does the reporter', async ({
  server,
  community,
  device,
  asMember,
  ways,
  console,
}) => {
  const { page: ida } = await device()
  const code = await report(ida, community.shortName, { narrative: 'At every meetup the same.' })
  const pat = await asMember('Pat')
  await theOnlyCase(pat).click()
  await openCase(pat).acknowledge()
  await openCase(pat).bring()
  await openMailbox(ida, community.shortName, code)

  const gus = await asMember('Gus')
  await theOnlyCase(gus).click()
  const address = gus.url()
  await gus.getByRole('button', { name: w('conflict.step-aside') }).click()
  await expect(gus.getByText(w('conflict.step-aside.confirm'))).toBeVisible()
  await gus.getByRole('button', { name: w('conflict.step-aside.do') }).click()
  await expect(gus.getByText(w('inbox.empty'))).toBeVisible()
  await expect(caseLines(gus)).toHaveCount(0)
  await gus.getByRole('radio', { name: w('inbox.closed') }).check()
  await expect(gus.getByText(w('inbox.empty.closed'))).toBeVisible()
  expect(new URL(gus.url()).pathname).not.toBe(new URL(address).pathname)

  // Pat has it open: it is sealed anew with a key that Gus’s browser never held.
  await expect(pat.getByText(w('record.epoch', { name: 'Gus' }))).toBeVisible()
  await expect(pat.getByText(w('record.epoch', { name: 'Pat' }))).toBeVisible()
  const chips = pat.getByRole('listitem')
  await expect(chips.filter({ hasText: /^Gus$/ })).toHaveCount(0)

  const hal = await asMember('Hal')
  await theOnlyCase(hal).click()
  await expect(hal.getByText('At every meetup the same.')).toBeVisible()
  await pat.getByRole('button', { name: w('conflict.other') }).click()
  await pat.getByLabel(w('conflict.other.who')).selectOption({ label: 'Hal' })
  await pat.getByRole('button', { name: w('conflict.other.do') }).click()
  await expect(pat.getByText(w('conflict.said', { by: 'Pat', name: 'Hal' }))).toBeVisible()
  const mei = await asMember('Mei')
  await theOnlyCase(mei).click()
  await expect(mei.getByText(w('conflict.said', { by: 'Pat', name: 'Hal' }))).toBeVisible()
  await expect(hal.getByText(w('conflict.said', { by: 'Pat', name: 'Hal' }))).toHaveCount(0)
  console.allow(/status of 404 .*\/api\/v1\/cases\//)
  await mei.getByRole('button', { name: w('conflict.decide', { name: 'Hal' }) }).click()
  await expect(mei.getByText(w('record.epoch', { name: 'Mei' }))).toBeVisible()
  await expect(mei.getByRole('listitem').filter({ hasText: /^Hal$/ })).toHaveCount(0)
  expect(server.mail.to('hal@example.org')).toHaveLength(1)

  await hal.reload()
  await unlock(hal, (ways.Hal as WaysIn).passphrase)
  await expect(hal.getByRole('heading', { level: 1, name: w('case.not-found.title') })).toBeVisible()
  await openCase(mei).note('Only for those who are left.')
  // The mailbox was open from before: what is written there is sealed to the new key.
  await ida.locator('#text').fill('It happened again.')
  await ida.getByRole('button', { name: w('mailbox.send') }).click()
  await expect(ida.getByText(w('site.mailbox.sent'))).toBeVisible()
  await expect(pat.getByText('It happened again.')).toBeVisible()
  await expect(pat.getByText('Only for those who are left.')).toBeVisible()
})
