import type { Logger } from 'pino'
import { leanOnCommunities } from '../store/communities.ts'
import { type DueDeed, dropDue, nextDue, nextDueAt, purgeOld, putOffDue } from '../store/due.ts'
import { StoreUnavailable } from '../store/failure.ts'
import { incidentForDeed } from '../store/incidents.ts'
import { appendLog } from '../store/log.ts'
import { queueNotices } from '../store/outbox.ts'
import type { DueTable, IncidentTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { purgeUploads } from '../store/uploads.ts'
import { announce } from './announce.ts'
import { changeCase } from './case-at-hand.ts'
import { checkChannels } from './check-channels.ts'
import type { Office } from './office.ts'
import { handOver, type PeopleOfCase, peopleOfCase } from './people-of-case.ts'
import { tellMembers } from './tell.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const longestWait = 15_000
const putOffBy = 10 * minute
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
  let sweptAt = -Infinity
  let turn: Promise<void> = Promise.resolve()

  /** One turn at a time. */
  function take(): Promise<void> {
    const mine = turn.then(async () => {
      while (!stopping && (await doNext(office, log))) {
        // Until nothing is due.
      }
      if (stopping || office.clock.now() < sweptAt + hour) return
      await sweep(office)
      await checkChannels(office)
      sweptAt = office.clock.now()
    })
    turn = mine.catch(() => {})
    return mine
  }

  async function loop(): Promise<void> {
    await take().catch((error) =>
      log.error({ failure: (error as Error)?.name }, 'what is due could not be done'),
    )
    if (stopping) return
    const at = await nextDueAt(office.store.db).catch(() => null)
    const wait = at === null ? longestWait : at - office.clock.now()
    timer = setTimeout(loop, Math.min(Math.max(wait, 1000), longestWait))
    timer.unref()
  }

  const looping = loop()
  return {
    runDue: take,
    async stop() {
      stopping = true
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
      await dropDue(tx, taken)
      const incident = taken.case_id === null ? null : await incidentForDeed(tx, store.kind, taken.case_id)
      const deed = deeds[taken.deed as DueDeed]
      // A case that was answered meanwhile needs none of it.
      if (!incident || incident.acknowledged_at !== null || !deed) return { changed: null }
      await leanOnCommunities(tx, store.kind, [incident.community_id])
      return { changed: await deed(tx, incident, await peopleOfCase(tx, incident), now) }
    })
    if (!done) return false
    if (done.changed) await announce(office, done.changed.id, done.changed.version)
    return true
  } catch (error) {
    if (error instanceof StoreUnavailable || taken === null) throw error
    const due = taken as DueTable
    log.error({ deed: due.deed, failure: (error as Error)?.name }, 'put off')
    await store.write((tx) => putOffDue(tx, due, clock.now() + putOffBy))
    return true
  }
}

type Deed = (
  tx: Tx,
  incident: IncidentTable,
  people: PeopleOfCase,
  now: number,
) => Promise<IncidentTable | null>

const deeds: Record<DueDeed, Deed> = {
  // G3: not answered in time by the primary, so the secondary inherits it and is told.
  'secondary-inherits': async (tx, incident, { receivers }, now) => {
    const [, secondary] = receivers
    if (incident.responder_id !== null || !secondary) return null
    const changed = await changeCase(tx, incident, {}, now)
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
