import { openCase, theOnlyCase } from './casework.ts'
import { emailOf, expect, test, w } from './fixtures.ts'
import { introduce, keepKit, makeLink, takePassphrase } from './keys.ts'
import { report } from './reporting.ts'

const place = { name: w('app.places') }

test('K4: a member who is removed is signed out at once, with the case still on the screen', async ({
  server,
  community,
  device,
  asMember,
  console,
}) => {
  const { page: reporter } = await device()
  await report(reporter, community.shortName, { narrative: 'He threw a chair across the room.' })
  const pat = await asMember('Pat')
  await theOnlyCase(pat).click()
  await openCase(pat).acknowledge()
  await openCase(pat).bring()
  await server.mail.arrived(emailOf('Tia'), 1)
  const tia = await asMember('Tia')
  await theOnlyCase(tia).click()
  await expect(tia.getByText('threw a chair')).toBeVisible()

  console.allow(/status of 401/)
  await pat
    .getByRole('navigation', place)
    .getByRole('link', { name: w('people.title') })
    .click()
  await pat.getByRole('button', { name: w('people.remove.named', { name: 'Tia' }) }).click()
  await pat
    .getByRole('alert')
    .getByRole('button', { name: w('people.remove.do', { name: 'Tia' }) })
    .click()
  await expect(pat.getByText(w('people.left', { names: 'Tia' }))).toBeVisible()

  await expect(tia.getByRole('heading', { level: 1, name: w('sign-in.title') })).toBeVisible()
  await expect(tia.getByText('threw a chair')).toHaveCount(0)
})

test('keys: a member who lost every way in gets new keys, and another reader’s console offers to grant the case again', async ({
  server,
  community,
  device,
  asMember,
}) => {
  const { page: reporter } = await device()
  await report(reporter, community.shortName, { narrative: 'She was called names in the chat.' })
  const pat = await asMember('Pat')
  await theOnlyCase(pat).click()
  await openCase(pat).acknowledge()
  await openCase(pat).bring()
  await server.mail.arrived(emailOf('Mei'), 1)
  await pat
    .getByRole('navigation', place)
    .getByRole('link', { name: w('people.title') })
    .click()
  await pat.getByRole('button', { name: w('people.new-keys.named', { name: 'Mei' }) }).click()
  const link = await makeLink(pat)

  const { page: mei } = await device()
  await mei.goto(link)
  await expect(
    mei.getByRole('heading', { level: 1, name: w('invitation.keys.title', { name: 'Mei' }) }),
  ).toBeVisible()
  await mei.getByRole('button', { name: w('invitation.begin') }).click()
  await introduce(mei, 'Mei', emailOf('Mei'))
  await keepKit(mei, w('kit.yours.name'))
  await mei.getByRole('radio', { name: w('first.passphrase'), exact: false }).check()
  await takePassphrase(mei, w('invitation.enter', { community: 'Chicago Python' }))
  await mei.getByRole('button', { name: w('second.skip') }).click({ timeout: 90_000 })
  await theOnlyCase(mei).click()
  await expect(mei.getByText(w('case.no-key'))).toBeVisible()
  await expect(mei.getByText('called names')).toHaveCount(0)

  await theOnlyCase(pat).click()
  await pat.getByRole('button', { name: w('readers.grant', { name: 'Mei' }) }).click()
  await expect(pat.getByRole('button', { name: w('readers.grant', { name: 'Mei' }) })).toHaveCount(0)
  // Her window hears of it by itself.
  await expect(mei.getByText('called names')).toBeVisible()
  await openCase(mei).note('I can read it again.')
  await expect(pat.getByText('I can read it again.')).toBeVisible()
})
