import type { Page } from '@playwright/test'
import type { WaysIn } from '../support/ways-in.ts'
import { emailOf, expect, fillSignIn, signIn, test, unlock, w } from './fixtures.ts'
import { fillReport, readOver, send } from './reporting.ts'

/** The big button; there is one more at the end of what may be added. */
const callNow = (page: Page) =>
  page.getByRole('button', { name: new RegExp(`^${w('alert.button')}`) }).first()
const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name })
const passphraseOf = (ways: Readonly<Record<string, WaysIn>>, name: string): string =>
  (ways[name] as WaysIn).passphrase
const pinned = (page: Page) => page.getByRole('region', { name: w('alerts.pinned') })

test('S1.2 from danger to the alert: Pat’s mail goes out at once; Ana sees sent, seen, and that Pat is coming (A1, D1)', async ({
  server,
  community,
  phone,
  ways,
  clock,
  console,
}) => {
  console.allow(/status of 401/)
  const { page: ana } = await phone()
  await ana.goto(`/${community.shortName}/danger?way=unsure`)
  await ana.getByRole('link', { name: w('triage.danger.called') }).click()
  await ana.getByRole('link', { name: new RegExp(`^${w('triage.handle.no')} `) }).click()
  await ana.getByRole('link', { name: w('alert.button') }).click()
  await ana.getByLabel(w('alert.place.label')).fill('by the coat racks')
  await callNow(ana).tap()
  await expect(title(ana, w('alert.live.open'))).toBeVisible()
  const [letter] = await server.mail.arrived('pat@example.org', 1)
  expect(letter?.email.subject).toBe(w('mail.alert.subject', { community: 'Chicago Python' }))
  expect(server.mail.to('sam@example.org')).toEqual([])
  await expect(ana.getByText(w('alert.live.sent'))).toBeVisible()
  await expect(ana.getByText('by the coat racks')).toBeVisible()
  await expect(ana.locator('a[href^="tel:"]').first()).toBeVisible()
  await expect(ana.getByText(/^At 6:32.*second person/)).toBeVisible()

  // One tap on the link in the letter leads to the call itself, after unlocking.
  const link = /http\S+\/console\S*/.exec(letter?.email.text ?? '')?.[0] as string
  const { page: pat } = await phone()
  await pat.goto(link)
  await fillSignIn(pat, emailOf('Pat'), passphraseOf(ways, 'Pat'))
  await expect(pat.getByText('by the coat racks')).toBeVisible()
  await expect(ana.getByText(w('alert.live.seen'))).toBeVisible()
  await pat.getByRole('button', { name: w('alerts.go') }).tap()
  await expect(title(ana, w('alert.live.taken', { name: 'Pat' }))).toBeVisible()

  // Nobody else is called any more.
  await clock.set('2027-10-28T18:50:00-05:00')
  expect(server.mail.to('sam@example.org')).toEqual([])

  await ana.getByRole('button', { name: new RegExp(`^${w('alert.live.worse.button')}`) }).tap()
  await expect(ana.getByText(w('alert.live.worse'))).toBeVisible()
  await expect(pat.getByRole('alert')).toContainText(w('alerts.happened.worse').toLowerCase())
  await ana.getByRole('button', { name: w('alert.live.over.button') }).tap()
  await expect(pat.getByText(/says that it is over/)).toBeVisible()

  await pat.getByRole('button', { name: w('alerts.close') }).tap()
  await pat.getByLabel(w('alert.close.helped')).check()
  await pat.getByLabel(w('alerts.close.note')).fill('Walked her to the train.')
  await pat.getByRole('button', { name: w('alerts.close.do') }).tap()
  await expect(pat.getByText('Walked her to the train.')).toBeVisible()
  await expect(title(ana, w('alert.live.closed'))).toBeVisible()
  // A4: every path ends in the offer to report.
  await expect(ana.getByRole('link', { name: new RegExp(`^${w('alert.live.report')}`) })).toBeVisible()

  // A4: reminded until it is recorded why there is none.
  await clock.set('2027-10-28T19:51:00-05:00')
  await expect
    .poll(() => server.mail.to('pat@example.org').map(({ email }) => email.subject))
    .toContain(w('mail.alert-report-reminder.subject', { community: 'Chicago Python' }))
  // An hour later nobody is signed in any more.
  await pat.goto('/console')
  await signIn(pat, emailOf('Pat'), passphraseOf(ways, 'Pat'))
  await pinned(pat).getByRole('link').tap()
  await pat.getByLabel(w('alerts.report.none')).selectOption({ label: w('alert.no-report.not-wanted') })
  await pat.getByRole('button', { name: w('alerts.report.none.do') }).tap()
  await expect(pat.getByText(w('alerts.report.text'))).toHaveCount(0)
})

test('one tap with nothing filled in; not taken, it goes to the secondary, then to all (D1, D2)', async ({
  server,
  community,
  phone,
  clock,
  asMember,
}) => {
  const { page: ana } = await phone()
  await ana.goto(`/${community.shortName}/alert`)
  await callNow(ana).dblclick()
  await expect(title(ana, w('alert.live.open'))).toBeVisible()
  await server.mail.arrived('pat@example.org', 1)
  await clock.set('2027-10-28T18:32:00-05:00')
  await server.mail.arrived('sam@example.org', 1)
  await clock.set('2027-10-28T18:35:00-05:00')
  for (const name of ['mei', 'raj', 'uma', 'tia', 'gus', 'hal', 'eli', 'fay'])
    await server.mail.arrived(`${name}@example.org`, 1)
  expect(server.mail.to('olu@example.org')).toEqual([])

  const mei = await asMember('Mei')
  await pinned(mei).getByRole('link').click()
  await mei.getByRole('button', { name: w('alerts.go') }).click()
  await expect(title(ana, w('alert.live.taken', { name: 'Mei' }))).toBeVisible()
  await mei.getByLabel(w('alerts.hand-over.to')).selectOption({ label: 'Raj' })
  await mei.getByRole('button', { name: w('alerts.hand-over.do') }).click()
  await expect(title(ana, w('alert.live.taken', { name: 'Raj' }))).toBeVisible()

  // A4: the report she writes from here is the call's; nobody has to be reminded of it, or to find it.
  const raj = await asMember('Raj')
  await pinned(raj).getByRole('link').click()
  await raj.getByRole('button', { name: w('alerts.close') }).click()
  await raj.getByLabel(w('alert.close.helped')).check()
  await raj.getByRole('button', { name: w('alerts.close.do') }).click()
  await expect(raj.getByText(w('alerts.report.text'))).toBeVisible()
  await ana.getByRole('link', { name: new RegExp(`^${w('alert.live.report')}`) }).tap()
  await fillReport(ana, { narrative: 'He shouted at me by the coat racks.' })
  await readOver(ana)
  await send(ana)
  await expect(raj.getByText(w('alerts.report.done'))).toBeVisible()
})

test('K1: whoever is involved gets no mail and finds no trace; the words are opened by the others alone', async ({
  server,
  community,
  phone,
  clock,
  asMember,
  ways,
}) => {
  const pat = await asMember('Pat')
  const { page: ana } = await phone()
  await ana.goto(`/${community.shortName}/alert`)
  await ana.getByText(w('alert.more')).tap()
  await ana.getByLabel(w('alert.words.label')).fill('It is Pat. He follows me.')
  await ana.getByRole('checkbox', { name: 'Pat' }).check()
  await callNow(ana).tap()
  await expect(title(ana, w('alert.live.open'))).toBeVisible()
  await expect(ana.getByText(w('alert.live.words-sealed'))).toBeVisible()
  await server.mail.arrived('sam@example.org', 1)
  await clock.set('2027-10-28T18:40:00-05:00')
  await server.mail.arrived('mei@example.org', 1)
  expect(server.mail.to('pat@example.org')).toEqual([])

  const sam = await asMember('Sam')
  await pinned(sam).getByRole('link').click()
  await expect(sam.getByText('He follows me.')).toBeVisible()
  const address = new URL(sam.url()).pathname
  await expect(pinned(pat)).toHaveCount(0)
  await pat.reload()
  await unlock(pat, passphraseOf(ways, 'Pat'))
  await expect(pat.getByText(w('inbox.empty'))).toBeVisible()
  await expect(pinned(pat)).toHaveCount(0)
  await ana.getByRole('button', { name: w('alert.live.withdraw.button') }).tap()
  await expect(title(ana, w('alert.live.withdrawn'))).toBeVisible()
  expect(address).toMatch(/^\/console\/alerts\/[\w-]{22}$/)
})

test('K1: the page of an alert looks to whoever is involved as if there were none', async ({
  community,
  phone,
  asMember,
  ways,
  console,
}) => {
  console.allow(/status of 404/)
  const pat = await asMember('Pat')
  const { page: ana } = await phone()
  await ana.goto(`/${community.shortName}/alert`)
  await ana.getByText(w('alert.more')).tap()
  await ana.getByRole('checkbox', { name: 'Pat' }).check()
  await callNow(ana).tap()
  const sam = await asMember('Sam')
  await pinned(sam).getByRole('link').click()
  await expect(sam).toHaveURL(/alerts\/[\w-]{22}$/)
  const { pathname } = new URL(sam.url())
  await pat.goto(pathname)
  await unlock(pat, passphraseOf(ways, 'Pat'))
  await expect(pat.getByText(w('alerts.gone'))).toBeVisible()
})

test('the phone goes offline in the middle: it says so, with the numbers, and calls once when it is back (D3)', async ({
  server,
  community,
  phone,
  console,
}) => {
  console.allow(/ERR_INTERNET_DISCONNECTED|net::ERR/)
  const { page: ana, context } = await phone()
  await ana.goto(`/${community.shortName}/alert`)
  await context.setOffline(true)
  await callNow(ana).tap()
  await expect(ana.getByRole('alert')).toContainText(w('alert.offline'))
  await expect(ana.locator('a[href^="tel:"]').first()).toBeVisible()
  expect(server.mail.to('pat@example.org')).toEqual([])
  await context.setOffline(false)
  await expect(title(ana, w('alert.live.open'))).toBeVisible()
  await server.mail.arrived('pat@example.org', 1)

  await context.setOffline(true)
  await expect(ana.getByRole('alert').first()).toContainText(w('alert.live.stale'))
  await ana.getByRole('button', { name: new RegExp(`^${w('alert.live.worse.button')}`) }).tap()
  await expect(ana.getByText(w('alert.live.worse'))).toHaveCount(0)
  await context.setOffline(false)
  await expect(ana.getByText(w('alert.live.stale'))).toBeHidden()
  await ana.getByRole('button', { name: new RegExp(`^${w('alert.live.worse.button')}`) }).tap()
  await expect(ana.getByText(w('alert.live.worse'))).toBeVisible()
  await server.mail.arrived('sam@example.org', 1)
})

test('without JavaScript: one button, a page that renews itself, and words that say who sealed them', async ({
  server,
  community,
  phone,
  asMember,
}) => {
  const { page: dee } = await phone({ javaScriptEnabled: false })
  await dee.goto(`/${community.shortName}/alert`)
  await dee.locator('summary', { hasText: w('alert.more') }).click()
  await dee.locator('noscript textarea[name="words"]').fill('He blocks the stairs.')
  await dee.getByLabel(w('alert.place.label')).fill('back stairs')
  await callNow(dee).click()
  await expect(title(dee, w('alert.live.open'))).toBeVisible()
  expect(dee.url()).not.toMatch(/stairs/)
  await server.mail.arrived('pat@example.org', 1)
  const pat = await asMember('Pat')
  await pinned(pat).getByRole('link').click()
  await expect(pat.getByText('He blocks the stairs.')).toBeVisible()
  await expect(pat.getByText(w('alerts.words.by-server'))).toBeVisible()
  await pat.getByRole('button', { name: w('alerts.go') }).click()
  // Nobody reloads it.
  await expect(title(dee, w('alert.live.taken', { name: 'Pat' }))).toBeVisible()
  await dee.getByRole('button', { name: w('alert.live.withdraw.button') }).click()
  await expect(title(dee, w('alert.live.withdrawn'))).toBeVisible()
})
