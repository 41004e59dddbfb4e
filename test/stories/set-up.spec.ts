import { addAuthenticator } from './authenticator.ts'
import { expect, signIn, test, w } from './fixtures.ts'
import { introduce, keepKit, makeLink, takePassphrase } from './keys.ts'
import { report } from './reporting.ts'

test.use({ isSeeded: false })

test('set-up: a stranger founds a community with the printed link, invites somebody who accepts, and signs in with one touch', async ({
  server,
  device,
}) => {
  const { page: pat } = await device({ permissions: ['clipboard-read', 'clipboard-write'] })
  const passkeys = await addAuthenticator(pat, { hasPrf: true })
  await pat.goto(server.setUpLink)
  await pat.getByLabel(w('settings.community.name')).fill('Prairie Pythonistas')
  await expect(pat.getByLabel(w('set-up.community.short-name'))).toHaveValue('prairie-pythonistas')
  await pat.getByLabel(w('settings.community.zone')).selectOption('America/Chicago')
  await pat.getByLabel(w('settings.community.email')).fill('conduct@prairie.example')
  await pat.getByRole('button', { name: w('app.next'), exact: true }).click()
  await introduce(pat, 'Pat Example', 'pat@prairie.example')
  await keepKit(pat, w('kit.yours.name'))
  await expect(pat.getByRole('heading', { level: 1, name: w('kit.community.title') })).toBeVisible()
  await keepKit(pat, w('kit.community.name'))
  await pat.getByRole('button', { name: w('passkey.make') }).click()
  await expect(pat.getByRole('heading', { level: 1, name: w('second.title') })).toBeVisible()
  const passphrase = await takePassphrase(pat, w('second.add-passphrase'))
  await expect(
    pat.getByRole('heading', {
      level: 1,
      name: w('set-up.done.title', { community: 'Prairie Pythonistas' }),
    }),
  ).toBeVisible({ timeout: 90_000 })
  const fingerprint = await pat.locator('.fingerprint').innerText()
  await pat.getByRole('button', { name: w('set-up.done.begin') }).click()
  await expect(pat.getByRole('button', { name: w('account.lock') })).toBeVisible()

  // The public page shows the same fingerprint, and takes a report from the first minute on.
  const { page: cara } = await device()
  await cara.goto(`${server.origin}/prairie-pythonistas/guide`)
  await expect(cara.getByText(fingerprint)).toBeVisible()
  await report(cara, 'prairie-pythonistas', { narrative: 'Somebody shouted at me in the corridor.' })
  await server.mail.arrived('pat@prairie.example', 1)

  // The link works once.
  const { page: late } = await device()
  await late.goto(server.setUpLink)
  await late.getByLabel(w('settings.community.name')).waitFor()
  const again = await late.request.post('/api/v1/set-up', {
    headers: { authorization: `Setup ${server.setUpLink.split('#')[1]}`, origin: server.origin },
    data: {},
  })
  expect(again.status()).toBe(410)

  await pat
    .getByRole('navigation', { name: w('app.places') })
    .getByRole('link', { name: w('people.title') })
    .click()
  await pat.getByLabel(w('invite.note')).fill('Sam')
  const link = await makeLink(pat)
  const { page: sam } = await device()
  await addAuthenticator(sam, { hasPrf: false })
  await sam.goto(link)
  await expect(
    sam.getByRole('heading', { level: 1, name: w('invitation.title', { community: 'Prairie Pythonistas' }) }),
  ).toBeVisible()
  await expect(sam.getByText(fingerprint)).toBeVisible()
  await sam.getByRole('button', { name: w('invitation.begin') }).click()
  await introduce(sam, 'Sam Example', 'sam@prairie.example')
  const kit = await keepKit(sam, w('kit.yours.name'))
  // A device without PRF: the passkey signs in, and a passphrase is needed to unlock. No dead end, and no way around.
  await sam.getByRole('button', { name: w('passkey.make') }).click()
  await expect(sam.getByText(w('second.no-unlock'))).toBeVisible()
  await expect(sam.getByRole('button', { name: w('second.skip') })).toHaveCount(0)
  const samsPassphrase = await takePassphrase(sam, w('second.add-passphrase'))
  await expect(sam.getByRole('button', { name: w('account.lock') })).toBeVisible({ timeout: 90_000 })
  // K4: what came in before is not Sam's.
  await expect(sam.getByText(w('inbox.empty'))).toBeVisible()

  await pat
    .getByRole('navigation', { name: w('app.places') })
    .getByRole('link', { name: 'Pat Example' })
    .click()
  await pat.getByRole('button', { name: w('account.sign-out') }).click()
  await expect(pat.getByRole('heading', { level: 1, name: w('sign-in.title') })).toBeVisible()
  const before = passkeys.asserted()
  await pat.getByRole('button', { name: w('sign-in.passkey') }).click()
  await expect(pat.getByRole('button', { name: w('account.lock') })).toBeVisible()
  expect(passkeys.asserted() - before).toBe(1)
  await pat
    .getByRole('navigation', { name: w('app.places') })
    .getByRole('link', { name: w('inbox.title') })
    .click()
  await pat
    .getByRole('region', { name: w('inbox.title') })
    .getByRole('listitem')
    .click()
  await expect(pat.getByText('shouted at me in the corridor')).toBeVisible()

  // Sam's passkey signs in; the passphrase, or the kit, unlocks.
  await sam
    .getByRole('navigation', { name: w('app.places') })
    .getByRole('link', { name: 'Sam Example' })
    .click()
  await sam.getByRole('button', { name: w('account.sign-out') }).click()
  await sam.getByRole('button', { name: w('sign-in.passkey') }).click()
  await expect(sam.getByRole('heading', { level: 1, name: w('unlock.title') })).toBeVisible()
  await sam.getByRole('button', { name: w('sign-in.kit'), exact: true }).click()
  await sam.getByLabel(w('sign-in.kit.words')).fill(kit.join(', ').toUpperCase())
  await sam.getByRole('button', { name: w('unlock.submit'), exact: true }).click()
  await expect(sam.getByRole('button', { name: w('account.lock') })).toBeVisible()

  // And on a device without any passkey, the passphrase does both.
  const { page: elsewhere } = await device()
  await elsewhere.goto('/console')
  await signIn(elsewhere, 'sam@prairie.example', samsPassphrase)
  const { page: library } = await device()
  await library.goto('/console')
  await signIn(library, 'pat@prairie.example', passphrase)
})
