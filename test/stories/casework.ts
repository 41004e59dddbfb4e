import type { Locator, Page } from '@playwright/test'
import { expect, w } from './fixtures.ts'

/** Lines of the inbox. */
export const caseLines = (page: Page): Locator =>
  page.getByRole('region', { name: w('inbox.title') }).getByRole('listitem')

/** The link to the one case in the inbox. Fails where there are more or none. */
export const theOnlyCase = (page: Page): Locator => caseLines(page).getByRole('link')

/** What a member does in the case that is open. */
export const openCase = (page: Page) => ({
  /** Answers with M1 as the template has it (H2). */
  async acknowledge(): Promise<void> {
    await page.getByRole('button', { name: w('step.acknowledge'), exact: true }).click()
    await expect(page.getByLabel(w('write.label.M1'))).not.toBeEmpty()
    await page.getByRole('button', { name: w('write.send.M1') }).click()
    await expect(page.getByText(w('record.not-opened'))).toBeVisible()
  },
  /** Brings it to the committee (I1). */
  async bring(): Promise<void> {
    await page.getByRole('button', { name: w('step.bring-to-committee') }).click()
    await page.getByRole('button', { name: w('bring.do') }).click()
    await expect(page.getByText(w('readers.committee'))).toBeVisible()
  },
  /** Says something of who is to be shepherd (I2, I3). `bias`: null where nothing asks for it. */
  async shepherd(
    act: string | null,
    { who, bias = null, text }: { who?: string; bias?: 'yes' | 'no' | null; text?: string } = {},
  ): Promise<void> {
    await page.getByRole('radio', { name: w('write.mode.shepherd'), exact: true }).check()
    if (act !== null) await page.getByRole('radio', { name: act, exact: true }).check()
    if (who !== undefined)
      await page.getByRole('combobox', { name: w('shepherd.act.propose') }).selectOption({ label: who })
    if (bias !== null)
      await page.getByRole('radio', { name: w(`shepherd.bias.${bias}`), exact: true }).check()
    if (text !== undefined) await page.getByRole('textbox', { name: /./ }).last().fill(text)
    await page.getByRole('button', { name: w('shepherd.do') }).click()
    await expect(page.getByText(w('write.done.shepherd'))).toBeVisible()
  },
  /** Sends M3 or M4 as the template has it (I5, I7). */
  async tell(template: 'M3' | 'M4'): Promise<void> {
    const step = template === 'M3' ? 'step.name-shepherd' : 'step.introduce-shepherd'
    await page.getByRole('button', { name: w(step) }).click()
    await expect(page.getByLabel(w(`write.label.${template}`))).not.toBeEmpty()
    await page.getByRole('button', { name: w(`write.send.${template}`) }).click()
    await expect(page.getByText(w(`write.done.${template}`))).toBeVisible()
  },
  /** Adds a note that only the committee reads. */
  async note(text: string): Promise<void> {
    await page.getByRole('radio', { name: w('write.mode.note') }).check()
    await page.getByLabel(w('write.label.note')).fill(text)
    await page.getByRole('button', { name: w('write.send.note') }).click()
    await expect(page.getByRole('article').filter({ hasText: text })).toBeVisible()
  },
  /** Writes to the reporter. */
  async message(text: string): Promise<void> {
    await page.getByRole('radio', { name: w('write.mode.message') }).check()
    await page.getByLabel(w('write.label.message')).fill(text)
    await page.getByRole('button', { name: w('write.send.message') }).click()
    await expect(page.getByRole('article').filter({ hasText: text })).toBeVisible()
  },
})
