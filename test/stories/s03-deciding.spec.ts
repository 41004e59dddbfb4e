import { theOnlyCase } from './casework.ts'
import { decide, toDiscussion } from './deciding.ts'
import { expect, test, w } from './fixtures.ts'
import { openMailbox, report } from './reporting.ts'

// Many people sign in, and each works out a passphrase.
test.setTimeout(300_000)

test('S3.3 to S3.7 Two proposals, M5 before M6, M6 confirmed and mailed, round again, and closed with all three', async ({
  server,
  community,
  device,
  asMember,
}) => {
  const { page: cara } = await device()
  const code = await report(cara, community.shortName, { narrative: 'A man kept photographing me.' })
  const pat = await asMember('Pat')
  const mei = await asMember('Mei')
  await toDiscussion(pat, mei)
  const raj = await asMember('Raj')
  await theOnlyCase(raj).click()

  // 3: one agrees, one does not, so it is discussed again; the second is agreed to.
  await decide(pat).propose('Ask him to stop.')
  await decide(mei).answer(null)
  await decide(raj).answer('He was asked before.')
  await expect(pat.getByText('He was asked before.')).toBeVisible()
  await decide(pat).back('return-to-discussion', 'Raj is right.')
  await expect(mei.getByText(w('task.discuss-and-propose'))).toBeVisible()
  await decide(pat).propose('He deletes the pictures and leaves.')
  await decide(mei).answer(null)
  await decide(raj).answer(null)
  await expect(pat.getByText(w('task.inform-reporter'))).toBeVisible()

  // 4: what is for him waits until Cara knows.
  await decide(pat).draft('The photographer', 'photographer@example.org', 'Please delete the pictures.')
  await decide(raj).confirm()
  await expect(pat.getByText(w('draft.locked'))).toBeVisible()
  await expect(pat.getByRole('button', { name: w('draft.send') })).toHaveCount(0)
  await decide(pat).inform('He deletes the pictures and leaves.')

  // 5
  await pat.getByRole('button', { name: w('draft.send') }).click()
  const [mail] = await server.mail.arrived('photographer@example.org', 1)
  expect(mail?.email.text?.trim()).toBe('Please delete the pictures.')
  await expect(mei.getByText(/^Sent by mail/)).toBeVisible()

  // 6, 7
  await decide(pat).back('go-on', 'He took pictures of somebody else.')
  await decide(pat).propose('He is asked to stay away.')
  await decide(mei).answer(null)
  await decide(raj).answer(null)
  await decide(pat).inform('He is asked to stay away.')
  await decide(pat).close({
    actions: 'He was asked to stay away.',
    outcome: 'He left and will not come back.',
    reviewOn: '2028-02-01',
  })
  await expect(pat.getByText(w('next.closed'))).toBeVisible()
  await expect(mei.getByText('He left and will not come back.').first()).toBeVisible()
  await openMailbox(cara, community.shortName, code)
  await expect(cara.getByText('closed until new information comes to light')).toBeVisible()
})

test('S10.3, S10.4 A ban goes to the organizers, sealed to them; it is in force only once they have passed it', async ({
  community,
  server,
  device,
  asMember,
}) => {
  const { page: lena } = await device()
  const code = await report(lena, community.shortName, { narrative: 'It is him again.' })
  const pat = await asMember('Pat')
  const mei = await asMember('Mei')
  await toDiscussion(pat, mei)
  const raj = await asMember('Raj')
  await theOnlyCase(raj).click()
  await decide(pat).propose('He is banned from our events.', true)
  await decide(mei).answer(null)
  await decide(raj).answer(null)

  await pat.getByRole('button', { name: w('step.move-motion') }).click()
  const motion = pat.getByLabel(w('motion.text'))
  await expect(motion).toHaveValue(/He is banned from our events\.[\s\S]*2 members/)
  await motion.fill((await motion.inputValue()).replace('{summary}', 'Three reports of the same kind.'))
  await pat.getByRole('button', { name: w('motion.do') }).click()
  await expect(pat.getByText(w('write.done.motion'))).toBeVisible()
  await decide(pat).inform('He is banned from our events.')
  await expect(pat.getByText(w('task.wait-for-vote'))).toBeVisible()
  await server.mail.arrived('olu@example.org', 1)

  const olu = await asMember('Olu')
  await olu.getByRole('link', { name: /^Motions of / }).click()
  await expect(olu.getByText('Three reports of the same kind.')).toBeVisible()
  await expect(olu.getByText('It is him again.')).toHaveCount(0)
  await olu.getByRole('radio', { name: w('motions.passed') }).check()
  await olu.getByRole('button', { name: w('motions.record') }).click()
  await expect(olu.getByRole('button', { name: w('motions.record') })).toHaveCount(0)
  await expect(pat.getByText(w('motion.passed'))).toBeVisible()
  await expect(pat.getByText(w('task.act-and-close'))).toBeVisible()
  await openMailbox(lena, community.shortName, code)
  await expect(lena.getByText('He is banned from our events.')).toBeVisible()
})

test('S12.2, S12.4 Delay, overdue, closed, new information, reopened with the old outcome, and the review date', async ({
  community,
  server,
  device,
  asMember,
  clock,
}) => {
  const { page: reporter } = await device()
  const code = await report(reporter, community.shortName, { narrative: 'A man kept photographing me.' })
  const pat = await asMember('Pat')
  const mei = await asMember('Mei')
  await toDiscussion(pat, mei)
  const { page: later } = await device()

  // Day 9: busy. Windows that were left open would ask on after their sessions have ended.
  await Promise.all([pat.close(), mei.close()])
  await clock.set('2027-11-06T12:00:00-05:00')
  await server.mail.arrived('pat@example.org', 2)
  const busy = await asMember('Pat')
  await theOnlyCase(busy).click()
  await busy.getByRole('button', { name: w('due.takes-longer') }).click()
  await busy.getByLabel(w('delay.reason')).fill('I am ill.')
  await busy.getByLabel(w('delay.until'), { exact: true }).fill('2027-11-15')
  await busy.getByRole('button', { name: w('delay.do') }).click()
  await expect(busy.getByText(w('write.done.delay'))).toBeVisible()
  await busy.getByRole('radio', { name: w('write.mode.M10'), exact: true }).check()
  await expect(busy.getByLabel(w('write.label.M10'))).toHaveValue(/November 15/)
  await busy.getByLabel(w('write.label.M10')).fill('It takes until November 15, since I am ill.')
  await busy.getByRole('button', { name: w('write.send.M10') }).click()
  await expect(busy.getByText(w('write.done.M10'))).toBeVisible()
  await openMailbox(later, community.shortName, code)
  await expect(later.getByText('It takes until November 15')).toBeVisible()

  // Past the new date it is overdue.
  await busy.close()
  await clock.set('2027-11-16T12:00:00-06:00')
  const again = await asMember('Pat')
  await theOnlyCase(again).click()
  await expect(again.getByText(w('due.overdue'))).toBeVisible()
  await decide(again).propose('Keep it on file, no action.')
  for (const name of ['Mei', 'Raj']) {
    const member = await asMember(name)
    await theOnlyCase(member).click()
    await decide(member).answer(null)
    await member.close()
  }
  await decide(again).inform('Keep it on file')
  await decide(again).close({ actions: 'None.', outcome: 'Kept on file.', reviewOn: '2028-02-01' })

  // Day 60: new information.
  await again.close()
  await clock.set('2027-12-27T12:00:00-06:00')
  const { page: back } = await device()
  await openMailbox(back, community.shortName, code)
  await back.getByLabel(w('mailbox.write')).fill('He is back.')
  await back.getByRole('button', { name: w('mailbox.send') }).click()
  await expect(back.getByText(w('site.mailbox.sent'))).toBeVisible()
  const pat60 = await asMember('Pat')
  await theOnlyCase(pat60).click()
  await expect(pat60.getByText(w('next.new-information'))).toBeVisible()
  await decide(pat60).back('reopen', 'He is back.')
  await expect(pat60.getByText(w('task.discuss-and-propose'))).toBeVisible()
  await expect(pat60.getByText('Kept on file.').first()).toBeVisible()
})
