import type { WaysIn } from '../support/ways-in.ts'
import { caseLines, openCase, theOnlyCase } from './casework.ts'
import { emailOf, expect, test, unlock, w } from './fixtures.ts'
import { report } from './reporting.ts'

test('S7.1 Hal files what Ida wrote to him about Gus; nothing of it ever reaches Gus (K1)', async ({
  server,
  community,
  device,
  asMember,
  ways,
  console,
}) => {
  const gus = await asMember('Gus')
  await expect(gus.getByText(w('inbox.empty'))).toBeVisible()
  const heard: string[] = []
  gus.on('response', (response) => heard.push(new URL(response.url()).pathname))

  const { page: hal } = await device()
  await report(hal, community.shortName, {
    narrative: 'Ida writes that Gus comments on how she looks, at every meetup.',
    reach: 'through Hal',
    involved: ['Gus'],
  })
  await server.mail.arrived(emailOf('Pat'), 1)
  await server.mail.arrived(emailOf('Sam'), 1)

  const pat = await asMember('Pat')
  await theOnlyCase(pat).click()
  await expect(pat.getByText('at every meetup')).toBeVisible()
  const address = pat.url()
  const codeName = await pat.getByRole('heading', { level: 1 }).innerText()
  await openCase(pat).acknowledge()
  await openCase(pat).bring()
  // Everybody else on the committee knows now, and is shown as a reader; Gus is not.
  const others = ['Sam', 'Mei', 'Raj', 'Uma', 'Tia', 'Hal', 'Eli', 'Fay']
  for (const name of others) await server.mail.arrived(emailOf(name), 1)
  const readers = pat.getByRole('listitem')
  for (const name of ['Pat', ...others])
    await expect(readers.filter({ hasText: new RegExp(`^${name}$`) })).toHaveCount(1)
  await expect(readers.filter({ hasText: /^Gus$/ })).toHaveCount(0)

  // His window, which was open all the time, shows and asked for nothing.
  await expect(gus.getByText(w('inbox.empty'))).toBeVisible()
  expect(heard.filter((path) => path.includes('/cases/'))).toEqual([])
  expect(server.mail.to(emailOf('Gus'))).toEqual([])

  // He is given its very address, and looks everywhere.
  console.allow(/status of 404 .*\/api\/v1\/cases\//)
  await gus.goto(address)
  await unlock(gus, (ways.Gus as WaysIn).passphrase)
  await expect(gus.getByRole('heading', { level: 1, name: w('case.not-found.title') })).toBeVisible()
  for (const place of [w('inbox.title'), w('people.title'), 'Gus']) {
    await gus
      .getByRole('navigation', { name: w('app.places') })
      .getByRole('link', { name: place })
      .click()
    await expect(gus.getByRole('heading', { name: w('case.not-found.title') })).toHaveCount(0)
    await expect(gus.locator('body')).not.toContainText(codeName)
    await expect(caseLines(gus)).toHaveCount(0)
  }
  await gus.getByRole('radio', { name: w('inbox.closed') }).check()
  await expect(gus.getByText(w('inbox.empty.closed'))).toBeVisible()
})
