import { randomInt } from 'node:crypto'
import { codeName, longCodeName } from '../procedure/code-names.ts'
import { acknowledgeBy, openToAllAt, resolveBy, secondaryInheritsAt } from '../procedure/deadlines.ts'
import type { Playbook } from '../procedure/playbook.ts'
import { receivers } from '../procedure/roster.ts'
import { digest } from '../sealing/derive.ts'
import { recovery } from '../sealing/intake.ts'
import { hashOf } from '../sealing/record.ts'
import { type Committee, readCommittee } from '../store/committee.ts'
import { leanOnCommunities } from '../store/communities.ts'
import { isDuplicate } from '../store/failure.ts'
import { rowId } from '../store/ids.ts'
import { appendLog, type LogEntry } from '../store/log.ts'
import { type Notice, queueNotices } from '../store/outbox.ts'
import type { Schema } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { announce } from './announce.ts'
import type { Contact } from './contact.ts'
import type { Office } from './office.ts'
import { type Refusal, Refused } from './refused.ts'
import { checkSubmission, type Submission } from './submission.ts'

/** A report to be filed, with what came along with it. */
export interface Filing {
  /** Id of the community. */
  readonly community: string
  readonly submission: Submission
  readonly channel: Schema['incident']['channel']
  /** The member who files it, or null for a reporter. */
  readonly by: string | null
  /** The client's idempotency key. */
  readonly key: string
}

/** What the reporter is told. Instants are epoch milliseconds. */
export interface Filed {
  readonly case: string
  /** H1 */
  readonly acknowledgeBy: number
  /** L5 */
  readonly resolveBy: number
  readonly timeZone: string
}

/** Files a report; resolves once it is durable. Throws {@link Refused}, `MalformedEnvelope` or `StoreUnavailable`. */
export type FileReport = (filing: Filing) => Promise<Filed>

/**
 * The deed with which every report enters (F1), whatever channel it came by. Members named as involved are left
 * out before anybody is notified (K1). The same key with the same report is one report (F3).
 */
export function reportFiler(office: Office): FileReport {
  const { store } = office
  const file = store.gather((tx, filings: readonly Filing[]) => fileTogether(tx, office, filings))
  return async (filing) => {
    checkSubmission(filing.submission)
    const result = await file(filing).catch((error) => {
      // Another process may have filed the same key between our look and our write: look again, once.
      if (isDuplicate(error)) return file(filing)
      throw error
    })
    if (result instanceof Refused) throw result
    // The report is durable: whoever filed it need not wait until others are told.
    if (result.first) void announce(office, result.filed.case, 1)
    return result.filed
  }
}

type Result = Refused | { filed: Filed; first: boolean }

/** The rows of one report. */
interface Rows {
  readonly filed: Filed
  readonly incident: Schema['incident']
  readonly epoch: Schema['epoch']
  readonly exclusions: Schema['exclusion'][]
  readonly grants: Schema['grant_'][]
  readonly readers: Schema['reader'][]
  readonly record: Schema['record']
  readonly due: Schema['due'][]
  readonly log: LogEntry
  readonly notices: Notice[]
}

async function fileTogether(tx: Tx, office: Office, filings: readonly Filing[]): Promise<Result[]> {
  const now = office.clock.now()
  const answered = await answersTo(tx, filings)
  // A member who leaves at this instant is either granted nothing, or what is granted is deleted with the rest.
  await leanOnCommunities(tx, office.store.kind, [...new Set(filings.map(({ community }) => community))])
  const committees = new Map<string, Committee | null>()
  for (const { community } of filings)
    if (!committees.has(community)) committees.set(community, await readCommittee(tx, community, now))
  const taken = await codeNames(tx, filings)
  const rows: Rows[] = []
  const results: Result[] = []
  for (const filing of filings) {
    const known = answered.get(requestId(filing))
    if (known) {
      results.push(
        known.body === bodyHash(filing) ? { filed: known.filed, first: false } : new Refused('key-reused'),
      )
      continue
    }
    const committee = committees.get(filing.community)
    const refusal = committee ? refusalOf(filing, committee) : 'not-found'
    if (refusal || !committee) {
      results.push(new Refused(refusal ?? 'not-found'))
      continue
    }
    if (!(await takeUploads(tx, filing))) {
      results.push(new Refused('file-incomplete'))
      continue
    }
    const made = rowsOf(filing, committee, now, freshName(taken, filing.community), office)
    rows.push(made)
    answered.set(requestId(filing), { body: bodyHash(filing), filed: made.filed })
    results.push({ filed: made.filed, first: true })
  }
  await insert(tx, rows)
  const fresh = results.flatMap((result, index) => {
    const filing = filings[index] as Filing
    if (result instanceof Refused || !result.first) return []
    return [
      { id: requestId(filing), body_hash: bodyHash(filing), answer: JSON.stringify(result.filed), at: now },
    ]
  })
  if (fresh.length > 0) await tx.insertInto('answered_request').values(fresh).execute()
  return results
}

const requestId = ({ community, key }: Filing): string =>
  digest(new TextEncoder().encode(`reports ${community} ${key}`))
const bodyHash = ({ submission }: Filing): string => hashOf(submission.record)

async function answersTo(
  tx: Tx,
  filings: readonly Filing[],
): Promise<Map<string, { body: string; filed: Filed }>> {
  const rows = await tx
    .selectFrom('answered_request')
    .select(['id', 'body_hash', 'answer'])
    .where('id', 'in', filings.map(requestId))
    .execute()
  return new Map(
    rows.map(({ id, body_hash, answer }) => [id, { body: body_hash, filed: JSON.parse(answer) as Filed }]),
  )
}

/** K1, K4: sealed to every member of the committee who is not named as involved, and to nobody else. */
function refusalOf({ submission, channel }: Filing, committee: Committee): Refusal | null {
  const involved = new Set(submission.involved)
  const expected = committee.members.map(({ id }) => id).filter((id) => !involved.has(id))
  if (committee.recoveryRecipient !== null) expected.push(recovery)
  // Without anybody to read it, "received" would be a lie.
  if (expected.length === 0) return 'nobody-to-read'
  if (channel === 'mail') return null
  const granted = new Set(submission.grants.map(({ member }) => member))
  const same = granted.size === submission.grants.length && granted.size === expected.length
  return same && expected.every((id) => granted.has(id)) ? null : 'recipients-changed'
}

async function takeUploads(tx: Tx, { community, submission }: Filing): Promise<boolean> {
  for (const { upload, tokenHash } of submission.uploads) {
    const { numUpdatedRows } = await tx
      .updateTable('upload')
      .set({ case_id: submission.case, epoch: 1, shared: submission.receipt ? 1 : 0 })
      .where('id', '=', upload)
      .where('community_id', '=', community)
      .where('token_hash', '=', tokenHash)
      .where('completed_at', 'is not', null)
      .where('case_id', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows !== 1n) return false
  }
  return true
}

interface TakenNames {
  readonly candidates: Map<string, string[]>
  readonly used: Set<string>
}

/** Draws a few names for each report and asks once which of them are taken. */
async function codeNames(tx: Tx, filings: readonly Filing[]): Promise<TakenNames> {
  const candidates = new Map<string, string[]>()
  for (const { community } of filings) {
    const names = candidates.get(community) ?? []
    names.push(codeName(randomInt), codeName(randomInt), longCodeName(randomInt), longCodeName(randomInt))
    candidates.set(community, names)
  }
  const used = new Set<string>()
  for (const [community, names] of candidates) {
    const rows = await tx
      .selectFrom('incident')
      .select('code_name')
      .where('community_id', '=', community)
      .where('code_name', 'in', names)
      .execute()
    for (const { code_name } of rows) used.add(`${community} ${code_name}`)
  }
  return { candidates, used }
}

function freshName({ candidates, used }: TakenNames, community: string): string {
  const names = candidates.get(community) ?? []
  for (;;) {
    const name = names.shift() ?? `${longCodeName(randomInt)}-${randomInt(1000)}`
    if (used.has(`${community} ${name}`)) continue
    used.add(`${community} ${name}`)
    return name
  }
}

function rowsOf(
  filing: Filing,
  committee: Committee,
  now: number,
  name: string,
  { serverKey }: Office,
): Rows {
  const { submission, channel, by, community } = filing
  const { case: id, receipt } = submission
  const playbook = JSON.parse(committee.playbook) as Playbook
  const involved = new Set(submission.involved)
  const members = committee.members.map((member) => member.id)
  const told = receivers({
    pair: committee.pair,
    rotation: members,
    excluded: involved,
    active: new Set(members),
  })
  const filed: Filed = {
    case: id,
    acknowledgeBy: acknowledgeBy(now, playbook),
    resolveBy: resolveBy(now, committee.timeZone, playbook),
    timeZone: committee.timeZone,
  }
  const openAt = openToAllAt(now, playbook)
  const hash = hashOf(submission.record)
  const due = (deed: string, at: number): Schema['due'] => ({
    id: rowId(at),
    at,
    deed,
    community_id: community,
    case_id: id,
  })
  const accounts = new Map(committee.members.map((member) => [member.id, member.account]))
  const notify = (member: string, notice: Notice['notice']): Notice => ({
    community,
    case: id,
    account: accounts.get(member) as string,
    notice,
    detail: { codeName: name },
    at: now,
  })
  return {
    filed,
    incident: {
      id,
      community_id: community,
      code_name: name,
      state: 'new',
      channel,
      arrived_at: now,
      acknowledge_by: filed.acknowledgeBy,
      resolve_by: filed.resolveBy,
      open_at: openAt,
      acknowledged_at: null,
      responder_id: null,
      shepherd_id: null,
      brought_at: null,
      closed_at: null,
      blocked: told.length === 0 ? 1 : 0,
      epoch: 1,
      version: 1,
      head: hash,
      shared_head: receipt ? hash : null,
      records: 1,
      receipt_lookup: receipt?.lookup ?? null,
      receipt_hash: receipt?.tokenHash ?? null,
      reporter_recipient: receipt?.recipient ?? null,
      reporter_key: receipt?.verifyKey ?? null,
      sealed_notice: submission.notice === null ? null : serverKey.seal(submission.notice),
      language: submission.language,
    },
    epoch: { case_id: id, epoch: 1, recipient: submission.recipient },
    exclusions: submission.involved.map((member) => ({ case_id: id, member_id: member, since: now })),
    grants: submission.grants.map(({ member, sealed }) => ({
      case_id: id,
      epoch: 1,
      member_id: member,
      sealed,
    })),
    readers: told.map((member) => ({
      case_id: id,
      member_id: member,
      community_id: community,
      since: now,
      open: 1,
      sort: filed.acknowledgeBy,
    })),
    record: {
      id: rowId(now),
      case_id: id,
      seq: 1,
      epoch: 1,
      kind: 'report',
      author_member: by,
      by_server: channel === 'web-plain' || channel === 'mail' ? 1 : 0,
      at: now,
      shared: receipt ? 1 : 0,
      opened_at: null,
      hash,
      sealed: submission.record,
    },
    due:
      told.length === 0
        ? []
        : [
            due('secondary-inherits', secondaryInheritsAt(now, playbook)),
            due('acknowledge-reminder', filed.acknowledgeBy),
            due('open-to-all', openAt),
          ],
    log: {
      community,
      at: now,
      case: id,
      actor: by ?? 'reporter',
      deed: 'report-filed',
      detail: { channel, handedTo: told },
    },
    notices:
      told.length > 0
        ? told.map((member) => notify(member, 'report-new'))
        : organizersNotices(filing, committee, name, now, serverKey),
  }
}

async function insert(tx: Tx, rows: readonly Rows[]): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('incident')
    .values(rows.map(({ incident }) => incident))
    .execute()
  const exclusions = rows.flatMap((row) => row.exclusions)
  if (exclusions.length > 0) await tx.insertInto('exclusion').values(exclusions).execute()
  await tx
    .insertInto('epoch')
    .values(rows.map(({ epoch }) => epoch))
    .execute()
  await tx
    .insertInto('grant_')
    .values(rows.flatMap((row) => row.grants))
    .execute()
  const readers = rows.flatMap((row) => row.readers)
  if (readers.length > 0) await tx.insertInto('reader').values(readers).execute()
  await tx
    .insertInto('record')
    .values(rows.map(({ record }) => record))
    .execute()
  const due = rows.flatMap((row) => row.due)
  if (due.length > 0) await tx.insertInto('due').values(due).execute()
  await appendLog(
    tx,
    rows.map(({ log }) => log),
  )
  await queueNotices(
    tx,
    rows.flatMap(({ notices }) => notices),
  )
}

/** Nobody on the committee may know of it (J4): the organizers learn that it exists, by account or by address. */
function organizersNotices(
  { community, submission }: Filing,
  { organizers, contact }: Committee,
  codeName: string,
  at: number,
  serverKey: Office['serverKey'],
): Notice[] {
  const common = {
    community,
    case: submission.case,
    notice: 'report-for-organizers',
    detail: { codeName },
    at,
  } as const
  if (organizers.length > 0) return organizers.map(({ account }) => ({ ...common, account }))
  const { organizersEmail } = JSON.parse(contact) as Contact
  return organizersEmail === null ? [] : [{ ...common, sealedAddress: serverKey.seal(organizersEmail) }]
}
