import { openCase, theOnlyCase } from './casework.ts'
import { expect, test, w } from './fixtures.ts'
import { openMailbox, report } from './reporting.ts'

test('S3.1 Cara reports in the web form; it is new, with both times due; Pat sends M1 and shares it', async ({
  server,
  community,
  device,
  phone,
  asMember,
}) => {
  const pat = await asMember('Pat')
  await expect(pat.getByText(w('inbox.empty'))).toBeVisible()
  const { page: cara } = await phone()
  await cara.goto(`/${community.shortName}`)
  await cara.getByRole('link', { name: new RegExp(`^${w('triage.harm.no')} `) }).click()
  await cara.getByRole('link', { name: new RegExp(`^${w('triage.over.yes')} `) }).click()
  await expect(cara).toHaveURL(/\/report/)
  const code = await report(cara, community.shortName, {
    narrative: 'Between the talks a man kept photographing me after I asked him to stop.',
    who: { name: 'Somebody in a green shirt', badge: '1184' },
    when: 'during the second break',
    where: 'by the coffee',
    name: 'Cara Example',
  })
  // H1: half a day later; said in the community's zone.
  await expect(cara.getByText(/You will have an answer by .*Friday.*6:30/)).toBeVisible()

  const [mail] = await server.mail.arrived('pat@example.org', 1)
  expect(mail?.email.text).toContain('Friday, October 29 at 6:30 AM CDT')
  await server.mail.arrived('sam@example.org', 1)
  expect(server.mail.mails.flatMap(({ to }) => to).toSorted()).toEqual(['pat@example.org', 'sam@example.org'])

  // Pat's window was open: the case has appeared in it by itself.
  await theOnlyCase(pat).click()
  await expect(pat.getByText('kept photographing me')).toBeVisible()
  await expect(pat.getByText(w('record.checked'))).toBeVisible()
  const due = pat
    .getByRole('region', { name: w('due.title') })
    .or(pat.locator('section', { hasText: w('due.title') }))
  await expect(due.first()).toContainText('Fri 29 Oct 06:30')
  // L5: the same time on the wall although the clocks have gone back in between.
  await expect(due.first()).toContainText('Thu 11 Nov 18:30')
  await openCase(pat).acknowledge()
  await expect(pat.getByText(w('task.bring-to-committee'))).toBeVisible()
  await openCase(pat).bring()
  await server.mail.arrived('mei@example.org', 1)

  const mei = await asMember('Mei')
  await theOnlyCase(mei).click()
  await expect(mei.getByText('kept photographing me')).toBeVisible()

  const { page: later } = await device()
  await openMailbox(later, community.shortName, code)
  await expect(later.getByText(w('mailbox.from-committee', { name: 'Pat' }))).toBeVisible()
})
