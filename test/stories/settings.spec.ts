import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { caseLines, theOnlyCase } from './casework.ts'
import { emailOf, expect, test, w } from './fixtures.ts'
import { openMailbox, report } from './reporting.ts'

const places = { name: w('app.places') }
const sections = { name: w('settings.sections') }

test('G1, H3: the pair on call is set by hand; what was dealt with already is kept on file with M2, from the community’s own text', async ({
  server,
  community,
  device,
  asMember,
}) => {
  const pat = await asMember('Pat')
  const go = (to: string) => pat.getByRole('navigation', places).getByRole('link', { name: to }).click()
  await go(w('roster.title'))
  await pat.getByRole('button', { name: w('roster.override') }).click()
  await pat.getByLabel(w('turn.primary'), { exact: true }).selectOption({ label: 'Mei' })
  await pat.getByLabel(w('turn.secondary'), { exact: true }).selectOption({ label: 'Raj' })
  await pat.getByRole('button', { name: w('roster.override.do') }).click()
  await expect(pat.getByText(w('inbox.on-call', { names: 'Mei, Raj' }))).toBeVisible()
  await go(w('settings.title'))
  await pat
    .getByRole('navigation', sections)
    .getByRole('link', { name: w('settings.messages') })
    .click()
  await pat.getByLabel(w('messages.which')).selectOption('M2')
  await pat
    .getByLabel(w('messages.body'))
    .fill('Thank you from {community}. It is in the blue folder. {member}')
  await pat.getByRole('button', { name: w('app.save'), exact: true }).click()
  await expect(pat.getByText(w('app.saved'))).toBeVisible()

  const { page: kai } = await device()
  const code = await report(kai, community.shortName, {
    narrative: 'Somebody was rude at the door; we asked him to leave and he did.',
    dealtWith: 'yes',
    decisionWanted: 'no',
  })
  // That they are on call, and the report.
  await server.mail.arrived(emailOf('Mei'), 2)
  await server.mail.arrived(emailOf('Raj'), 2)
  expect(server.mail.to(emailOf('Pat'))).toEqual([])
  const mei = await asMember('Mei')
  await theOnlyCase(mei).click()
  await mei.getByRole('button', { name: w('step.keep-on-file'), exact: true }).click()
  await expect(mei.getByLabel(w('write.label.M2'))).toHaveValue(
    'Thank you from Chicago Python. It is in the blue folder. Mei',
  )
  await mei.getByRole('button', { name: w('write.send.M2') }).click()
  await expect(mei.getByText(w('next.on-file'))).toBeVisible()
  await mei.getByRole('radio', { name: w('inbox.closed') }).check()
  await expect(caseLines(mei)).toHaveCount(1)
  await expect(mei.getByText(w('case.failed.title'))).toHaveCount(0)
  const { page: later } = await device()
  await openMailbox(later, community.shortName, code)
  await expect(later.getByText('It is in the blue folder.')).toBeVisible()
  // Nobody else is told of it: it is kept, not discussed.
  expect(server.mail.to(emailOf('Uma'))).toEqual([])
})

test('mail: a test message arrives', async ({ server, asMember }) => {
  const pat = await asMember('Pat')
  await pat
    .getByRole('navigation', places)
    .getByRole('link', { name: w('settings.title') })
    .click()
  await pat
    .getByRole('navigation', sections)
    .getByRole('link', { name: w('settings.mail'), exact: true })
    .click()
  await expect(pat.getByText(w('mail.not-set'))).toHaveCount(0)
  await pat.getByRole('button', { name: w('mail.test') }).click()
  await expect(pat.getByText(w('mail.test.sent', { email: emailOf('Pat') }))).toBeVisible()
  expect(server.mail.to(emailOf('Pat'))).toHaveLength(1)
})

test.describe('without a mail server', () => {
  test.use({ hasMail: false })

  test('mail: it is said plainly, and what would be sent lies in a folder', async ({
    server,
    community,
    device,
    asMember,
  }) => {
    const { page: cara } = await device()
    await report(cara, community.shortName, { narrative: 'He shouted at me.' })
    const pat = await asMember('Pat')
    await pat
      .getByRole('navigation', places)
      .getByRole('link', { name: w('settings.title') })
      .click()
    await pat
      .getByRole('navigation', sections)
      .getByRole('link', { name: w('settings.mail'), exact: true })
      .click()
    await expect(pat.getByText(w('mail.not-set'))).toBeVisible()
    await pat.getByRole('button', { name: w('mail.test') }).click()
    await expect(pat.getByText(w('mail.test.written', { email: emailOf('Pat') }))).toBeVisible()
    // To both on call, and the test message.
    expect(
      (await readdir(join(server.dataDir, 'mail'))).filter((name) => name.endsWith('.eml')),
    ).toHaveLength(3)
  })
})
