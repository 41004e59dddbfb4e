import { openCase, theOnlyCase } from './casework.ts'
import { expect, test, w } from './fixtures.ts'
import { openMailbox, report } from './reporting.ts'

// Several people sign in, one after the other, on a machine that may be busy.
test.setTimeout(240_000)

test('S3.2 Pat becomes shepherd: the committee agrees, M3 is skipped, M4 moves it to discussion (I2, I3, I5, I7)', async ({
  server,
  community,
  device,
  asMember,
}) => {
  const { page: cara } = await device()
  const code = await report(cara, community.shortName, { narrative: 'A man kept photographing me.' })
  const pat = await asMember('Pat')
  await theOnlyCase(pat).click()
  await openCase(pat).acknowledge()
  await openCase(pat).bring()
  const mei = await asMember('Mei')
  await theOnlyCase(mei).click()
  await expect(mei.getByText(w('task.pick-shepherd'))).toBeVisible()

  await openCase(pat).shepherd(null, { who: w('shepherd.who.me', { name: 'Pat' }), bias: 'no' })
  await server.mail.arrived('mei@example.org', 2)
  // Whoever is proposed does not decide about themselves.
  await expect(pat.getByRole('radio', { name: w('shepherd.act.assign', { name: 'Pat' }) })).toHaveCount(0)
  await expect(mei.getByText(w('record.shepherd.no-bias'))).toBeVisible()
  await openCase(mei).shepherd(w('shepherd.act.assign', { name: 'Pat' }))

  await openCase(pat).tell('M4')
  await expect(pat.getByText(w('task.discuss-and-propose'))).toBeVisible()
  await expect(mei.getByText(w('task.discuss-and-propose'))).toBeVisible()
  await openMailbox(cara, community.shortName, code)
  await expect(cara.getByText('I look after your report')).toBeVisible()
})

test('I3, I5, I6: Uma has a bias that does not matter; the reporter would rather have somebody else', async ({
  server,
  community,
  device,
  asMember,
  clock,
  console,
}) => {
  const { page: cara } = await device()
  const code = await report(cara, community.shortName, { narrative: 'A man kept photographing me.' })
  const pat = await asMember('Pat')
  await theOnlyCase(pat).click()
  await openCase(pat).acknowledge()
  await openCase(pat).bring()
  await openCase(pat).shepherd(null, { who: 'Uma' })

  const uma = await asMember('Uma')
  await theOnlyCase(uma).click()
  await expect(uma.getByText(w('shepherd.proposed', { name: 'Uma' }))).toBeVisible()
  await openCase(uma).shepherd(w('shepherd.act.declare'), { bias: 'yes', text: 'We ran a meetup together.' })
  await expect(pat.getByText('We ran a meetup together.')).toBeVisible()
  await openCase(pat).shepherd(w('shepherd.act.assign', { name: 'Uma' }))
  await openCase(pat).tell('M3')
  await expect(pat.getByText(w('task.wait-for-objection'))).toBeVisible()

  await openMailbox(cara, community.shortName, code)
  await expect(cara.getByText(w('mailbox.shepherd', { name: 'Uma' }))).toBeVisible()
  await cara.getByRole('radio', { name: w('mailbox.shepherd.objects') }).check()
  await cara.getByRole('button', { name: w('mailbox.send') }).click()
  await expect(cara.getByText(w('site.mailbox.sent'))).toBeVisible()
  await expect(cara.getByText(w('mailbox.shepherd', { name: 'Uma' }))).toBeHidden()

  await expect(pat.getByText(w('record.answer.objects'))).toBeVisible()
  await expect(pat.getByText(w('task.pick-shepherd'))).toBeVisible()
  await openCase(pat).shepherd(null, { who: 'Mei' })
  const mei = await asMember('Mei')
  await theOnlyCase(mei).click()
  await openCase(mei).shepherd(w('shepherd.act.declare'), { bias: 'no' })
  await openCase(pat).shepherd(w('shepherd.act.assign', { name: 'Mei' }))
  await openCase(pat).tell('M3')

  // Three days without a word: it is the shepherd’s turn.
  console.allow(/status of 401/)
  await clock.set('2027-10-31T18:30:00-05:00')
  const subject = w('mail.shepherd-introduce.subject', { community: 'Chicago Python' })
  await expect
    .poll(() => server.mail.to('mei@example.org').map(({ email }) => email.subject))
    .toContain(subject)
  const later = await asMember('Mei')
  await theOnlyCase(later).click()
  await openCase(later).tell('M4')
  await expect(later.getByText(w('task.discuss-and-propose'))).toBeVisible()
})
