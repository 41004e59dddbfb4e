import type { Logger } from 'pino'
import { isClosed, type State } from '../procedure/lifecycle.ts'
import { alertForDeed } from '../store/alerts.ts'
import type { CasePerson } from '../store/case-people.ts'
import { leanOnCommunities } from '../store/communities.ts'
import {
  alertDue,
  type ClosingDue,
  type DueDeed,
  dropDue,
  gapsDeed,
  nextDue,
  nextDueAt,
  objectionDue,
  purgeOld,
  putOffDue,
  taskDue,
} from '../store/due.ts'
import { StoreUnavailable } from '../store/failure.ts'
import { incidentForDeed } from '../store/incidents.ts'
import { appendLog } from '../store/log.ts'
import { type NoticeKind, queueNotices } from '../store/outbox.ts'
import type { DueTable, IncidentTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { purgeUploads } from '../store/uploads.ts'
import { announce, announceAlert, announceNotices } from './announce.ts'
import { changeCase } from './case-at-hand.ts'
import { checkChannels } from './check-channels.ts'
import { moveOn } from './escalate.ts'
import { lookForGapsOf } from './look-for-gaps.ts'
import type { Office } from './office.ts'
import { handOver, type PeopleOfCase, peopleOfCase } from './people-of-case.ts'
import { remindOfTask } from './tasks.ts'
import { tellMembers } from './tell.ts'
import { resolveDue } from './turns.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const longestWait = 15_000
/** Where another process has in hand what is due here too, or the store is away. */
const shortestWait = 50
const restAfterFailure = 1000
/** Deeds under way together: each has its own transaction, and what arrives together shares a commit. */
const lanes = 4
const putOffBy = 10 * minute
const alertPutOffBy = 5000
const uploadsAtOnce = 20

/** What happens by itself. */
export interface Due {
  /** Does everything that is due by the office's clock, and sweeps; resolves when nothing is due. */
  runDue(): Promise<void>
  /** Finishes what is in hand and stops. */
  stop(): Promise<void>
}

/** Does what is due at its instant, and clears away what nobody needs any more. */
export function startDue(office: Office, log: Logger): Due {
  let stopping = false
  let timer: NodeJS.Timeout | undefined
  /** The instant the timer is set to; null while awake. */
  let wakesAt: number | null = null
  /** The soonest instant that was told of while awake. */
  let told = Infinity
  let sweptAt = -Infinity
  let turn: Promise<void> = Promise.resolve()

  const unsubscribe = office.store.subscribe((topic, payload) => {
    if (topic !== 'due') return
    const at = Number(payload)
    if (wakesAt === null) told = Math.min(told, at)
    else if (at < wakesAt) sleepUntil(at)
  })

  /** One turn at a time. */
  function take(): Promise<void> {
    const mine = turn.then(async () => {
      const lane = async (): Promise<void> => {
        while (!stopping && (await doNext(office, log))) {
          // Until nothing is due.
        }
      }
      if (stopping || !(await doNext(office, log))) return sweepNow()
      const ended = await Promise.allSettled(Array.from({ length: lanes }, lane))
      const failed = ended.find((one) => one.status === 'rejected')
      if (failed) throw failed.reason
      await sweepNow()
    })
    turn = mine.catch(() => {})
    return mine
  }

  async function sweepNow(): Promise<void> {
    if (stopping || office.clock.now() < sweptAt + hour) return
    await sweep(office)
    await checkChannels(office)
    sweptAt = office.clock.now()
  }

  let looping = loop()

  /** Wakes at an instant, or after the longest wait, since what another process told may have been missed. */
  function sleepUntil(at: number): void {
    clearTimeout(timer)
    if (stopping) return
    const now = office.clock.now()
    const wait = Math.min(Math.max(at - now, shortestWait), longestWait)
    wakesAt = now + wait
    timer = setTimeout(() => {
      looping = loop()
    }, wait)
    timer.unref()
  }

  async function loop(): Promise<void> {
    wakesAt = null
    const failed = await take().then(
      () => false,
      (error) => {
        log.error({ failure: (error as Error)?.name }, 'what is due could not be done')
        return true
      },
    )
    // What was told of before now is durable, and so is found; what is told from now on may not be.
    told = Infinity
    const at = await nextDueAt(office.store.db).catch(() => null)
    sleepUntil(Math.max(Math.min(at ?? Infinity, told), failed ? office.clock.now() + restAfterFailure : 0))
  }

  return {
    runDue: take,
    async stop() {
      stopping = true
      unsubscribe()
      clearTimeout(timer)
      await looping
      await turn
    },
  }
}

/**
 * Does the next thing that is due, in one transaction with taking it off the list: killed at any instant, it is
 * either done or still to be done.
 *
 * @returns whether there was anything.
 * @throws {StoreUnavailable}
 */
async function doNext(office: Office, log: Logger): Promise<boolean> {
  const { store, clock } = office
  let taken: DueTable | null = null
  try {
    const done = await store.write(async (tx) => {
      const now = clock.now()
      taken = await nextDue(tx, store.kind, now)
      if (!taken) return null
      return byOthers[taken.deed]?.(tx, office, taken, now) ?? doCase(tx, office, taken, now)
    })
    if (!done) return false
    await done.tell()
    return true
  } catch (error) {
    if (error instanceof StoreUnavailable || taken === null) throw error
    const due = taken as DueTable
    log.error({ deed: due.deed, failure: (error as Error)?.name }, 'put off')
    const until = clock.now() + (due.deed === alertDue ? alertPutOffBy : putOffBy)
    await store.write((tx) => putOffDue(tx, due, until))
    return true
  }
}

/** What was done, and how to tell of it once it is durable. */
interface Done {
  tell(): Promise<void>
}

/** An alert stays on the list, under its own id, until nothing comes any more. */
async function doAlert(tx: Tx, office: Office, due: DueTable, now: number): Promise<Done> {
  const alert = await alertForDeed(tx, office.store.kind, due.id)
  if (!alert) {
    await dropDue(tx, due)
    return nothing
  }
  await leanOnCommunities(tx, office.store.kind, [alert.community_id])
  const { next } = await moveOn(tx, alert, now)
  return { tell: () => announceAlert(office, alert.id, next) }
}

async function doGaps(tx: Tx, office: Office, due: DueTable, now: number): Promise<Done> {
  await dropDue(tx, due)
  await lookForGapsOf(office, tx, due, now)
  return { tell: () => announceNotices(office) }
}

async function doTask(tx: Tx, office: Office, due: DueTable, now: number): Promise<Done> {
  await dropDue(tx, due)
  await remindOfTask(office, tx, due, now)
  return { tell: () => announceNotices(office) }
}

/** I6: nobody objected, so that it is the shepherd’s turn, unless they have written already. */
async function doObjection(tx: Tx, office: Office, due: DueTable, now: number): Promise<Done> {
  const { kind } = office.store
  await dropDue(tx, due)
  const incident = due.case_id === null ? null : await incidentForDeed(tx, kind, due.case_id)
  // The reporter agreed, or another shepherd was named meanwhile: nothing ended now.
  if (!incident || incident.objection_ends_at !== due.at || incident.shepherd_introduced_at !== null)
    return nothing
  await leanOnCommunities(tx, kind, [incident.community_id])
  const { readers } = await peopleOfCase(tx, incident)
  const shepherd = readers.filter(({ id }) => id === incident.shepherd_id)
  const changed = await changeCase(tx, incident, {}, now)
  await byTheServer(tx, changed, 'objection-over', now, { to: shepherd.map(({ id }) => id) })
  await queueNotices(tx, tellMembers(shepherd, incident, 'shepherd-introduce', now))
  return { tell: () => announce(office, changed.id, changed.version) }
}

/** L5, L6: what its shepherd is reminded of, or, as long as it has none, whoever has the case in hand. */
async function doClosing(tx: Tx, office: Office, due: DueTable, now: number): Promise<Done> {
  const { kind } = office.store
  await dropDue(tx, due)
  const incident = due.case_id === null ? null : await incidentForDeed(tx, kind, due.case_id)
  const deed = due.deed as ClosingDue
  if (!incident || !isStillDue(incident, deed, due.at)) return nothing
  await leanOnCommunities(tx, kind, [incident.community_id])
  const people = await peopleOfCase(tx, incident)
  const told = inCharge(people, incident)
  // Its place in every inbox, and whether it is marked overdue, are other ones from now on.
  const changed = await changeCase(tx, incident, {}, now, deed === 'review')
  await byTheServer(tx, changed, closingDeeds[deed].deed, now, { to: told.map(({ id }) => id) })
  await queueNotices(tx, tellMembers(told, incident, closingDeeds[deed].notice, now))
  return { tell: () => announce(office, changed.id, changed.version) }
}

const closingDeeds = {
  'resolve-reminder': { deed: 'resolve-reminded', notice: 'case-due-soon' },
  'resolve-overdue': { deed: 'became-overdue', notice: 'case-overdue' },
  review: { deed: 'review-reminded', notice: 'case-review' },
} as const satisfies Record<ClosingDue, { deed: string; notice: NoticeKind }>

/** Not of a case that was closed meanwhile or has got a new date; a review only of one that is still closed. */
function isStillDue(incident: IncidentTable, deed: ClosingDue, at: number): boolean {
  const isOpen = !isClosed(incident.state as State)
  switch (deed) {
    case 'resolve-reminder':
      return isOpen && at < resolveDue(incident)
    case 'resolve-overdue':
      return isOpen && at === resolveDue(incident)
    case 'review':
      return !isOpen && incident.review_at === at
  }
}

/** The shepherd; else the first responder; else whoever it was handed to first (F1). */
function inCharge(
  { readers, receivers }: PeopleOfCase,
  { shepherd_id, responder_id }: IncidentTable,
): readonly CasePerson[] {
  const shepherd = readers.filter(({ id }) => id === shepherd_id)
  if (shepherd.length > 0) return shepherd
  const responder = readers.filter(({ id }) => id === responder_id)
  if (responder.length > 0) return responder
  const onCall = receivers.filter(({ reader }) => reader)
  return onCall.length > 0 ? onCall : readers
}

/** What is due of anything but the answer to a report. */
const byOthers: Readonly<Record<string, typeof doCase | undefined>> = {
  [alertDue]: doAlert,
  [gapsDeed]: doGaps,
  [taskDue]: doTask,
  [objectionDue]: doObjection,
  'resolve-reminder': doClosing,
  'resolve-overdue': doClosing,
  review: doClosing,
}

async function doCase(tx: Tx, office: Office, due: DueTable, now: number): Promise<Done> {
  const { kind } = office.store
  await dropDue(tx, due)
  const incident = due.case_id === null ? null : await incidentForDeed(tx, kind, due.case_id)
  const deed = deeds[due.deed as DueDeed]
  // A case that was answered meanwhile needs none of it.
  if (!incident || incident.acknowledged_at !== null || !deed) return nothing
  await leanOnCommunities(tx, kind, [incident.community_id])
  const changed = await deed(tx, incident, await peopleOfCase(tx, incident), now)
  return changed ? { tell: () => announce(office, changed.id, changed.version) } : nothing
}

const nothing: Done = { tell: async () => {} }

type Deed = (
  tx: Tx,
  incident: IncidentTable,
  people: PeopleOfCase,
  now: number,
) => Promise<IncidentTable | null>

const deeds: Record<DueDeed, Deed> = {
  // G3: not answered in time by the primary, so the secondary inherits it and is told.
  'secondary-inherits': async (tx, incident, { receivers }, now) => {
    const [primary, secondary] = receivers
    const isPrimarys = incident.responder_id === null || incident.responder_id === primary?.id
    if (!isPrimarys || !secondary) return null
    // A primary who took it and has not answered has it no more.
    const changed = await changeCase(tx, incident, { responder_id: null }, now)
    await handOver(tx, changed, [secondary], now)
    await byTheServer(tx, changed, 'secondary-inherited', now, { to: secondary.id })
    await queueNotices(tx, tellMembers([secondary], incident, 'case-inherited', now))
    return changed
  },
  // H1: the first response is overdue.
  'acknowledge-reminder': async (tx, incident, { receivers, readers }, now) => {
    const told = receivers.filter(({ id }) => readers.some((reader) => reader.id === id))
    await byTheServer(tx, incident, 'reminded', now, { to: told.map(({ id }) => id) })
    await queueNotices(tx, tellMembers(told, incident, 'acknowledge-overdue', now))
    return null
  },
  // F1, G4: unanswered for a day, so every member without a conflict may read it and step in.
  'open-to-all': async (tx, incident, { eligible }, now) => {
    const changed = await changeCase(tx, incident, {}, now)
    const granted = eligible.filter(({ epochs }) => epochs.includes(incident.epoch))
    const fresh = await handOver(tx, changed, granted, now)
    await byTheServer(tx, changed, 'opened-to-all', now, { handedTo: fresh.map(({ id }) => id) })
    await queueNotices(tx, tellMembers(granted, incident, 'case-open-to-all', now))
    return changed
  },
}

const byTheServer = (
  tx: Tx,
  { community_id, id }: IncidentTable,
  deed: string,
  now: number,
  detail: Readonly<Record<string, unknown>>,
): Promise<void> =>
  appendLog(tx, [{ community: community_id, at: now, case: id, actor: 'server', deed, detail }])

/** Clears away uploads that no record ever took up, and what is too old to matter. */
async function sweep({ store, clock }: Office): Promise<void> {
  const now = clock.now()
  while ((await store.write((tx) => purgeUploads(tx, now - day, uploadsAtOnce))) === uploadsAtOnce) {
    // A few at a time: each may hold many megabytes.
  }
  await store.write((tx) =>
    purgeOld(tx, { answers: now - 7 * day, challenges: now, notices: now - 90 * day }),
  )
}
