import type { TaskTable } from './schema.ts'
import type { Db, Store, Tx } from './store.ts'

/** Adds a task. */
export async function insertTask(tx: Tx, task: TaskTable): Promise<void> {
  await tx.insertInto('task').values(task).execute()
}

/** A task for a deed, locked until the transaction ends where that is needed; null where there is none. */
export async function taskForDeed(tx: Tx, kind: Store['kind'], id: string): Promise<TaskTable | null> {
  const row = await tx
    .selectFrom('task')
    .selectAll()
    .where('id', '=', id)
    .$if(kind === 'postgres', (query) => query.forUpdate())
    .executeTakeFirst()
  return row ?? null
}

/** The newest task of a case, done or not; null where it has none. */
export async function taskOfCase(tx: Tx, caseId: string): Promise<TaskTable | null> {
  const row = await tx
    .selectFrom('task')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/** Notes that a task is done. */
export async function settleTask(tx: Tx, id: string, by: string, now: number): Promise<void> {
  await tx.updateTable('task').set({ done_at: now, done_by: by }).where('id', '=', id).execute()
}

/** What is open for members: their own, and of cases that were handed to them and no others (K1). The first due first. */
export async function openTasks(
  db: Db,
  members: readonly string[],
  most: number,
): Promise<(TaskTable & { readonly code_name: string | null })[]> {
  if (members.length === 0) return []
  return db
    .selectFrom('task')
    .leftJoin('incident', 'incident.id', 'task.case_id')
    .selectAll('task')
    .select('incident.code_name')
    .where('task.done_at', 'is', null)
    .where(({ or, eb, exists, selectFrom }) =>
      or([
        eb('task.member_id', 'in', members),
        exists(
          selectFrom('reader')
            .select('reader.case_id')
            .whereRef('reader.case_id', '=', 'task.case_id')
            .where('reader.member_id', 'in', members),
        ),
      ]),
    )
    .orderBy('task.due_at')
    .orderBy('task.id')
    .limit(most)
    .execute()
}
