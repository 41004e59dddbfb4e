import { theOnlyCase } from './casework.ts'
import { emailOf, expect, test, w } from './fixtures.ts'

const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }

test('S6 (a) one gaffe: do not stop it, and a task that reminds until it is done', async ({
  server,
  clock,
  console,
  asMember,
}) => {
  // Hours later the sessions of those who did nothing have ended.
  console.allow(/status of 401/)
  const fay = await asMember('Fay', phone)
  await fay.getByRole('link', { name: w('entry.talk') }).click()
  await fay.getByRole('button', { name: w('talk.once') }).click()
  await expect(fay.getByRole('heading', { level: 1, name: w('talk.leave.title') })).toBeVisible()
  await fay.getByLabel(w('talk.words')).fill('the joke on slide four')
  await fay.getByRole('button', { name: w('talk.remind') }).click()
  await fay.getByRole('link', { name: w('logging.back') }).click()
  const list = fay.getByRole('region', { name: w('tasks.title') })
  await expect(list.getByText(w('tasks.speak'))).toBeVisible()
  await expect(list.getByText('the joke on slide four')).toBeVisible()

  // Nobody else has it.
  const pat = await asMember('Pat')
  await expect(pat.getByText(w('inbox.empty'))).toBeVisible()
  await expect(pat.getByRole('region', { name: w('tasks.title') })).toHaveCount(0)

  const reminded = w('mail.task-due.subject', { community: 'Chicago Python' })
  await clock.set('2027-10-28T21:31:00-05:00')
  await clock.set('2027-10-28T22:32:00-05:00')
  await expect
    .poll(() => server.mail.to(emailOf('Fay')).map(({ email }) => email.subject))
    .toEqual([reminded, reminded])

  const later = await asMember('Fay', phone)
  const due = later.getByRole('region', { name: w('tasks.title') })
  await due.getByRole('button', { name: w('tasks.done.named', { what: w('tasks.speak') }) }).click()
  await expect(due).toHaveCount(0)
  await clock.set('2027-10-30T12:00:00-05:00')
  expect(server.mail.to(emailOf('Fay'))).toHaveLength(2)
})

test('S6 (b) it goes on, badly: the sentence on the screen, then the log; M1, since the committee decides', async ({
  community,
  asMember,
}) => {
  const fay = await asMember('Fay', phone)
  // A member is led from the address that everybody knows to the screen (E4).
  await fay.goto(`/${community.shortName}/presentation`)
  await fay.getByRole('button', { name: w('sign-in.passphrase'), exact: true }).waitFor()
  expect(new URL(fay.url()).pathname).toBe('/console/talk')
  const again = await asMember('Fay', phone)
  await again.getByRole('link', { name: w('entry.talk') }).click()
  await again.getByRole('button', { name: w('talk.serious') }).click()
  const sentence = again.getByText('I’m sorry, this presentation cannot be continued at the present time.')
  await expect(sentence).toBeVisible()
  const size = await sentence.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  expect(size).toBeGreaterThan(26)
  await again.getByRole('link', { name: w('talk.stopped') }).click()
  await expect(again.getByLabel(w('logging.dealt-how'))).toHaveValue(w('logging.dealt-how.talk'))
  await again.getByLabel(w('logging.what.talk')).fill('Slide after slide of insults.')
  await again.getByRole('button', { name: w('logging.send') }).click()
  await expect(again.getByText(w('logging.kept.text'))).toBeVisible()

  const pat = await asMember('Pat')
  await theOnlyCase(pat).click()
  await expect(pat.getByText('Slide after slide of insults.')).toBeVisible()
  await expect(pat.getByText(w('task.answer-reporter'))).toBeVisible()
  await expect(pat.getByText(w('on-file.decision-wanted'))).toBeVisible()
  await pat.getByRole('button', { name: w('step.acknowledge'), exact: true }).click()
  await expect(pat.getByLabel(w('write.label.M1'))).not.toBeEmpty()
  await pat.getByRole('button', { name: w('write.send.M1') }).click()
  await expect(pat.getByRole('button', { name: w('step.bring-to-committee') })).toBeVisible()
})

test('S6 (c) an attendee who opens the same address gets the way to those on call (E4)', async ({
  community,
  phone: attendeePhone,
  asMember,
}) => {
  const { page } = await attendeePhone()
  await page.goto(`/${community.shortName}/presentation`)
  await expect(page.getByRole('heading', { level: 1, name: w('alert.title') })).toBeVisible()
  await expect(page.getByText('312-555-0161')).toBeVisible()
  // Organizers are no members of the committee.
  const olu = await asMember('Olu')
  await olu.goto(`/${community.shortName}/presentation`)
  await expect(olu.getByRole('heading', { level: 1, name: w('alert.title') })).toBeVisible()
})
