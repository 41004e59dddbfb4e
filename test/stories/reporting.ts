import type { Page } from '@playwright/test'
import type { FieldGroup } from '../../src/procedure/report.ts'
import { expect, w } from './fixtures.ts'

/** What somebody types into the report form. Every field but the first is optional, as in the form. */
export interface TypedReport {
  readonly narrative: string
  readonly who?: { readonly name?: string; readonly badge?: string; readonly looks?: string }
  /** In their own words. */
  readonly when?: string
  readonly where?: string
  readonly others?: string
  readonly dealtWith?: 'yes' | 'no' | 'unsure'
  readonly decisionWanted?: 'yes' | 'no' | 'unsure'
  readonly nothingDone?: boolean
  readonly name?: string
  readonly reach?: string
  /** Where to be told that there is an answer. */
  readonly notify?: string
  /** Names of members. */
  readonly involved?: readonly string[]
  readonly files?: readonly { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }[]
}

/** Opens a part of the form, unless it is open. */
async function openGroup(page: Page, group: FieldGroup): Promise<void> {
  const details = page.locator('details', {
    has: page.locator('summary', { hasText: w(`report.group.${group}`) }),
  })
  if ((await details.getAttribute('open')) === null) await details.locator('summary').click()
}

/** Fills the report form in, as far as it is said. */
export async function fillReport(page: Page, typed: TypedReport): Promise<void> {
  const fill = async (group: FieldGroup, label: string, text: string | undefined): Promise<void> => {
    if (text === undefined) return
    await openGroup(page, group)
    await page.getByRole('textbox', { name: label, exact: true }).fill(text)
  }
  const choose = async (label: string, choice: 'yes' | 'no' | 'unsure' | undefined): Promise<void> => {
    if (choice === undefined) return
    await openGroup(page, 'handled')
    await page
      .getByRole('group', { name: label })
      .getByLabel(w(`report.choice.${choice}`), { exact: true })
      .check()
  }
  await page.getByLabel(w('report.narrative.label')).fill(typed.narrative)
  await fill('who', w('report.whoName.label'), typed.who?.name)
  await fill('who', w('report.whoBadge.label'), typed.who?.badge)
  await fill('who', w('report.whoLooks.label'), typed.who?.looks)
  await fill('when', w('report.when.phrase'), typed.when)
  await fill('where', w('report.where.label'), typed.where)
  await fill('others', w('report.others.label'), typed.others)
  await choose(w('report.dealtWith.label'), typed.dealtWith)
  await choose(w('report.decisionWanted.label'), typed.decisionWanted)
  if (typed.nothingDone) {
    await openGroup(page, 'help')
    await page.getByLabel(w('report.nothingDone.label')).check()
  }
  await fill('you', w('report.reporterName.label'), typed.name)
  await fill('you', w('report.reach.label'), typed.reach)
  await fill('you', w('form.notify.label'), typed.notify)
  if (typed.involved) {
    await openGroup(page, 'committee')
    for (const name of typed.involved) await page.getByRole('checkbox', { name, exact: true }).check()
  }
  if (typed.files) {
    await openGroup(page, 'evidence')
    await page.getByLabel(w('form.add-file')).setInputFiles([...typed.files])
  }
}

/** Goes from the filled form to the review. */
export async function readOver(page: Page): Promise<void> {
  await page.getByRole('button', { name: w('form.review') }).click()
  await expect(page.getByRole('heading', { level: 1, name: w('review.title') })).toBeVisible()
}

/** Sends what was read over. Returns the receipt code. */
export async function send(page: Page): Promise<string> {
  await page.getByRole('button', { name: w('review.send'), exact: true }).click()
  return receiptCode(page)
}

/** The code on the receipt, once it is there. */
export async function receiptCode(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { level: 1, name: w('receipt.title') })).toBeVisible()
  const code = (await page.locator('[data-code]').innerText()).trim()
  expect(code.split(/\s+/)).toHaveLength(8)
  return code
}

/** Opens the form, fills it in, reads it over and sends it. Returns the receipt code. */
export async function report(page: Page, community: string, typed: TypedReport): Promise<string> {
  await page.goto(`/${community}/report`)
  await fillReport(page, typed)
  await readOver(page)
  return send(page)
}

/** Opens the mailbox with a receipt code. */
export async function openMailbox(page: Page, community: string, code: string): Promise<void> {
  await page.goto(`/${community}/mailbox`)
  await page.getByLabel(w('mailbox.code.label')).fill(code)
  await page.getByRole('button', { name: w('mailbox.open') }).click()
  await expect(page.getByLabel(w('mailbox.write'))).toBeVisible()
}
