import type { Page } from '@playwright/test'
import { openCase, theOnlyCase } from './casework.ts'
import { expect, w } from './fixtures.ts'

/** Pat answers, brings it to the committee and is shepherd; Mei agrees to that; M4 (S3.1, S3.2). */
export async function toDiscussion(pat: Page, mei: Page): Promise<void> {
  await theOnlyCase(pat).click()
  await openCase(pat).acknowledge()
  await openCase(pat).bring()
  await openCase(pat).shepherd(null, { who: w('shepherd.who.me', { name: 'Pat' }), bias: 'no' })
  await theOnlyCase(mei).click()
  await openCase(mei).shepherd(w('shepherd.act.assign', { name: 'Pat' }))
  await openCase(pat).tell('M4')
}

/** What a member does in the case that is open, from discussion on (J, L). */
export const decide = (page: Page) => {
  const choose = (mode: Parameters<typeof w>[0]): Promise<void> =>
    page.getByRole('radio', { name: w(mode), exact: true }).check()
  const press = (label: Parameters<typeof w>[0]): Promise<void> =>
    page.getByRole('button', { name: w(label), exact: true }).click()
  return {
    /** Proposes actions (J2). */
    async propose(text: string, groupLevel = false): Promise<void> {
      await press('step.propose')
      await page.getByRole('textbox', { name: w('propose.text') }).fill(text)
      if (groupLevel) await page.getByRole('checkbox', { name: w('propose.group') }).check()
      await press('propose.do')
      await expect(page.getByText(w('write.done.proposal'))).toBeVisible()
    },
    /** Agrees, or says why not (J2). */
    async answer(reason: string | null): Promise<void> {
      await press('decide.what')
      await page
        .getByRole('radio', { name: w(reason === null ? 'decide.yes' : 'decide.no'), exact: true })
        .check()
      if (reason !== null) await page.getByRole('textbox', { name: w('decide.reason') }).fill(reason)
      await press('decide.do')
      await expect(page.getByText(w('write.done.agreement'))).toBeVisible()
    },
    /** Back to discussion, or open again, with the reason (J2, L3, L6). */
    async back(step: 'return-to-discussion' | 'go-on' | 'reopen', text: string): Promise<void> {
      await choose(`write.mode.${step}`)
      await page.getByRole('textbox', { name: w(`back.title.${step}`) }).fill(text)
      await page
        .locator('form')
        .getByRole('button', { name: w(`back.do.${step}`) })
        .click()
      await expect(page.getByText(w(`write.done.${step}`))).toBeVisible()
    },
    /** M5, with the decision filled in from the proposal (L1). */
    async inform(decision: string): Promise<void> {
      await press('step.inform-reporter')
      const text = page.getByLabel(w('write.label.M5'))
      await expect(text).toHaveValue(new RegExp(decision))
      await press('write.send.M5')
      await expect(page.getByText(w('write.done.M5'))).toBeVisible()
    },
    /** A message to somebody else, by mail (M6, L2). */
    async draft(to: string, address: string, text: string): Promise<void> {
      await choose('write.mode.draft')
      await page.getByRole('textbox', { name: w('draft.to') }).fill(to)
      await page.getByRole('textbox', { name: w('draft.address') }).fill(address)
      await page.getByRole('textbox', { name: w('draft.text') }).fill(text)
      await press('draft.do')
      await expect(page.getByText(w('write.done.draft'))).toBeVisible()
    },
    confirm: (): Promise<void> => press('draft.confirm'),
    /** Closes the case (L4): an empty field is refused first. */
    async close({ actions, outcome, reviewOn }: Record<'actions' | 'outcome' | 'reviewOn', string>) {
      await press('step.resolve')
      await page.getByLabel(w('close.actions')).fill(actions)
      await page.getByLabel(w('close.review'), { exact: true }).fill(reviewOn)
      await press('close.write')
      await expect(page.getByText(w('close.missing'))).toBeVisible()
      await page.getByLabel(w('close.outcome')).fill(outcome)
      await press('close.write')
      await expect(page.getByLabel(w('close.M7'))).toHaveValue(new RegExp(outcome))
      await expect(page.getByLabel(w('close.M8'))).toHaveValue(new RegExp(actions))
      await press('close.do')
      await expect(page.getByText(w('write.done.closing'))).toBeVisible()
    },
  }
}
