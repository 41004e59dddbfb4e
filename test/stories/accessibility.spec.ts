import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { caseLines, openCase, theOnlyCase } from './casework.ts'
import { decide, toDiscussion } from './deciding.ts'
import { emailOf, expect, test, w } from './fixtures.ts'
import { introduce, keepKit, makeLink, takePassphrase } from './keys.ts'
import { fillReport, openMailbox, readOver, receiptCode, report, send } from './reporting.ts'

// Many pages, each looked at several times.
test.setTimeout(180_000)

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * Checks the page as it is now: axe in both colour schemes, and no sideways scrolling on a narrow screen or with
 * large text.
 */
async function inspect(page: Page, what: string): Promise<void> {
  await expectNoViolation(page, what, 'light', (axe) => axe.withTags(tags))
  // The other scheme changes colours alone.
  await expectNoViolation(page, what, 'dark', (axe) => axe.withRules('color-contrast'))
  const size = page.viewportSize()
  await page.setViewportSize({ width: 320, height: 640 })
  await expectNoSidewaysScroll(page, `${what} at 320 px`)
  await page.setViewportSize({ width: 640, height: 800 })
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
  await expectNoSidewaysScroll(page, `${what} with text of 200 %`)
  await page.evaluate(() => {
    document.documentElement.style.fontSize = ''
  })
  if (size) await page.setViewportSize(size)
}

async function expectNoViolation(
  page: Page,
  what: string,
  colorScheme: 'light' | 'dark',
  choose: (axe: AxeBuilder) => AxeBuilder,
): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  // There are no frames, so no other page is needed to put the results together.
  const axe = new AxeBuilder({ page })
    .setLegacyMode()
    // Where react-aria says aloud what a button does, which may just have gone from the page.
    .exclude('[data-live-announcer]')
  const { violations } = await choose(axe).analyze()
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
  expect(told, `axe on ${what}, ${colorScheme}`).toEqual([])
}

async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const surplus = await page.evaluate(() => {
    const root = document.documentElement
    if (root.scrollWidth <= root.clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .map((element) => element.outerHTML.slice(0, 120))
      .slice(-3)
  })
  expect(surplus, what).toEqual([])
}

const background = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.body).backgroundColor)

test('every public page: axe finds nothing in light and dark, 320 px and large text fit, dark is dark', async ({
  community,
  device,
  console,
}) => {
  console.allow(/status of 404/)
  const { page } = await device()
  const home = `/${community.shortName}`
  const pages = [
    '',
    '?way=no',
    '?way=no-no',
    '?way=no-no-yes',
    '?way=no-no-no',
    '/danger',
    '/guide',
    '/report',
    '/mailbox',
    '/alert',
    '/at',
    '/take',
    '/poster',
    '/offline-nothing',
    '/nowhere-at-all',
    '?lang=es',
  ]
  for (const path of pages) {
    await page.goto(`${home}${path}`)
    await inspect(page, path || '/')
  }
  for (const path of ['/docs/api', '/nobody-here']) {
    await page.goto(path)
    await inspect(page, path)
  }
  await page.goto(home)
  await page.emulateMedia({ colorScheme: 'light' })
  const light = await background(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(await background(page)).not.toBe(light)
})

test('a report from its form to its mailbox: axe finds nothing on the way, 320 px and large text fit', async ({
  community,
  device,
}) => {
  const { page } = await device()
  await page.goto(`/${community.shortName}/report`)
  await page.getByRole('button', { name: w('form.review') }).click()
  await expect(page.getByRole('alert')).toBeVisible()
  await page.evaluate(() => {
    for (const group of document.querySelectorAll('details')) group.open = true
  })
  await inspect(page, 'the form, all of it open, with a problem')
  await fillReport(page, {
    narrative: 'A word-that-is-longer-than-any-screen-is-wide-'.repeat(4),
    who: { name: 'Somebody' },
    dealtWith: 'no',
    involved: ['Gus'],
    files: [{ name: `${'long-'.repeat(20)}.txt`, mimeType: 'text/plain', buffer: Buffer.from('x') }],
  })
  await readOver(page)
  await inspect(page, 'the review')
  const code = await send(page)
  await inspect(page, 'the receipt')
  await page.getByRole('link', { name: w('receipt.kept') }).click()
  await openMailbox(page, community.shortName, code)
  await inspect(page, 'the mailbox')
})

test('what somebody says, from its form to what is kept: axe finds nothing, 320 px and large text fit', async ({
  community,
  device,
}) => {
  const { page } = await device()
  await page.goto(`/${community.shortName}/take`)
  await page.evaluate(() => {
    for (const group of document.querySelectorAll('details')) group.open = true
  })
  await inspect(page, 'the form for what is said, all of it open')
  await page
    .getByLabel(w('take.narrative.label'))
    .fill('A word-that-is-longer-than-any-screen-is-wide-'.repeat(4))
  await page.getByRole('button', { name: w('form.review') }).click()
  await expect(page.getByRole('heading', { level: 1, name: w('review.title') })).toBeVisible()
  await inspect(page, 'what is said, read over')
  await page.getByRole('button', { name: w('review.send'), exact: true }).click()
  await expect(page.getByText(w('take.received'))).toBeVisible()
  await inspect(page, 'what is said, sent')
})

test('without JavaScript: axe finds nothing on the form’s own pages', async ({ community, device }) => {
  const { page } = await device()
  // Axe is a script itself, so the browser runs scripts; the form is sent past the page's own.
  page.on('dialog', (dialog) => dialog.accept())
  await page.goto(`/${community.shortName}/report`)
  await page.getByLabel(w('report.narrative.label')).fill('He shouted.')
  await page.evaluate(() => document.querySelector<HTMLFormElement>('#report')?.submit())
  await expect(page.getByRole('heading', { level: 1, name: w('review.title') })).toBeVisible()
  await expect(page.getByText(w('form.no-js.label'), { exact: true })).toBeVisible()
  await inspect(page, 'the review without JavaScript')
  await page.getByRole('button', { name: w('form.no-js.send') }).click()
  const code = await receiptCode(page)
  await inspect(page, 'the receipt without JavaScript')
  await page.goto(`/${community.shortName}/mailbox`)
  await page.getByLabel(w('mailbox.code.label')).fill(code)
  await page.evaluate(() => document.querySelector<HTMLFormElement>('form.mailbox')?.submit())
  await expect(page.getByText('He shouted.')).toBeVisible()
  await inspect(page, 'the mailbox without JavaScript')
})

test('every place of the console: axe finds nothing in light and dark, 320 px and large text fit', async ({
  community,
  device,
  asMember,
}) => {
  const { page: door } = await device()
  await door.goto('/console')
  await door.getByRole('button', { name: w('sign-in.passphrase'), exact: true }).click()
  await inspect(door, 'sign-in')

  const { page: reporter } = await device()
  await report(reporter, community.shortName, {
    narrative: 'He shouted at me.',
    files: [{ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }],
  })
  const pat = await asMember('Pat')
  await expect(caseLines(pat)).toHaveCount(1)
  await inspect(pat, 'the inbox')
  await theOnlyCase(pat).click()
  await expect(pat.getByText('He shouted at me.')).toBeVisible()
  await pat.getByRole('button', { name: w('log.title') }).click()
  await inspect(pat, 'a case')
  for (const mode of ['message', 'M1', 'M2', 'complete'] as const) {
    await pat.getByRole('radio', { name: w(`write.mode.${mode}`), exact: true }).check()
    await inspect(pat, `writing: ${mode}`)
  }
  await openCase(pat).acknowledge()
  await inspect(pat, 'a case that was answered')
  await openCase(pat).bring()
  await pat.getByRole('radio', { name: w('write.mode.shepherd'), exact: true }).check()
  await pat
    .getByRole('combobox', { name: w('shepherd.act.propose') })
    .selectOption({ label: w('shepherd.who.me', { name: 'Pat' }) })
  await inspect(pat, 'proposing a shepherd')
  const places = pat.getByRole('navigation', { name: w('app.places') })
  await places.getByRole('link', { name: w('people.title') }).click()
  await expect(pat.getByText(w('people.fingerprint'), { exact: true })).toBeVisible()
  await inspect(pat, 'people')
  await places.getByRole('link', { name: w('roster.title'), exact: true }).click()
  await pat.getByRole('button', { name: w('roster.override'), exact: true }).click()
  await pat.getByRole('button', { name: w('roster.rule.set') }).click()
  await pat.getByRole('button', { name: w('roster.calendar.make') }).click()
  await expect(pat.getByText(w('roster.calendar.how'))).toBeVisible()
  await inspect(pat, 'roster')
  await places.getByRole('link', { name: 'Pat' }).click()
  await expect(pat.getByText(w('account.sessions'))).toBeVisible()
  await pat.getByRole('button', { name: w('channels.ntfy.add') }).click()
  await pat.getByText(w('quiet.on')).click()
  await inspect(pat, 'account, with its channels')
  await places.getByRole('link', { name: w('settings.title') }).click()
  for (const section of ['community', 'playbook', 'messages', 'mail', 'events'] as const) {
    await pat
      .getByRole('navigation', { name: w('settings.sections') })
      .getByRole('link', { name: w(`settings.${section}`), exact: true })
      .click()
    await inspect(pat, `settings: ${section}`)
  }
  await pat.getByRole('button', { name: w('events.new') }).click()
  await pat.getByLabel(w('events.name'), { exact: true }).fill('Autumn day')
  await inspect(pat, 'a new event')
  await pat.getByRole('button', { name: w('events.create') }).click()
  await expect(pat.getByText('Autumn day')).toBeVisible()
  await inspect(pat, 'an event')
})

test('what a member writes down on their feet: axe finds nothing, 320 px and large text fit', async ({
  asMember,
}) => {
  const fay = await asMember('Fay')
  for (const entry of ['warning', 'told'] as const) {
    await fay.getByRole('link', { name: w(`entry.${entry}`) }).click()
    await inspect(fay, `writing down: ${entry}`)
  }
  await fay.getByRole('link', { name: w('entry.talk') }).click()
  await inspect(fay, 'a talk goes wrong')
  await fay.getByRole('button', { name: w('talk.serious') }).click()
  await inspect(fay, 'the sentence that stops it')
  await fay
    .getByRole('link', { name: w('inbox.title') })
    .first()
    .click()
  await fay.getByRole('link', { name: w('entry.talk') }).click()
  await fay.getByRole('button', { name: w('talk.once') }).click()
  await fay.getByLabel(w('talk.words')).fill('the joke on slide four')
  await inspect(fay, 'letting it go on')
  await fay.getByRole('button', { name: w('talk.remind') }).click()
  await fay.getByRole('link', { name: w('logging.back') }).click()
  await expect(fay.getByRole('region', { name: w('tasks.title') })).toBeVisible()
  await inspect(fay, 'the inbox with a task')
})

test('an invitation, step by step, and what an organizer sees: axe finds nothing', async ({
  device,
  asMember,
}) => {
  const olu = await asMember('Olu')
  await expect(olu.getByRole('navigation', { name: w('app.places') })).toBeVisible()
  await inspect(olu, 'an organizer’s console')
  await olu.getByRole('link', { name: /^Motions of / }).click()
  await expect(olu.getByText(w('motions.none'))).toBeVisible()
  await inspect(olu, 'motions')

  const pat = await asMember('Pat')
  await pat
    .getByRole('navigation', { name: w('app.places') })
    .getByRole('link', { name: w('people.title') })
    .click()
  await pat.getByRole('button', { name: w('people.new-keys.named', { name: 'Mei' }) }).click()
  const link = await makeLink(pat)
  await inspect(pat, 'people, with a link to hand over')

  const { page: mei } = await device()
  await mei.goto(link)
  await mei.getByRole('button', { name: w('invitation.begin') }).waitFor()
  await inspect(mei, 'the invitation')
  await mei.getByRole('button', { name: w('invitation.begin') }).click()
  await inspect(mei, 'the invitation: who are you?')
  await introduce(mei, 'Mei', emailOf('Mei'))
  await inspect(mei, 'the invitation: the kit')
  await keepKit(mei, w('kit.yours.name'))
  await mei.getByRole('radio', { name: w('first.passphrase'), exact: false }).check()
  await inspect(mei, 'the invitation: a way in')
  await takePassphrase(mei, w('invitation.enter', { community: 'Chicago Python' }))
  await mei.getByRole('button', { name: w('second.skip') }).waitFor({ timeout: 90_000 })
  await inspect(mei, 'the invitation: a second way in')
})

/** Presses Tab until something has the focus, and sees that one can see it. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let pressed = 0; pressed < 120; pressed += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) {
      const visible = await target.evaluate((element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
        return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0) || boxShadow !== 'none'
      })
      expect(visible, 'the focus can be seen').toBe(true)
      return
    }
    await page.keyboard.press('Tab')
  }
  throw new Error(`The keyboard does not reach ${target}.`)
}

test('a report with the keyboard alone, from the first question to the mailbox', async ({
  community,
  device,
}) => {
  const { page } = await device()
  await page.goto(`/${community.shortName}`)
  for (const answer of [w('triage.harm.no'), w('triage.over.yes')]) {
    await tabTo(page, page.getByRole('link', { name: new RegExp(`^${answer} `) }))
    await page.keyboard.press('Enter')
  }
  const narrative = page.getByLabel(w('report.narrative.label'))
  await narrative.waitFor()
  await tabTo(page, narrative)
  await page.keyboard.type('He shouted at me.')
  const where = page.locator('summary', { hasText: w('report.group.where') })
  await tabTo(page, where)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.type('in the corridor')
  const committee = page.locator('summary', { hasText: w('report.group.committee') })
  await tabTo(page, committee)
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('checkbox', { name: 'Gus', exact: true }))
  await page.keyboard.press('Space')
  await tabTo(page, page.getByRole('button', { name: w('form.review') }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: w('review.title') })).toBeVisible()
  await expect(page.getByText(w('review.left-out', { names: 'Gus' }))).toBeVisible()
  await tabTo(page, page.getByRole('button', { name: w('review.send'), exact: true }))
  await page.keyboard.press('Enter')
  const code = await receiptCode(page)
  await tabTo(page, page.getByRole('link', { name: w('receipt.kept') }))
  await page.keyboard.press('Enter')
  const receipt = page.getByRole('link', { name: w('home.receipt') })
  await receipt.waitFor()
  await tabTo(page, receipt)
  await page.keyboard.press('Enter')
  const field = page.getByLabel(w('mailbox.code.label'))
  await field.waitFor()
  await tabTo(page, field)
  await page.keyboard.type(code)
  await tabTo(page, page.getByRole('button', { name: w('mailbox.open') }))
  await page.keyboard.press('Enter')
  await expect(page.getByText('He shouted at me.')).toBeVisible()
})

test('a call, from its button to its end, on both sides: axe finds nothing, 320 px and large text fit', async ({
  community,
  device,
  asMember,
}) => {
  const { page } = await device()
  await page.goto(`/${community.shortName}/alert`)
  await page.getByText(w('alert.more')).click()
  await inspect(page, 'the call, all of it open')
  await page
    .getByLabel(w('alert.place.label'))
    .fill('a-place-that-is-longer-than-any-screen-is-wide-'.repeat(3))
  await page
    .getByRole('button', { name: new RegExp(`^${w('alert.button')}`) })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1, name: w('alert.live.open') })).toBeVisible()
  await inspect(page, 'the call while it goes on')
  const pat = await asMember('Pat')
  await inspect(pat, 'the inbox with a call')
  await pat
    .getByRole('region', { name: w('alerts.pinned') })
    .getByRole('link')
    .click()
  await pat.getByRole('button', { name: w('alerts.go') }).click()
  await pat.getByRole('button', { name: w('alerts.close'), exact: true }).click()
  await inspect(pat, 'a call that is taken, being closed')
  await pat.getByLabel(w('alert.close.helped')).check()
  await pat.getByRole('button', { name: w('alerts.close.do') }).click()
  await expect(pat.getByText(w('alerts.report.text'))).toBeVisible()
  await inspect(pat, 'a call that needs its report')
  await expect(page.getByRole('heading', { level: 1, name: w('alert.live.closed') })).toBeVisible()
  await inspect(page, 'the call when it is over')
})

test('a case that is decided, acted on and closed: axe finds nothing in its forms', async ({
  community,
  device,
  asMember,
}) => {
  const { page: cara } = await device()
  await report(cara, community.shortName, { narrative: 'A man kept photographing me.' })
  const [pat, mei, raj] = [await asMember('Pat'), await asMember('Mei'), await asMember('Raj')]
  await toDiscussion(pat, mei)
  await pat.getByRole('button', { name: w('step.propose'), exact: true }).click()
  await inspect(pat, 'proposing')
  await decide(pat).propose('He deletes the pictures.')
  await theOnlyCase(raj).click()
  await raj.getByRole('button', { name: w('decide.what'), exact: true }).click()
  await raj.getByRole('radio', { name: w('decide.no') }).check()
  await inspect(raj, 'answering a proposal')
  await decide(raj).answer(null)
  await decide(mei).answer(null)
  await decide(pat).draft('The photographer', 'photographer@example.org', 'Please delete the pictures.')
  await inspect(pat, 'a message to somebody else that waits')
  await decide(pat).inform('He deletes the pictures.')
  await pat.getByRole('button', { name: w('due.takes-longer') }).click()
  await inspect(pat, 'a new date')
  await pat.getByRole('button', { name: w('step.resolve') }).click()
  await pat.getByRole('button', { name: w('chart.open') }).click()
  await inspect(pat, 'closing, and the flowchart')
})
