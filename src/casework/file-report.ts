import { hash, randomInt } from 'node:crypto'
import { codeName, longCodeName } from '../procedure/code-names.ts'
import { recovery } from '../sealing/intake.ts'
import type { Committee } from '../store/committee.ts'
import { changedSince } from '../store/directory.ts'
import { isDuplicate } from '../store/failure.ts'
import { insertFiled, readGrounds } from '../store/filings.ts'
import type { Tx } from '../store/store.ts'
import { attachUpload, detachUploads } from '../store/uploads.ts'
import { announce } from './announce.ts'
import { type Filed, type NewCase, type NewReport, newCase, type Terms, termsOf } from './new-case.ts'
import type { Office } from './office.ts'
import { type Refusal, Refused } from './refused.ts'
import { checkSubmission, type Submission } from './submission.ts'

/** A report to be filed, with what came along with it. */
export interface Filing extends Omit<NewReport, 'request' | 'hash'> {
  /** The client's idempotency key. */
  readonly key: string
}

export type { Filed } from './new-case.ts'

/** Files a report; resolves once it is durable. Throws {@link Refused}, `MalformedEnvelope` or `StoreUnavailable`. */
export type FileReport = (filing: Filing) => Promise<Filed>

/**
 * The deed with which every report enters (F1), whatever channel it came by. Members named as involved are left
 * out before anybody is notified (K1). The same key with the same report is one report (F3).
 */
export function reportFiler(office: Office): FileReport {
  const { store } = office
  const file = store.gather((tx, filings: readonly Keyed[]) => fileTogether(tx, office, filings))
  return async (filing) => {
    checkSubmission(filing.submission)
    const result = await file(keyed(filing)).catch((error) => {
      // Ids that every honest client draws anew belong to another case.
      throw isDuplicate(error) ? new Refused('key-reused') : error
    })
    if (result instanceof Refused) throw result
    // The report is durable: whoever filed it need not wait until others are told.
    if (result.first) void announce(office, result.filed.case, 1)
    return result.filed
  }
}

type Keyed = Filing & NewReport

/** What tells the request of a report from all others, by its community and its client's key. */
export const requestOf = (community: string, key: string): string =>
  hash('sha256', `reports ${community} ${key}`)

const keyed = (filing: Filing): Keyed => ({
  ...filing,
  request: requestOf(filing.community, filing.key),
  // `hashOf` of sealing/record.ts, by OpenSSL: it is a twentieth of the whole work otherwise.
  hash: hash('sha256', filing.submission.record),
})

type Result = Refused | { filed: Filed; first: boolean }

async function fileTogether(tx: Tx, office: Office, filings: readonly Keyed[]): Promise<Result[]> {
  const now = office.clock.now()
  const { kind } = office.store
  const names = drawNames(filings)
  const requests = filings.map(({ request }) => request)
  const grounds = await readGrounds(tx, kind, requests, names, now)
  const terms = new Map<string, Terms>()
  const made = new Map<string, NewCase>()
  const results: Result[] = []
  for (const filing of filings) {
    const { community, request } = filing
    const before = grounds.answers.get(request) ?? made.get(request)?.answer
    if (before) {
      results.push(
        before.body_hash === filing.hash
          ? { filed: JSON.parse(before.answer) as Filed, first: false }
          : new Refused('key-reused'),
      )
      continue
    }
    const { committee = null, taken = new Set<string>() } = grounds.communities.get(community) ?? {}
    const checked = committee ? await sealedFor(tx, filing, committee) : 'not-found'
    if (typeof checked === 'string' || !committee) {
      results.push(new Refused(typeof checked === 'string' ? checked : 'not-found'))
      continue
    }
    if (!(await takeUploads(tx, filing))) {
      results.push(new Refused('file-incomplete'))
      continue
    }
    const agreed = terms.get(community) ?? termsOf(committee, now)
    terms.set(community, agreed)
    const one = newCase(
      { ...filing, submission: checked },
      agreed,
      freshName(names.get(community) ?? [], taken),
      office.serverKey,
    )
    made.set(request, one)
    results.push({ filed: one.filed, first: true })
  }
  await insertFiled(tx, kind, [...made.values()], grounds)
  return results
}

/** K1, K4: sealed to every member of the committee who is not named as involved, with the keys they have now, and to nobody else. */
function refusalOf({ submission, channel }: Filing, committee: Committee): Refusal | null {
  const involved = new Set(submission.involved)
  const expected = committee.members.map(({ id }) => id).filter((id) => !involved.has(id))
  if (committee.recoveryRecipient !== null) expected.push(recovery)
  // Without anybody to read it, "received" would be a lie.
  if (expected.length === 0) return 'nobody-to-read'
  if (channel === 'mail') return null
  if (submission.directory !== committee.directoryHead) return 'recipients-changed'
  const granted = new Set(submission.grants.map(({ member }) => member))
  const same = granted.size === submission.grants.length && granted.size === expected.length
  return same && expected.every((id) => granted.has(id)) ? null : 'recipients-changed'
}

/** Channels in which a report may have waited on a phone, sealed: nobody can seal it anew. */
const mayHaveWaited: ReadonlySet<Filing['channel']> = new Set(['taken', 'member'])

/**
 * The submission as it is kept, or why it is refused. What waited sealed on a phone may be sealed by an older
 * directory: then it is taken for those whose keys are the same, and only for them. Whoever left, or has other keys
 * now, gets no grant; whoever came since was never asked about, and is left out as if they had been named (K1, K4).
 */
async function sealedFor(tx: Tx, filing: Filing, committee: Committee): Promise<Submission | Refusal> {
  const { submission, channel, community } = filing
  const refusal = refusalOf(filing, committee)
  const isOlder = submission.directory !== committee.directoryHead
  if (refusal !== 'recipients-changed' || !isOlder || !mayHaveWaited.has(channel))
    return refusal ?? submission
  const changed = await changedSince(tx, community, submission.directory)
  if (!changed) return 'recipients-changed'
  const named = new Set(submission.involved)
  const granted = new Set(submission.grants.map(({ member }) => member))
  const unnamed = committee.members.map(({ id }) => id).filter((id) => !named.has(id))
  const since = unnamed.filter((id) => changed.has(id) && !granted.has(id))
  const grants = submission.grants.filter(
    ({ member }) => member === recovery || (unnamed.includes(member) && !changed.has(member)),
  )
  if (grants.length === 0) return 'nobody-to-read'
  const kept = { ...submission, directory: committee.directoryHead as string, grants }
  // The same strictness as for everybody, for those whose keys are as they were.
  const same = refusalOf({ ...filing, submission: { ...kept, involved: [...named, ...changed] } }, committee)
  return same ?? { ...kept, involved: [...named, ...since] }
}

/** Makes all of a report's uploads part of its case; if one is not there to be taken, none. */
async function takeUploads(tx: Tx, { community, submission }: Filing): Promise<boolean> {
  const { case: id, uploads, receipt } = submission
  for (const [index, upload] of uploads.entries()) {
    if (await attachUpload(tx, upload, { community, case: id, epoch: 1, shared: receipt !== null })) continue
    await detachUploads(tx, uploads.slice(0, index))
    return false
  }
  return true
}

/** Draws a few code names for each report, so that one question tells which of them are taken. */
function drawNames(filings: readonly Filing[]): Map<string, string[]> {
  const names = new Map<string, string[]>()
  for (const { community } of filings) {
    const drawn = names.get(community) ?? []
    drawn.push(codeName(randomInt), codeName(randomInt), longCodeName(randomInt), longCodeName(randomInt))
    names.set(community, drawn)
  }
  return names
}

/** The first name of those drawn that no other case has. */
function freshName(drawn: string[], taken: Set<string>): string {
  for (;;) {
    const name = drawn.shift() ?? `${longCodeName(randomInt)}-${randomInt(1000)}`
    if (taken.has(name)) continue
    taken.add(name)
    return name
  }
}
