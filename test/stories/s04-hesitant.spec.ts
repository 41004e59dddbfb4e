import type { Page } from '@playwright/test'
import { caseLines, theOnlyCase } from './casework.ts'
import { emailOf, expect, test, w } from './fixtures.ts'
import { keptIn } from './kept.ts'
import { openMailbox } from './reporting.ts'

const words = 'She says that he stood in the quaggadrome and would not let her pass.'

/** Opens the page for taking a report, until it needs no connection any more. */
async function openTaking(page: Page, community: string): Promise<void> {
  await Promise.all([page.waitForResponse(/\/intake$/), page.goto(`/${community}/take`)])
  await expect.poll(() => keptIn(page)).toContain('directory')
}

async function sendIt(page: Page): Promise<void> {
  await page.getByRole('button', { name: w('form.review') }).click()
  await expect(page.getByRole('heading', { level: 1, name: w('review.title') })).toBeVisible()
  await page.getByRole('button', { name: w('review.send'), exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: w('take.kept.title') })).toBeVisible()
}

const want = (page: Page, support: 'escort' | 'friend' | 'police'): Promise<void> =>
  page
    .getByRole('group', { name: w(`report.${support}.label`) })
    .getByLabel(w('report.choice.wanted'), { exact: true })
    .check()

test('S4.1 to S4.3 the signal is lost while Cy types: kept sealed, sent once from two tabs, an escort is an open task, Cy cannot read it', async ({
  server,
  community,
  clock,
  console,
  phone,
  asMember,
}) => {
  console.allow(/ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of 401/)
  const { page: cy, context } = await phone()
  await openTaking(cy, community.shortName)
  const other = await context.newPage()
  await openTaking(other, community.shortName)

  // Guidance beside the words (B1); only they are needed (B2).
  await expect(cy.getByText('Do not promise what will be done.')).toBeVisible()
  await cy.getByLabel(w('take.narrative.label')).fill(words.slice(0, 20))
  await context.setOffline(true)
  await cy.getByLabel(w('take.narrative.label')).fill(words)
  await cy.getByLabel(w('take.nothingDone.label')).check()
  await want(cy, 'escort')
  await sendIt(cy)
  await expect(cy.getByText(w('take.kept.offline'))).toBeVisible()
  await expect(cy.locator('[data-lines]')).toContainText(w('taken.waiting'))
  // The other tab sees that something waits, and not what.
  await expect(other.locator('[data-lines]')).toContainText(w('taken.waiting'))

  // Only ciphertext is on the phone.
  const kept = await keptIn(cy)
  expect(kept).toContain('waiting')
  for (const secret of ['quaggadrome', 'stood', 'narrative', 'escort', 'AGE-SECRET-KEY'])
    expect(kept).not.toContain(secret)
  const pat = await asMember('Pat')
  await expect(pat.getByText(w('inbox.empty'))).toBeVisible()

  await context.setOffline(false)
  await expect(cy.getByText(w('take.received'))).toBeVisible({ timeout: 45_000 })
  await expect(other.locator('[data-lines]')).toContainText(w('taken.sent'))
  await expect(caseLines(pat)).toHaveCount(1)
  await server.mail.arrived(emailOf('Pat'), 1)

  // S4.3: nothing leads back to it (B6).
  await cy.goBack()
  await expect(cy.getByText('quaggadrome')).toHaveCount(0)
  await openTaking(cy, community.shortName)
  await expect(cy.locator('[data-lines]')).toContainText(w('taken.sent'))
  expect(await cy.getByLabel(w('take.narrative.label')).inputValue()).toBe('')
  expect(await keptIn(cy)).not.toContain('quaggadrome')

  // S4.1, S4.2: what those on call see.
  await theOnlyCase(pat).click()
  await expect(pat.getByText(words)).toBeVisible()
  await expect(pat.getByText(w('case.nothing-done'))).toBeVisible()
  await expect(pat.getByText(w('case.channel.taken'))).toBeVisible()
  const panel = pat.getByRole('heading', { name: w('supports.title') })
  await expect(panel).toBeVisible()
  await clock.set('2027-10-28T18:50:00-05:00')
  const reminded = w('mail.task-due.subject', { community: 'Chicago Python' })
  const mails = await server.mail.arrived(emailOf('Pat'), 2)
  expect(mails.map(({ email }) => email.subject)).toContain(reminded)
  await pat
    .getByRole('button', { name: w('supports.arranged.named', { what: w('supports.escort') }) })
    .click()
  await expect(panel).toHaveCount(0)
  await expect(
    pat
      .getByRole('article')
      .filter({ hasText: w('report.escort.label') })
      .last(),
  ).toContainText(w('report.choice.arranged'))
  await clock.set('2027-10-28T23:00:00-05:00')
  const toPat = server.mail.to(emailOf('Pat')).map(({ email }) => email.subject)
  expect(toPat.filter((subject) => subject === reminded)).toHaveLength(1)
})

test('B6: a code for the person is shown once, and they read the answer with it, not the taker', async ({
  community,
  phone,
  device,
  asMember,
}) => {
  const { page: cy } = await phone()
  await openTaking(cy, community.shortName)
  // What is public may hold a word of the code by chance.
  const known = await keptIn(cy)
  await cy.getByLabel(w('take.narrative.label')).fill(words)
  await cy.locator('summary', { hasText: w('take.group.you') }).click()
  await cy.getByLabel(w('take.code.label')).check()
  await cy.getByLabel(w('take.notify.label')).fill('dee@example.net')
  await sendIt(cy)
  await expect(cy.getByText(w('take.received'))).toBeVisible()
  const code = (await cy.locator('[data-code]').innerText()).trim()
  expect(code.split(/\s+/)).toHaveLength(8)
  const kept = await keptIn(cy)
  for (const secret of [code, ...code.split(/\s+/), 'dee@example.net'])
    if (!known.includes(secret)) expect(kept).not.toContain(secret)
  expect(code.split(/\s+/).every((word) => known.includes(word))).toBe(false)
  await cy.getByRole('button', { name: w('take.given') }).click()
  await expect(cy.getByText(code)).toHaveCount(0)

  const pat = await asMember('Pat')
  await theOnlyCase(pat).click()
  await expect(pat.getByText(words)).toBeVisible()
  const { page: dee } = await device()
  await openMailbox(dee, community.shortName, code)
  await expect(dee.getByText(words)).toBeVisible()
})
