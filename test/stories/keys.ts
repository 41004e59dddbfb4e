import type { Page } from '@playwright/test'
import { expect, w } from './fixtures.ts'

/** Keeps the recovery kit on the page and types two of its words back. Returns its words. */
export async function keepKit(page: Page, name: string): Promise<string[]> {
  const kit = page.getByRole('region', { name })
  await expect(kit).toBeVisible()
  const words = await kit.getByRole('listitem').allInnerTexts()
  expect(words).toHaveLength(10)
  await page.getByRole('button', { name: w('kit.kept') }).click()
  await expect(page.getByText(w('kit.confirm'))).toBeVisible()
  for (const [index, word] of words.entries()) {
    const field = page.getByLabel(w('kit.word', { number: index + 1 }), { exact: true })
    if (await field.isVisible()) await field.fill(word)
  }
  await page.getByRole('button', { name: w('app.next'), exact: true }).click()
  return words
}

/** Takes the passphrase that the page suggests. Returns it. */
export async function takePassphrase(page: Page, submit: string): Promise<string> {
  await page.getByRole('button', { name: w('passphrase.suggest') }).click()
  const passphrase = await page.getByLabel(w('passphrase.new')).inputValue()
  expect(passphrase.split(' ')).toHaveLength(6)
  await page.getByRole('button', { name: submit, exact: true }).click()
  return passphrase
}

/** Says who one is, where a new account is made. */
export async function introduce(page: Page, name: string, email: string): Promise<void> {
  await page.getByLabel(w('person.name')).fill(name)
  await page.getByLabel(w('person.email')).fill(email)
  await page.getByRole('button', { name: w('app.next'), exact: true }).click()
}

/** Makes a link on the page of people. Returns it. */
export async function makeLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: w('invite.make'), exact: true }).click()
  const link = page.getByText(/\/console\/invitation\//)
  await expect(link).toBeVisible()
  return link.innerText()
}
