import type { Office } from '../../src/casework/office.ts'
import { chipyPlaybook, type Playbook } from '../../src/procedure/playbook.ts'
import { newId, randomBytes } from '../../src/sealing/bytes.ts'
import {
  type Directory,
  entryHash,
  invitationKey,
  type PublicKeys,
  type SignedText,
  signDelegation,
  signEntry,
  verifyDirectory,
} from '../../src/sealing/directory.ts'
import { newIdentity, recipientOf } from '../../src/sealing/identity.ts'
import { type Keyring, newKeyring, publicKeysOf } from '../../src/sealing/keyring.ts'
import { startLog } from '../../src/store/log.ts'

/** Somebody in the test's community, with every secret they have. */
export interface Person {
  readonly id: string
  readonly account: string
  readonly name: string
  readonly keyring: Keyring
  readonly keys: PublicKeys
}

export interface TestCommunity {
  readonly id: string
  readonly shortName: string
  readonly people: Readonly<Record<string, Person>>
  readonly entries: readonly SignedText[]
  readonly directory: Directory
  readonly recoveryIdentity: string
  readonly recoveryRecipient: string
  /** Throws if nobody has that name. */
  person(name: string): Person
}

/**
 * Founds a community with real keys and a real signed directory, straight into the store. The first two members
 * are on call; the first is chair. Names are invented.
 */
export async function foundCommunity(
  office: Pick<Office, 'store' | 'clock'>,
  {
    members = ['Pat', 'Sam', 'Mei', 'Gus'],
    organizers = [] as string[],
    shortName = 'chipy',
    playbook = chipyPlaybook as Playbook,
    recoveryIdentity = newIdentity(),
  } = {},
): Promise<TestCommunity> {
  const now = office.clock.now()
  const id = newId()
  const recoveryRecipient = await recipientOf(recoveryIdentity)
  const people: Record<string, Person> = {}
  const entries: SignedText[] = []
  for (const name of [...members, ...organizers]) {
    const keyring = newKeyring()
    const person = { id: newId(), account: newId(), name, keyring, keys: await publicKeysOf(keyring) }
    people[name] = person
    entries.push(
      entering(id, person, people[members[0] as string] as Person, {
        before: entries,
        at: now,
        organizer: organizers.includes(name),
        recovery: recoveryRecipient,
      }),
    )
  }
  const everybody = Object.values(people)
  await office.store.write(async (tx) => {
    await tx
      .insertInto('community')
      .values({
        id,
        short_name: shortName,
        name: 'Chicago Python',
        time_zone: 'America/Chicago',
        contact: JSON.stringify({
          email: 'conduct@example.org',
          organizersEmail: 'organizers@example.org',
          phone: null,
        }),
        playbook: JSON.stringify(playbook),
        recovery_recipient: recoveryRecipient,
        demo: 0,
        created_at: now,
      })
      .execute()
    await startLog(tx, id)
    await tx
      .insertInto('account')
      .values(
        everybody.map(({ account, name, keys }) => ({
          id: account,
          name,
          email: `${name.toLowerCase()}@example.org`,
          recipient: keys.recipient,
          verify_key: keys.verifyKey,
          created_at: now,
        })),
      )
      .execute()
    await tx
      .insertInto('member')
      .values(
        everybody.map(({ id: member, account, name }, index) => ({
          id: member,
          community_id: id,
          account_id: account,
          standing: organizers.includes(name) ? ('organizer' as const) : ('member' as const),
          chair: index === 0 ? 1 : 0,
          rotation: index,
          joined_at: now,
          left_at: null,
        })),
      )
      .execute()
    await tx
      .insertInto('directory_entry')
      .values(entries.map((entry, seq) => ({ community_id: id, seq, ...entry, hash: entryHash(entry) })))
      .execute()
    await tx
      .insertInto('duty_override')
      .values({
        id: newId(),
        community_id: id,
        starts_at: now,
        hand_over: null,
        ends_at: null,
        primary_id: everybody[0]?.id as string,
        secondary_id: members[1] === undefined ? null : (people[members[1]]?.id as string),
        sealed_why: null,
        set_by: everybody[0]?.id as string,
        set_at: now,
        taken_back_by: null,
        taken_back_at: null,
        swap_id: null,
      })
      .execute()
  })
  return {
    id,
    shortName,
    people,
    entries,
    directory: verifyDirectory(id, entries),
    recoveryIdentity,
    recoveryRecipient,
    person: (name) => {
      const found = people[name]
      if (!found) throw new Error(`Nobody is called ${name} here.`)
      return found
    },
  }
}

function entering(
  community: string,
  { id: member, keys, keyring }: Person,
  founder: Person,
  {
    before,
    at,
    organizer,
    recovery,
  }: { before: readonly SignedText[]; at: number; organizer: boolean; recovery: string },
): SignedText {
  const last = before.at(-1)
  const common = { v: 1, community, at, member, keys } as const
  if (!last) return signEntry({ ...common, previous: null, act: 'found', recovery }, keyring.signingSeed)
  const seed = randomBytes(32)
  const delegation = signDelegation(
    {
      v: 1,
      community,
      invitation: invitationKey(seed),
      standing: organizer ? 'organizer' : 'member',
      replaces: null,
      expires: at + 7 * 24 * 3600 * 1000,
      by: founder.id,
    },
    founder.keyring.signingSeed,
  )
  return signEntry({ ...common, previous: entryHash(last), act: 'enter', delegation }, seed)
}
