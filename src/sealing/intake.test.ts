import { expect, test } from 'vitest'
import { newId } from './bytes.ts'
import type { Directory, ListedMember } from './directory.ts'
import { openGrant } from './grant.ts'
import { identityOf, newIdentity, recipientOf } from './identity.ts'
import { recovery, sealCase } from './intake.ts'
import { newKeyring, openKeyring, publicKeysOf, sealKeyring } from './keyring.ts'
import { receiptOf } from './receipt.ts'
import { openRecord } from './record.ts'
import { passkeyUnlocker, passphraseCost, passphraseUnlocker, recoveryUnlocker } from './unlocker.ts'

const pat = newKeyring()
const gus = newKeyring()
const organizer = newKeyring()
const gone = newKeyring()
const listed = async (
  id: string,
  keyring: typeof pat,
  changes: Partial<ListedMember> = {},
): Promise<ListedMember> => ({
  id,
  standing: 'member',
  verifyKeys: [],
  active: true,
  ...(await publicKeysOf(keyring)),
  ...changes,
})
const members = new Map(
  (
    await Promise.all([
      listed('pat', pat),
      listed('gus', gus),
      listed('org', organizer, { standing: 'organizer' }),
      listed('gone', gone, { active: false }),
    ])
  ).map((member) => [member.id, member]),
)
const kit = newIdentity()
const directory: Directory = { members, recovery: await recipientOf(kit), head: '', hashes: [] }

const made = async (involved: string[]) => {
  const receipt = await receiptOf('eight words that nobody else would ever draw')
  return {
    receipt,
    sealed: await sealCase({
      community: newId(),
      directory,
      involved,
      body: { narrative: 'words' },
      at: 1,
      receipt,
      author: { who: 'reporter' },
      signingSeed: receipt.signingSeed,
    }),
  }
}

test('K1: whoever is involved gets no grant, and no key of theirs opens anything of the case', async () => {
  const { sealed } = await made(['gus'])
  expect(sealed.grants.map(({ member }) => member)).toEqual(['pat', recovery])
  const expected = { case: sealed.case, epoch: 1, recipient: sealed.recipient }
  for (const { sealed: grant } of sealed.grants)
    await expect(openGrant(grant, gus.identity, expected)).rejects.toThrow()
  await expect(openRecord(sealed.record, gus.identity)).rejects.toThrow()
})

test('F1: a member opens their grant, with it the report; the reporter opens it with the code; organizers do not', async () => {
  const { sealed, receipt } = await made([])
  const expected = { case: sealed.case, epoch: 1, recipient: sealed.recipient }
  const mine = sealed.grants.find(({ member }) => member === 'pat')
  const { identity } = await openGrant(mine?.sealed as Uint8Array, pat.identity, expected)
  expect((await openRecord(sealed.record, identity)).record.body).toEqual({ narrative: 'words' })
  expect((await openRecord(sealed.record, receipt.identity)).record.body).toEqual({ narrative: 'words' })
  expect(sealed.grants.map(({ member }) => member)).not.toContain('org')
  expect(sealed.grants.map(({ member }) => member)).not.toContain('gone')
})

test('a grant of another case is not taken for this one', async () => {
  const [one, other] = [(await made([])).sealed, (await made([])).sealed]
  const grant = one.grants[0]?.sealed as Uint8Array
  for (const wrong of [
    { case: other.case, epoch: 1, recipient: one.recipient },
    { case: one.case, epoch: 2, recipient: one.recipient },
    { case: one.case, epoch: 1, recipient: other.recipient },
  ])
    await expect(openGrant(grant, pat.identity, wrong)).rejects.toThrow(/does not belong/)
})

test('a keyring opens with each of its unlockers and with nothing else', async () => {
  const cost = { ...passphraseCost(crypto.getRandomValues(new Uint8Array(16))), memory: 256 }
  const unlockers = [
    await passphraseUnlocker('correct horse', cost),
    recoveryUnlocker('ten words'),
    passkeyUnlocker(new Uint8Array(32).fill(7)),
  ]
  for (const { identity } of unlockers) {
    const sealed = await sealKeyring(pat, await recipientOf(identity))
    expect(await openKeyring(sealed, identity)).toEqual(pat)
    await expect(openKeyring(sealed, identityOf(new Uint8Array(32)))).rejects.toThrow()
  }
  const again = await passphraseUnlocker('correct horse', cost)
  expect(again).toEqual(unlockers[0])
  expect((await passphraseUnlocker('correct hors', cost)).token).not.toBe(again.token)
  expect(new Set(unlockers.map(({ token }) => token)).size).toBe(3)
})
