import { caseLines, theOnlyCase } from './casework.ts'
import { emailOf, expect, test, w } from './fixtures.ts'
import { keptIn } from './kept.ts'

const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }

test('S5 Eli warns somebody and logs it on his phone, without a signal; Pat answers M2 to Eli; it is on file', async ({
  server,
  console,
  asMember,
}) => {
  console.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/)
  const eli = await asMember('Eli', phone)
  await expect(eli.getByRole('link', { name: w('entry.warning') })).toBeVisible()
  await expect(eli.getByText(w('inbox.empty'))).toBeVisible()
  await eli.context().setOffline(true)
  await eli.getByRole('link', { name: w('entry.warning') }).click()
  // Nobody has to agree (E1); who and when are there, only the behavior is needed.
  await expect(eli.getByLabel(w('logging.by'))).toHaveValue('Eli')
  await expect(eli.getByLabel(w('logging.at'))).toHaveValue('2027-10-28T18:30')
  await eli.getByLabel(w('logging.what.warning')).fill('He kept photographing a stranger in the hallway.')
  await eli.getByLabel(w('logging.looks')).fill('vermilion waistcoat')
  await eli.getByRole('button', { name: w('logging.send') }).click()
  await expect(eli.getByText(w('logging.kept.waiting'))).toBeVisible()
  const kept = await keptIn(eli)
  expect(kept).toContain('waiting')
  for (const secret of ['photographing', 'vermilion', 'waistcoat']) expect(kept).not.toContain(secret)
  await eli.context().setOffline(false)
  await expect(eli.getByText(w('logging.kept.text'))).toBeVisible({ timeout: 45_000 })

  // A case, new, in the on-call queue (E2, F1), once.
  const pat = await asMember('Pat')
  await expect(caseLines(pat)).toHaveCount(1)
  await theOnlyCase(pat).click()
  await expect(pat.getByText(w('case.channel.member'))).toBeVisible()
  await expect(pat.getByRole('heading', { name: w('record.logged', { name: 'Eli' }) })).toBeVisible()
  await expect(pat.getByText(w('record.checked')).first()).toBeVisible()
  await expect(pat.getByText('vermilion waistcoat')).toBeVisible()

  // M2 to Eli (H3).
  await pat.getByRole('button', { name: w('step.keep-on-file'), exact: true }).click()
  await expect(pat.getByText(w('write.hint.filer', { name: 'Eli' }))).toBeVisible()
  await expect(pat.getByLabel(w('write.label.M2'))).not.toBeEmpty()
  await pat.getByRole('button', { name: w('write.send.M2') }).click()
  await expect(pat.getByText(w('next.on-file'))).toBeVisible()
  const mails = await server.mail.arrived(emailOf('Eli'), 1)
  expect(mails.map(({ email }) => email.subject)).toEqual([
    w('mail.log-answered.subject', { community: 'Chicago Python' }),
  ])
  await eli.getByRole('link', { name: w('logging.back') }).click()
  await eli.getByRole('radio', { name: w('inbox.closed') }).check()
  await theOnlyCase(eli).click()
  await expect(
    eli.getByText(w('record.template', { name: 'Pat', message: w('message.M2.name'), key: 'M2' })),
  ).toBeVisible()
  // Nobody else was told, the subject least of all (L7).
  expect(new Set(server.mail.mails.flatMap(({ to }) => to))).toEqual(
    new Set(['Pat', 'Sam', 'Eli'].map(emailOf)),
  )
})

test('F2, K1: Hal files for somebody about Gus, who is on call: it goes past him', async ({
  server,
  clock,
  asMember,
}) => {
  await clock.set('2027-10-28T18:31:00-05:00')
  const hal = await asMember('Hal', phone)
  await hal.getByRole('link', { name: w('entry.told') }).click()
  await hal.getByLabel(w('logging.what.told')).fill('Pat shouted at her after the meetup.')
  await hal.getByRole('checkbox', { name: 'Pat', exact: true }).check()
  await hal.getByRole('button', { name: w('logging.send') }).click()
  await expect(hal.getByText(w('logging.kept.text'))).toBeVisible()
  const sam = await asMember('Sam')
  await theOnlyCase(sam).click()
  await expect(sam.getByText('Pat shouted at her')).toBeVisible()
  const pat = await asMember('Pat')
  await expect(pat.getByText(w('inbox.empty'))).toBeVisible()
  await server.mail.arrived(emailOf('Sam'), 1)
  expect(server.mail.to(emailOf('Pat'))).toEqual([])
})
