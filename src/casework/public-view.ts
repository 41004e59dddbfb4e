import type { Playbook } from '../procedure/playbook.ts'
import { fingerprint } from '../sealing/directory.ts'
import { readCommittee } from '../store/committee.ts'
import { communityByShortName, directoryEntries, namedMembers } from '../store/communities.ts'
import { type CommunityEvent, eventsOf } from '../store/events.ts'
import type { Contact } from './contact.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/** What anybody may know of a community. */
export interface PublicView {
  readonly id: string
  readonly shortName: string
  readonly name: string
  readonly timeZone: string
  readonly demo: boolean
  readonly contact: Contact
  /** Null until somebody has founded the key directory. */
  readonly fingerprint: string | null
  readonly playbook: Playbook
  /** The committee, for "is one of them involved?". */
  readonly members: readonly { readonly id: string; readonly name: string }[]
  readonly organizers: number
  readonly recovery: boolean
  /** Names, only where the playbook makes the roster public (G5). */
  readonly onCall: readonly string[] | null
  /** When they are relieved, epoch milliseconds; null: not published, or no end in sight. */
  readonly nextHandOver: number | null
  /** The events that were not put away, the latest first. */
  readonly events: readonly CommunityEvent[]
}

/**
 * Reads what the public pages show of a community.
 *
 * @throws {Refused} `not-found`.
 */
export async function publicView({ store, clock }: Office, shortName: string): Promise<PublicView> {
  const row = await communityByShortName(store.db, shortName)
  if (!row) throw new Refused('not-found')
  const members = await namedMembers(store.db, row.id)
  const [first] = await directoryEntries(store.db, row.id)
  const playbook = JSON.parse(row.playbook) as Playbook
  const name = (id: string | null | undefined): string[] =>
    members.filter((member) => member.id === id).map((member) => member.name)
  const pair = playbook.publicRoster ? (await readCommittee(store.db, row.id, clock.now()))?.pair : null
  return {
    id: row.id,
    shortName: row.short_name,
    name: row.name,
    timeZone: row.time_zone,
    demo: row.demo === 1,
    contact: JSON.parse(row.contact) as Contact,
    fingerprint: first ? fingerprint(first) : null,
    playbook,
    members: members.filter(({ standing }) => standing === 'member').map(({ id, name }) => ({ id, name })),
    organizers: members.filter(({ standing }) => standing === 'organizer').length,
    recovery: row.recovery_recipient !== null,
    onCall: playbook.publicRoster ? [...name(pair?.primary), ...name(pair?.secondary)] : null,
    nextHandOver: pair?.to ?? null,
    events: (await eventsOf(store.db, row.id)).filter(({ archived }) => !archived),
  }
}

/** What whoever seals a report must know: to whom, and by whose word. */
export interface Intake {
  /** Id of the community. */
  readonly community: string
  /** The signed key directory; verify it before sealing to anybody in it. */
  readonly directory: readonly { readonly text: string; readonly signature: string }[]
  readonly members: readonly { readonly id: string; readonly name: string }[]
  /** The server's clock, epoch milliseconds. */
  readonly now: number
}

/**
 * Reads to whom a report in a community is sealed.
 *
 * @throws {Refused} `not-found`.
 */
export async function intake({ store, clock }: Office, shortName: string): Promise<Intake> {
  const row = await communityByShortName(store.db, shortName)
  if (!row) throw new Refused('not-found')
  const members = await namedMembers(store.db, row.id)
  return {
    community: row.id,
    directory: await directoryEntries(store.db, row.id),
    members: members.filter(({ standing }) => standing === 'member').map(({ id, name }) => ({ id, name })),
    now: clock.now(),
  }
}
