import { letIn, openBrowser } from '../support/browser.ts'
import { signInOver } from '../support/member.ts'
import type { WaysIn } from '../support/ways-in.ts'
import { wireTo } from '../support/wire.ts'
import { caseLines, openCase, theOnlyCase } from './casework.ts'
import { beginning, emailOf, expect, test, unlock, w } from './fixtures.ts'
import { fillReport, openMailbox, readOver, report, send as sendReport } from './reporting.ts'

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

test('K1: somebody who joins while the form is open is asked about before anything is sealed to them', async ({
  server,
  community,
  device,
  ways,
}) => {
  const { page: ida } = await device()
  await ida.goto(`/${community.shortName}/report`)
  await fillReport(ida, { narrative: 'Nat comments on how I look.', where: 'at the meetup' })
  const send = wireTo(server.origin)
  const { passphrase } = ways.Pat as WaysIn
  const now = Date.parse(beginning)
  const { cookie } = await signInOver(send, { email: emailOf('Pat'), passphrase, now: () => now })
  const browser = openBrowser((path, init = {}) => {
    const headers = new Headers(init.headers)
    headers.set('cookie', cookie)
    return send(path, { ...init, headers })
  })
  await letIn(send, { ...community.person('Pat'), browser }, community, 'Nat', { now })

  await readOver(ida)
  await ida.getByRole('button', { name: w('review.send'), exact: true }).click()
  await expect(ida.getByRole('alert')).toContainText(w('site.problem.committee-changed'))
  await expect(ida.getByLabel(w('report.narrative.label'))).toHaveValue('Nat comments on how I look.')
  await ida.getByRole('checkbox', { name: 'Nat', exact: true }).check()
  await readOver(ida)
  await expect(ida.getByText(w('review.left-out', { names: 'Nat' }))).toBeVisible()
  await sendReport(ida)
  await server.mail.arrived(emailOf('Pat'), 1)
  expect(server.mail.to(emailOf('Nat'))).toEqual([])
})

test('J4: a report that names everybody is accepted, after the way out was shown; only the organizers hear that it exists', async ({
  server,
  community,
  device,
  asMember,
}) => {
  const { page: ida } = await device()
  await ida.goto(`/${community.shortName}/report`)
  await fillReport(ida, {
    narrative: 'All of them laughed.',
    involved: ['Pat', 'Sam', 'Mei', 'Raj', 'Uma', 'Tia', 'Gus', 'Hal', 'Eli', 'Fay'],
  })
  await expect(ida.getByText(w('form.involved.all-title')).first()).toBeVisible()
  await readOver(ida)
  await expect(ida.getByText(w('form.involved.all-title')).last()).toBeVisible()
  const code = await sendReport(ida)
  await expect(ida.getByText(w('receipt.everybody-involved'))).toBeVisible()
  const [mail] = await server.mail.arrived(emailOf('Olu'), 1)
  expect(mail?.email.text).not.toContain('laughed')
  expect(server.mail.mails.flatMap(({ to }) => to)).toEqual([emailOf('Olu')])
  const pat = await asMember('Pat')
  await expect(pat.getByText(w('inbox.empty'))).toBeVisible()
  await openMailbox(ida, community.shortName, code)
  await expect(ida.getByText('All of them laughed.')).toBeVisible()
})
