import { openCase, theOnlyCase } from './casework.ts'
import { expect, test, w } from './fixtures.ts'
import { openMailbox, report } from './reporting.ts'

test('S1.1 not being sure leads to security and the police, with numbers to tap, and to no form (A1)', async ({
  community,
  phone,
}) => {
  const { page: ana } = await phone()
  await ana.goto(`/${community.shortName}`)
  await ana.getByRole('link', { name: new RegExp(`^${w('triage.harm.unsure')} `) }).click()
  await expect(ana.getByRole('heading', { level: 1, name: w('triage.danger.title') })).toBeVisible()
  const numbers = ana.locator('a[href^="tel:"]')
  await expect(numbers.first()).toHaveAttribute('href', 'tel:911')
  await expect(ana.locator('a[href="tel:312-555-0142"], a[href="tel:3125550142"]')).toBeVisible()
  await expect(ana.getByText('1200 N Example Ave')).toBeVisible()
  await expect(ana.locator('form, input, textarea')).toHaveCount(0)
  await ana.getByRole('link', { name: w('triage.danger.called') }).click()
  await expect(ana.getByRole('heading', { level: 1, name: w('triage.handle.title') })).toBeVisible()
})

test('S1.3, S1.4 Pat takes a report with few words; both on call are told; Ana, who left an address, is told of M1; the committee reads it', async ({
  server,
  community,
  device,
  phone,
  asMember,
}) => {
  const { page: taker } = await phone()
  const code = await report(taker, community.shortName, {
    narrative: 'Ana says he stood in her way by the coat racks.',
    who: { looks: 'tall, red scarf' },
    where: 'coat racks',
    notify: 'ana@example.net',
  })
  await server.mail.arrived('pat@example.org', 1)
  await server.mail.arrived('sam@example.org', 1)

  const pat = await asMember('Pat')
  await expect(pat.getByText(w('mark.overdue'))).toHaveCount(0)
  await theOnlyCase(pat).click()
  await openCase(pat).acknowledge()
  await expect(pat.getByText(w('task.bring-to-committee'))).toBeVisible()
  const [told] = await server.mail.arrived('ana@example.net', 1)
  expect(told?.email.subject).toBe(w('mail.reporter-message.subject', { community: 'Chicago Python' }))
  expect(told?.email.text).not.toMatch(/coat|scarf|thank/i)

  await openCase(pat).bring()
  for (const name of ['mei', 'raj', 'uma', 'tia', 'gus', 'hal', 'eli', 'fay'])
    await server.mail.arrived(`${name}@example.org`, 1)
  // An organizer gets nothing of it.
  expect(server.mail.to('olu@example.org')).toEqual([])
  const uma = await asMember('Uma')
  await theOnlyCase(uma).click()
  await expect(uma.getByText('by the coat racks')).toBeVisible()

  const { page: ana } = await device()
  await openMailbox(ana, community.shortName, code)
  await expect(ana.getByText(w('mailbox.from-committee', { name: 'Pat' }))).toBeVisible()
  await expect(ana.getByText(new RegExp(w('mailbox.checked'))).first()).toBeVisible()
})
