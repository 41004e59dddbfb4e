import { isClosed, type State } from '../procedure/lifecycle.ts'
import { directoryEntries } from '../store/communities.ts'
import { incidentById, incidentForDeed, updateIncident } from '../store/incidents.ts'
import { appendLog } from '../store/log.ts'
import { markOpened, recordsOf } from '../store/records.ts'
import type { Db } from '../store/store.ts'
import { type CaseFile, filesOf } from '../store/uploads.ts'
import { announce } from './announce.ts'
import { mayObjectUntil } from './objection.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/** What a reporter finds with their code: what was said to them and by them, and as little else as can be. */
export interface Mailbox {
  readonly community: {
    readonly id: string
    readonly shortName: string
    readonly name: string
    readonly timeZone: string
  }
  readonly case: string
  /** Coarse: what the committee does inside is not told here. */
  readonly state: 'received' | 'answered' | 'closed'
  readonly arrivedAt: number
  readonly acknowledgeBy: number
  readonly resolveBy: number
  readonly epoch: number
  readonly epochRecipient: string
  readonly head: string
  readonly sharedHead: string | null
  readonly records: readonly {
    readonly id: string
    readonly epoch: number
    readonly kind: string
    readonly sealed: Uint8Array
    readonly at: number
    readonly openedAt: number | null
  }[]
  readonly directory: readonly { readonly text: string; readonly signature: string }[]
  /** Those who wrote to the reporter, and nobody else. */
  readonly members: readonly { readonly id: string; readonly name: string }[]
  readonly files: readonly CaseFile[]
  /** Who looks after the report, while the reporter may still say that they would rather have somebody else (I6). */
  readonly shepherd: { readonly name: string; readonly until: number } | null
}

/**
 * Reads a mailbox.
 *
 * @throws {Refused} `not-found`.
 */
export async function mailbox({ store: { db }, clock }: Office, caseId: string): Promise<Mailbox> {
  const incident = await incidentById(db, caseId)
  if (!incident) throw new Refused('not-found')
  const community = await db
    .selectFrom('community')
    .select(['id', 'short_name', 'name', 'time_zone'])
    .where('id', '=', incident.community_id)
    .executeTakeFirstOrThrow()
  const { recipient } = await db
    .selectFrom('epoch')
    .select('recipient')
    .where('case_id', '=', caseId)
    .where('epoch', '=', incident.epoch)
    .executeTakeFirstOrThrow()
  const records = await recordsOf(db, caseId, 'shared')
  const until = mayObjectUntil(incident, clock.now())
  const authors = [...new Set(records.flatMap(({ author_member }) => author_member ?? []))]
  const members =
    authors.length === 0
      ? []
      : await db
          .selectFrom('member')
          .innerJoin('account', 'account.id', 'member.account_id')
          .select(['member.id', 'account.name'])
          .where('member.id', 'in', authors)
          .execute()
  return {
    community: {
      id: community.id,
      shortName: community.short_name,
      name: community.name,
      timeZone: community.time_zone,
    },
    case: caseId,
    state: coarse(incident.state as State),
    arrivedAt: incident.arrived_at,
    acknowledgeBy: incident.acknowledge_by,
    resolveBy: incident.resolve_by,
    epoch: incident.epoch,
    epochRecipient: recipient,
    head: incident.head,
    sharedHead: records.at(-1)?.hash ?? null,
    records: records.map(({ id, epoch, kind, sealed, at, opened_at }) => ({
      id,
      epoch,
      kind,
      sealed,
      at,
      openedAt: opened_at,
    })),
    directory: await directoryEntries(db, community.id),
    members,
    files: await filesOf(db, caseId, 'shared'),
    shepherd: until === null ? null : { name: await nameOf(db, incident.shepherd_id), until },
  }
}

async function nameOf(db: Db, member: string | null): Promise<string> {
  const { name } = await db
    .selectFrom('member')
    .innerJoin('account', 'account.id', 'member.account_id')
    .select('account.name')
    .where('member.id', '=', member)
    .executeTakeFirstOrThrow()
  return name
}

function coarse(state: State): Mailbox['state'] {
  if (isClosed(state)) return 'closed'
  return state === 'new' ? 'received' : 'answered'
}

/**
 * Notes that the reporter opened messages: delivered means opened. Those that are no such messages, or were opened
 * before, change nothing.
 */
export async function opened(office: Office, caseId: string, records: readonly string[]): Promise<void> {
  const version = await office.store.write(async (tx) => {
    const incident = await incidentForDeed(tx, office.store.kind, caseId)
    if (!incident) throw new Refused('not-found')
    const now = office.clock.now()
    const fresh = await markOpened(tx, caseId, records, now)
    if (fresh.length === 0) return null
    await appendLog(tx, [
      {
        community: incident.community_id,
        at: now,
        case: caseId,
        actor: 'reporter',
        deed: 'delivered',
        detail: { records: fresh },
      },
    ])
    // Nobody's inbox is moved by that.
    const version = incident.version + 1
    await updateIncident(tx, caseId, { version })
    return version
  })
  if (version !== null) await announce(office, caseId, version)
}
