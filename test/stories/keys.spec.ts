import type { WaysIn } from '../support/ways-in.ts'
import { emailOf, expect, signIn, test, unlock, w } from './fixtures.ts'
import { makeLink } from './keys.ts'

const places = { name: w('app.places') }

test('sessions: whoever is signed in sees where, and signs out there, at once', async ({
  asMember,
  console,
}) => {
  console.allow(/status of 401/)
  const left = await asMember('Pat')
  const here = await asMember('Pat')
  await here.getByRole('navigation', places).getByRole('link', { name: 'Pat' }).click()
  await expect(here.getByText(w('account.this-one'))).toBeVisible()
  await here.getByRole('button', { name: w('account.end') }).click()
  await expect(left.getByRole('heading', { level: 1, name: w('sign-in.title') })).toBeVisible()
  await expect(here.getByRole('button', { name: w('account.end') })).toHaveCount(0)
})

test('keys: they are in memory only, unless one chooses to stay unlocked, and then for eight hours', async ({
  server,
  clock,
  device,
  asMember,
  ways,
  console,
}) => {
  console.allow(/status of 401/)
  const { passphrase } = ways.Pat as WaysIn
  const pat = await asMember('Pat')
  await pat.reload()
  await expect(pat.getByRole('heading', { level: 1, name: w('unlock.title') })).toBeVisible()
  await unlock(pat, passphrase)
  await pat.getByRole('button', { name: w('account.lock') }).click()
  await expect(pat.getByRole('heading', { level: 1, name: w('unlock.title') })).toBeVisible()

  const { page: own } = await device()
  await own.goto('/console')
  await own.getByRole('checkbox', { name: w('sign-in.stay') }).check()
  await signIn(own, emailOf('Pat'), passphrase)
  await own.reload()
  await expect(own.getByRole('button', { name: w('account.lock') })).toBeVisible()
  // What the device keeps is a key that it does not give out, and nothing in the open.
  const kept = await own.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open('bellwether')
        opening.onsuccess = () => {
          const asking = opening.result.transaction('device').objectStore('device').get('keys')
          asking.onsuccess = () =>
            crypto.subtle.exportKey('raw', asking.result.key).then(
              () => resolve('the key was given out'),
              () => resolve(JSON.stringify(Object.keys(asking.result))),
            )
        }
      }),
  )
  expect(kept).toContain('sealed')
  await clock.set('2027-10-29T02:31:00-05:00')
  await own.reload()
  await expect(own.getByRole('heading', { level: 1, name: w('sign-in.title') })).toBeVisible()
  await signIn(own, emailOf('Pat'), passphrase)
  await own.reload()
  await expect(own.getByRole('heading', { level: 1, name: w('unlock.title') })).toBeVisible()
  expect(server.process.printed()).not.toContain(passphrase)
})

test('keys: a wrong passphrase, and guessing, get no further', async ({ device, console, ways }) => {
  console.allow(/status of 401|status of 429/)
  const { page } = await device()
  await page.goto('/console')
  await page.getByRole('button', { name: w('sign-in.passphrase'), exact: true }).click()
  await page.getByLabel(w('sign-in.email'), { exact: true }).fill(emailOf('Pat'))
  await page.getByLabel(w('passphrase.label'), { exact: true }).fill((ways.Sam as WaysIn).passphrase)
  await page.getByRole('button', { name: w('sign-in.submit'), exact: true }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByRole('button', { name: w('account.lock') })).toHaveCount(0)
})

test('invitations: one that was taken back lets nobody in', async ({ device, asMember, console }) => {
  console.allow(/status of 410/)
  const pat = await asMember('Pat')
  await pat
    .getByRole('navigation', places)
    .getByRole('link', { name: w('people.title') })
    .click()
  await pat.getByLabel(w('invite.note')).fill('Zed')
  const link = await makeLink(pat)
  await pat.getByRole('button', { name: w('invite.revoke.named', { note: 'Zed' }) }).click()
  await expect(pat.getByText(/taken back/)).toBeVisible()
  const { page: zed } = await device()
  await zed.goto(link)
  await expect(zed.getByRole('heading', { level: 1, name: w('invitation.failed.title') })).toBeVisible()
})
