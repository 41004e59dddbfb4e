import { onOneLine } from '../procedure/alert.ts'
import { reachOf } from '../procedure/escalation.ts'
import { countRecipients } from '../sealing/envelope.ts'
import { tokenHash } from '../sealing/receipt.ts'
import { alertByToken, keepAlert, respondersOf } from '../store/alerts.ts'
import { readCommittee } from '../store/committee.ts'
import { eventById } from '../store/events.ts'
import { isDuplicate } from '../store/failure.ts'
import { rowId } from '../store/ids.ts'
import { appendLog } from '../store/log.ts'
import type { AlertTable } from '../store/schema.ts'
import { peopleOfAlert } from './alert-facts.ts'
import { announceAlert } from './announce.ts'
import { moveOn } from './escalate.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/** A call for somebody, as it comes from a page. */
export interface NewAlert {
  /** Id of the community. */
  readonly community: string
  /** Drawn anew for each call; whoever holds it sees what happens. The same token is the same call (F3). */
  readonly token: string
  /** Id of the event at which they are; null: none, or not known. One that is not there is passed over: a call goes out. */
  readonly event: string | null
  /** Where they are: this line is sent. */
  readonly place: string | null
  /** Words for the committee, sealed. */
  readonly words: {
    readonly sealed: Uint8Array
    /** Head of the key directory they were sealed by. */
    readonly directory: string
    readonly byServer: boolean
  } | null
  /** Members who are involved (K1). */
  readonly involved: readonly string[]
  /** Members whom the page offered as possibly involved. */
  readonly offered: readonly string[]
}

/** What whoever raised it is told. */
export interface Raised {
  readonly alert: string
  /** Whom it reaches (D3). */
  readonly reach: 'on-call' | 'everybody' | 'nobody'
}

/**
 * Raises an alert (D1): the primary on call is told in the same transaction. Members named as involved are left out
 * before anybody is told (K1); where some are named, so are those whom the page could not offer, since nobody could
 * say of them that they are not.
 *
 * @throws {Refused} `nobody-to-alert` (D3), `recipients-changed` where the words must be sealed again, `not-found`.
 */
export async function raiseAlert(office: Office, given: NewAlert): Promise<Raised> {
  const hash = tokenHash(given.token)
  try {
    return (await repeated(office, hash)) ?? (await raise(office, given, hash))
  } catch (error) {
    // The same page was sent twice at once, and the other one came first.
    const first = isDuplicate(error) ? await repeated(office, hash) : null
    if (first) return first
    throw error
  }
}

async function repeated(office: Office, hash: string): Promise<Raised | null> {
  const { store, clock } = office
  const before = await alertByToken(store.db, hash)
  if (!before) return null
  const { facts } = await peopleOfAlert(office, store.db, before, clock.now())
  return { alert: before.id, reach: reachOf(facts) }
}

async function raise(office: Office, given: NewAlert, hash: string): Promise<Raised> {
  const { store, clock, serverKey } = office
  const { raised, next } = await store.write(async (tx) => {
    const now = clock.now()
    const committee = await readCommittee(tx, given.community, now)
    if (!committee) throw new Refused('not-found')
    const left = committee.members.map(({ id }) => id).filter((id) => isLeftOut(id, given))
    const place = given.place === null ? null : onOneLine(given.place)
    const event = given.event === null ? null : await eventById(tx, given.community, given.event)
    const alert: AlertTable = {
      ...nothingYet,
      id: rowId(now),
      community_id: given.community,
      event_id: event?.id ?? null,
      token_hash: hash,
      raised_at: now,
      sealed_place: place === null ? null : serverKey.seal(place),
      sealed_words: given.words?.sealed ?? null,
      words_by_server: given.words?.byServer ? 1 : 0,
    }
    await keepAlert(tx, alert, left)
    const responders = await respondersOf(tx, alert)
    if (responders.length === 0) throw new Refused('nobody-to-alert')
    if (given.words !== null) checkWords(given.words, committee.directoryHead, responders.length)
    const entry = { community: given.community, at: now, case: null, actor: 'reporter' }
    await appendLog(tx, [{ ...entry, deed: 'alert-raised', detail: { alert: alert.id } }])
    const moved = await moveOn(office, tx, alert, now)
    const { facts } = await peopleOfAlert(office, tx, alert, now)
    return { raised: { alert: alert.id, reach: reachOf(facts) }, next: moved.next }
  })
  await announceAlert(office, raised.alert, next)
  return raised
}

const isLeftOut = (id: string, { involved, offered }: NewAlert): boolean =>
  involved.includes(id) || (involved.length > 0 && !offered.includes(id))

/** K1: sealed with the keys of now, to as many as may read them and no more. */
function checkWords(
  { sealed, directory }: NonNullable<NewAlert['words']>,
  head: string | null,
  readers: number,
): void {
  if (directory !== head || countRecipients(sealed) !== readers) throw new Refused('recipients-changed')
}

const nothingYet = {
  worse_at: null,
  over_at: null,
  taken_at: null,
  taken_by: null,
  withdrawn_at: null,
  closed_at: null,
  closed_by: null,
  close_reason: null,
  sealed_note: null,
  report_case: null,
  no_report: null,
  no_report_by: null,
  reminded: null,
} as const
