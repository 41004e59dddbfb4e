import { expect, it } from 'vitest'
import { community } from '../../../test/support/console-case.ts'
import { newId } from '../../sealing/bytes.ts'
import { fingerprint, verifyDirectory } from '../../sealing/directory.ts'
import { newKeyring, publicKeysOf } from '../../sealing/keyring.ts'
import type { Invitation } from '../api/shapes.ts'
import { BrokenInvitation, checkInvitation, enterWith, newInvitation } from './invitation.ts'

const at = Date.UTC(2027, 9, 28, 23, 30)

async function invited() {
  const { pat, directory } = await community()
  const made = newInvitation(
    { community: directory.id, standing: 'member', replaces: null, by: pat.id, expires: at + 1000 },
    pat.keyring.signingSeed,
    'https://help.example.org',
  )
  const invitation: Invitation = {
    community: {
      id: directory.id,
      shortName: 'chipy',
      name: 'Chicago Python',
      fingerprint: fingerprint(directory.entries[0] as never),
    },
    standing: 'member',
    replaces: null,
    delegation: made.delegation,
    directory: directory.entries,
    invitedBy: 'Pat',
    expiresAt: at + 1000,
    now: at,
  }
  const [address, seed] = made.link.split('#') as [string, string]
  return { pat, directory, made, invitation, address, seed }
}

it('leads whoever holds the link into the directory', async () => {
  const { directory, made, invitation, address, seed } = await invited()
  expect(address).toBe(`https://help.example.org/console/invitation/${made.id}`)
  expect(JSON.stringify(made.delegation)).not.toContain(seed)
  const checked = checkInvitation(invitation, seed)
  expect(checked.fingerprint).toBe(invitation.community.fingerprint)
  const keys = await publicKeysOf(newKeyring())
  const member = newId()
  const entered = verifyDirectory(directory.id, [...directory.entries, enterWith(checked, member, keys)])
  expect(entered.members.get(member)).toMatchObject({ ...keys, standing: 'member', active: true })
})

it('is refused when the link is cut, or the server says anything else than the inviter signed', async () => {
  const { pat, invitation, seed } = await invited()
  const other = await invited()
  const wrong: [Invitation, string][] = [
    [invitation, seed.slice(0, -1)],
    [invitation, ''],
    [invitation, other.seed],
    [{ ...invitation, standing: 'organizer' }, seed],
    [{ ...invitation, replaces: { id: pat.id, name: 'Pat' } }, seed],
    [{ ...invitation, delegation: other.made.delegation }, other.seed],
    [{ ...invitation, directory: invitation.directory.slice(1) }, seed],
  ]
  for (const [told, fragment] of wrong)
    expect(() => checkInvitation(told, fragment)).toThrow(BrokenInvitation)
})
