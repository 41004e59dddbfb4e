import { chipyPlaybook } from '../procedure/playbook.ts'
import { newId } from '../sealing/bytes.ts'
import type { PublicKeys, SignedText } from '../sealing/directory.ts'
import { isHybridRecipient } from '../sealing/identity.ts'
import { accountByEmail, addAccount } from '../store/accounts.ts'
import { communityId } from '../store/communities.ts'
import { lookForGaps } from '../store/due.ts'
import { appendLog, startLog } from '../store/log.ts'
import { addMember } from '../store/members.ts'
import { spendSetupToken } from '../store/setup-tokens.ts'
import type { Contact } from './contact.ts'
import { append, vouched } from './directory-entry.ts'
import type { Office } from './office.ts'
import type { Place } from './passkeys.ts'
import { Refused } from './refused.ts'
import { type Begun, begin, type Device } from './sign-in.ts'
import { checkFirstUnlockers, checkUnlockers, keepUnlockers, type NewUnlocker } from './unlockers.ts'

/** A community as its founder set it up in the browser. */
export interface Founding {
  /** SHA-256 (hex) of the set-up link's token. */
  readonly setupToken: string
  /** Ids made by the browser, since the directory's first entry names them. */
  readonly communityId: string
  readonly memberId: string
  readonly community: {
    readonly name: string
    readonly shortName: string
    readonly timeZone: string
    readonly contact: Contact
  }
  readonly founder: { readonly name: string; readonly email: string }
  readonly keys: PublicKeys
  readonly directoryEntry: SignedText
  /** Of the community's printed recovery kit; null: declined. */
  readonly recoveryRecipient: string | null
  readonly unlockers: readonly NewUnlocker[]
  /** A throw-away community, marked as such everywhere. */
  readonly demo?: boolean
}

const day = 86_400_000

/** Words that lead elsewhere when they stand first in an address. */
const reserved = new Set(
  'api assets console demo docs favicon feeds healthz metrics readyz setup static sw test well-known'.split(
    ' ',
  ),
)

/**
 * Sets up a community with ChiPy's playbook, its founder as its first member and chair, and the first entry of
 * its key directory; signs the founder in. The set-up link is used up.
 *
 * @throws {Refused} `link-used`, `name-taken`, `address-taken`, `directory-refused`, `invalid-input`,
 * `passkey-failed`.
 */
export async function setUpCommunity(
  office: Office,
  place: Place,
  founding: Founding,
  device: Device,
): Promise<Begun<{ community: string }>> {
  const { store, clock } = office
  const { communityId: id, memberId, community, founder, keys, recoveryRecipient } = founding
  checkFirstUnlockers(founding.unlockers)
  if (recoveryRecipient !== null && !isHybridRecipient(recoveryRecipient))
    throw new Refused('malformed-envelope', { reason: 'Only hybrid (age1pq…) recipients are accepted.' })
  const first = await vouched(store.db, id, founding.directoryEntry, 'found')
  const listed = first.entry.keys
  if (
    first.entry.member !== memberId ||
    listed.recipient !== keys.recipient ||
    listed.verifyKey !== keys.verifyKey ||
    first.entry.recovery !== recoveryRecipient
  )
    throw new Refused('directory-refused', { reason: 'It is an entry for somebody else.' })
  const unlockers = await checkUnlockers(office, place, founding.unlockers)
  const now = clock.now()
  const token = await store.write(async (tx) => {
    if (!(await spendSetupToken(tx, founding.setupToken, now))) throw new Refused('link-used')
    if (reserved.has(community.shortName) || (await communityId(tx, community.shortName)))
      throw new Refused('name-taken')
    if (await accountByEmail(tx, founder.email)) throw new Refused('address-taken')
    await tx
      .insertInto('community')
      .values({
        id,
        short_name: community.shortName,
        name: community.name,
        time_zone: community.timeZone,
        contact: JSON.stringify(community.contact),
        playbook: JSON.stringify(chipyPlaybook),
        recovery_recipient: recoveryRecipient,
        demo: founding.demo ? 1 : 0,
        created_at: now,
      })
      .execute()
    await append(tx, first)
    const account = newId()
    await addAccount(tx, {
      id: account,
      ...founder,
      recipient: keys.recipient,
      verify_key: keys.verifyKey,
      created_at: now,
    })
    await addMember(tx, {
      id: memberId,
      community_id: id,
      account_id: account,
      standing: 'member',
      chair: 1,
      joined_at: now,
    })
    await keepUnlockers(tx, account, unlockers, now)
    await startLog(tx, id)
    // A day to say who is on call, before anybody is told that nobody is.
    await lookForGaps(tx, id, id, now + day)
    await appendLog(tx, [{ community: id, at: now, case: null, actor: memberId, deed: 'community-founded' }])
    return begin(tx, account, device, now)
  })
  return { answer: { community: community.shortName }, token }
}
