import { acceptInvitation } from '../../casework/accept-invitation.ts'
import { replacePlaybook } from '../../casework/change-settings.ts'
import { invitationLife, invite } from '../../casework/invite.ts'
import type { Office } from '../../casework/office.ts'
import { overrideDuty } from '../../casework/override-duty.ts'
import type { Place } from '../../casework/passkeys.ts'
import { setUpCommunity } from '../../casework/set-up-community.ts'
import { setupToken } from '../../casework/setup-link.ts'
import type { NewUnlocker } from '../../casework/unlockers.ts'
import { chipyPlaybook } from '../../procedure/playbook.ts'
import { newId, randomBytes } from '../../sealing/bytes.ts'
import {
  type Directory,
  entryHash,
  invitationKey,
  type PublicKeys,
  type SignedText,
  signDelegation,
  signEntry,
  verifyDirectory,
} from '../../sealing/directory.ts'
import { recipientOf } from '../../sealing/identity.ts'
import { type Keyring, newKeyring, publicKeysOf, sealKeyring } from '../../sealing/keyring.ts'
import { tokenHash } from '../../sealing/receipt.ts'
import {
  communityRecoveryIdentity,
  passphraseCost,
  recoveryUnlocker,
  recoveryWords,
  type Unlocker,
} from '../../sealing/unlocker.ts'
import { drawWords } from '../../sealing/words.ts'
import type { Membership } from '../../store/members.ts'
import { type Cast, cast, community } from './cast.ts'
import { stretched } from './stretched.ts'

/** Somebody of the demo, with every secret they have: in a demo they are printed. */
export interface DemoMember extends Cast {
  readonly id: string
  readonly keyring: Keyring
  readonly keys: PublicKeys
  readonly passphrase: string
  readonly recoveryKit: string
}

/** The demo's community, as its members' browsers would have made it together. */
export interface DemoCommunity {
  readonly id: string
  readonly entries: readonly SignedText[]
  readonly directory: Directory
  readonly recoveryKit: string
  readonly members: readonly DemoMember[]
}

const place: Place = { origin: () => 'http://localhost' }
const device = { label: 'Demo', former: null, idle: 0 }

/** Founds the demo's community by the deeds of the product: set-up, an invitation for everybody else, duty. */
export async function foundCommunity(office: Office): Promise<DemoCommunity> {
  const id = newId()
  const recoveryKit = drawWords(recoveryWords).join(' ')
  const recoveryRecipient = await recipientOf(communityRecoveryIdentity(recoveryKit))
  const [founder, ...invited] = (await Promise.all(cast.map(withKeys))) as [DemoMember, ...DemoMember[]]
  const entries: SignedText[] = []
  const at = office.clock.now()
  entries.push(
    signEntry(
      {
        ...{ v: 1, community: id, previous: null, at, member: founder.id },
        ...{ act: 'found', keys: founder.keys, recovery: recoveryRecipient },
      },
      founder.keyring.signingSeed,
    ),
  )
  await setUpCommunity(
    office,
    place,
    {
      setupToken: tokenHash((await setupToken(office)) as string),
      communityId: id,
      memberId: founder.id,
      community,
      founder: person(founder),
      keys: founder.keys,
      directoryEntry: entries[0] as SignedText,
      recoveryRecipient,
      unlockers: await unlockersOf(founder),
      demo: true,
    },
    device,
  )
  const chair: Membership = { id: founder.id, community: id, standing: 'member', chair: true }
  for (const member of invited) entries.push(await enter(office, chair, founder, member, entries))
  await replacePlaybook(office, chair, { ...chipyPlaybook, ...community.playbook })
  const [primary, secondary] = [founder, ...invited].filter(({ duty }) => duty !== null)
  await overrideDuty(office, chair, {
    id: newId(),
    from: at,
    to: null,
    primary: (primary as DemoMember).id,
    secondary: secondary?.id ?? null,
    why: null,
  })
  return {
    id,
    entries,
    directory: verifyDirectory(id, entries),
    recoveryKit,
    members: [founder, ...invited],
  }
}

async function withKeys(person: Cast): Promise<DemoMember> {
  const keyring = newKeyring()
  return {
    ...person,
    id: newId(),
    keyring,
    keys: await publicKeysOf(keyring),
    passphrase: drawWords(6).join(' '),
    recoveryKit: drawWords(recoveryWords).join(' '),
  }
}

const person = ({ name, email }: Cast) => ({ name, email })

/** Two ways in, as somebody on call needs them: a passphrase and a printed kit. */
async function unlockersOf({ keyring, passphrase, recoveryKit }: DemoMember): Promise<NewUnlocker[]> {
  const cost = passphraseCost(randomBytes(16))
  const sealed = async ({ identity, token }: Unlocker) => ({
    token,
    sealedKeyring: await sealKeyring(keyring, await recipientOf(identity)),
  })
  return [
    { kind: 'passphrase', label: '', cost, ...(await sealed(await stretched(passphrase, cost))) },
    { kind: 'recovery', label: '', ...(await sealed(recoveryUnlocker(recoveryKit))) },
  ]
}

/** Invites somebody and accepts for them, as two browsers would. Returns their entry in the directory. */
async function enter(
  office: Office,
  chair: Membership,
  founder: DemoMember,
  member: DemoMember,
  before: readonly SignedText[],
): Promise<SignedText> {
  const at = office.clock.now()
  const seed = randomBytes(32)
  const invitation = newId()
  const { standing } = member
  const delegation = signDelegation(
    {
      v: 1,
      community: chair.community,
      invitation: invitationKey(seed),
      standing,
      replaces: null,
      expires: at + invitationLife,
      by: founder.id,
    },
    founder.keyring.signingSeed,
  )
  await invite(office, chair, {
    id: invitation,
    standing,
    chair: false,
    note: member.name,
    delegation,
    replaces: null,
  })
  const entry = signEntry(
    {
      v: 1,
      community: chair.community,
      previous: entryHash(before.at(-1) as SignedText),
      at,
      member: member.id,
      act: 'enter',
      keys: member.keys,
      delegation,
    },
    seed,
  )
  await acceptInvitation(
    office,
    place,
    null,
    {
      invitation,
      memberId: member.id,
      account: person(member),
      keys: member.keys,
      directoryEntry: entry,
      unlockers: await unlockersOf(member),
    },
    device,
  )
  return entry
}
