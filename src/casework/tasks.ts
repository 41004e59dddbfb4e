import { farthestDueAt, followUpAt, remindAgainAt } from '../procedure/tasks.ts'
import { newId } from '../sealing/bytes.ts'
import { countRecipients } from '../sealing/envelope.ts'
import { hashOf } from '../sealing/record.ts'
import { taskDue } from '../store/due.ts'
import { incidentForDeed } from '../store/incidents.ts'
import { appendLog } from '../store/log.ts'
import { activeMember, type Membership } from '../store/members.ts'
import { queueNotices } from '../store/outbox.ts'
import { seatsOf } from '../store/readers.ts'
import type { DueTable, IncidentTable, TaskTable } from '../store/schema.ts'
import type { Tx } from '../store/store.ts'
import { insertTask, openTasks, settleTask, taskForDeed, taskOfCase } from '../store/tasks.ts'
import type { Office } from './office.ts'
import { peopleOfCase } from './people-of-case.ts'
import { Refused } from './refused.ts'
import { once } from './repeatable.ts'
import { tellMembers } from './tell.ts'

/** A list goes no further. */
const mostTasks = 100
const day = 24 * 60 * 60_000

/** Something that a member is to do, as they see it. */
export interface TaskLine {
  readonly id: string
  /** Short name. */
  readonly community: string
  /** The case in which somebody waits for something; null: one's own. */
  readonly case: { readonly id: string; readonly codeName: string } | null
  readonly dueAt: number
  readonly createdAt: number
  /** One's words to oneself, sealed. */
  readonly sealed: Uint8Array | null
}

/** What is open for somebody, in all their committees, the first due first. */
export async function tasksOf({ store: { db } }: Office, account: string): Promise<TaskLine[]> {
  const seats = await seatsOf(db, account)
  const rows = await openTasks(
    db,
    seats.map(({ member }) => member),
    mostTasks,
  )
  return rows.map((row) => ({
    id: row.id,
    community: seats.find(({ community }) => community === row.community_id)?.shortName ?? '',
    case: row.case_id === null ? null : { id: row.case_id, codeName: row.code_name ?? '' },
    dueAt: row.due_at,
    createdAt: row.created_at,
    sealed: row.sealed,
  }))
}

/** Something a member wants to be reminded of (E3). */
export interface NewTask {
  /** Drawn by whoever seals the words, since they name it. */
  readonly id: string
  readonly dueAt: number
  /** Words to themselves, sealed to nobody else; null: none. */
  readonly sealed: Uint8Array | null
  readonly key: string
}

/**
 * Puts something on a member's own list, with a reminder until it is done (E3).
 *
 * @throws {Refused | MalformedEnvelope} `invalid-input` for a time that is past or too far off.
 */
export async function addTask(office: Office, member: Membership, task: NewTask): Promise<void> {
  const { id, dueAt, sealed, key } = task
  if (sealed && countRecipients(sealed) !== 1)
    throw new Refused('malformed-envelope', { reason: 'It is sealed to another number of readers.' })
  await office.store.write(async (tx) => {
    const now = office.clock.now()
    const asked = [id, dueAt, sealed && hashOf(sealed)]
    await once(tx, { scope: ['tasks', member.id], key, asked }, now, async () => {
      // A phone without a connection sends late: what fell due meanwhile is due now.
      if (dueAt < now - 7 * day || dueAt > farthestDueAt(now))
        throw new Refused('invalid-input', { field: 'dueAt', reason: 'is too far away' })
      if (await taskForDeed(tx, office.store.kind, id)) throw new Refused('key-reused')
      await insertTask(tx, {
        id,
        community_id: member.community,
        case_id: null,
        member_id: member.id,
        due_at: dueAt,
        created_at: now,
        done_at: null,
        done_by: null,
        sealed,
      })
      await remindAt(tx, { id, community_id: member.community, case_id: null }, Math.max(dueAt, now))
      return null
    })
  })
}

/**
 * Takes something off a member's own list. Doing it twice is no mistake.
 *
 * @throws {Refused} `not-found` if it is not theirs.
 */
export async function finishTask(office: Office, account: string, id: string): Promise<void> {
  await office.store.write(async (tx) => {
    const task = await taskForDeed(tx, office.store.kind, id)
    const member = task?.member_id ? await activeMember(tx, task.community_id, task.member_id) : null
    if (!task || member?.account_id !== account) throw new Refused('not-found')
    if (task.done_at === null) await settleTask(tx, id, member.id, office.clock.now())
  })
}

/**
 * Keeps in step with the case whether its reporter waits for something (B4): done once nothing is open, and one
 * more is put on the list if they want something after all.
 */
export async function setCaseTask(
  tx: Tx,
  { id: caseId, community_id }: Pick<IncidentTable, 'id' | 'community_id'>,
  { settled, member, now }: { readonly settled: boolean; readonly member: string; readonly now: number },
): Promise<void> {
  const task = await taskOfCase(tx, caseId)
  if (settled) {
    if (task?.done_at === null) await settleTask(tx, task.id, member, now)
    return
  }
  if (task?.done_at === null) return
  // Another one, so that reminders of the one that was done do not come with its own.
  const fresh: TaskTable = {
    id: newId(),
    community_id,
    case_id: caseId,
    member_id: null,
    due_at: followUpAt(now),
    created_at: now,
    done_at: null,
    done_by: null,
    sealed: null,
  }
  await insertTask(tx, fresh)
  await remindAt(tx, fresh, fresh.due_at)
}

/** Reminds of a task that is not done, and again later, until it is (B4, E3). Its row stands in `due` meanwhile. */
export async function remindOfTask(office: Office, tx: Tx, due: DueTable, now: number): Promise<void> {
  const { kind } = office.store
  const incident = due.case_id === null ? null : await incidentForDeed(tx, kind, due.case_id)
  const task = await taskForDeed(tx, kind, due.id)
  if (!task || task.done_at !== null) return
  if (incident) {
    const { receivers, readers } = await peopleOfCase(tx, incident)
    const inHand = [incident.responder_id, incident.shepherd_id, ...receivers.map(({ id }) => id)]
    const told = readers.filter(({ id }) => inHand.includes(id))
    await appendLog(tx, [
      {
        community: task.community_id,
        at: now,
        case: incident.id,
        actor: 'server',
        deed: 'support-reminded',
        detail: { to: told.map(({ id }) => id) },
      },
    ])
    await queueNotices(tx, tellMembers(told, incident, 'task-due', now))
  } else {
    const member = task.member_id ? await activeMember(tx, task.community_id, task.member_id) : null
    // Whoever left is reminded of nothing any more (K4).
    if (!member) return
    const { account_id: account } = member
    await queueNotices(tx, [
      { community: task.community_id, case: null, account, notice: 'task-due', detail: {}, at: now },
    ])
  }
  await remindAt(tx, task, remindAgainAt(task.due_at, now))
}

async function remindAt(
  tx: Tx,
  { id, community_id, case_id }: Pick<TaskTable, 'id' | 'community_id' | 'case_id'>,
  at: number,
): Promise<void> {
  await tx.insertInto('due').values({ id, at, deed: taskDue, community_id, case_id }).execute()
}
