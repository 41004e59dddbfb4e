import { type Committee, committeeOf, committeeQueries } from './committee.ts'
import { insertions } from './insertions.ts'
import { holdLog, type LogEntry, type LogHead, linkLog } from './log.ts'
import { type Notice, noticeRows } from './outbox.ts'
import type { AnsweredRequestTable, Schema } from './schema.ts'
import type { Store, Tx } from './store.ts'
import { together } from './together.ts'

/** What reports are filed on. */
export interface Grounds {
  /** Answers given before, by the id of the request. */
  readonly answers: ReadonlyMap<string, AnsweredRequestTable>
  readonly communities: ReadonlyMap<string, CommunityGrounds>
}

interface CommunityGrounds {
  /** Null if there is no such community. */
  readonly committee: Committee | null
  /** Those of the code names asked for that a case has already. */
  readonly taken: Set<string>
  readonly log: LogHead
}

/**
 * Reads everything that has to be known before reports are filed, in one round trip. Until the transaction ends
 * nobody joins or leaves these communities, and nobody else files in them: a member who leaves at this instant is
 * either granted nothing, or what is granted is deleted with the rest.
 *
 * @param names - for each community, code names that new cases may be given.
 */
export async function readGrounds(
  tx: Tx,
  kind: Store['kind'],
  requests: readonly string[],
  names: ReadonlyMap<string, readonly string[]>,
  now: number,
): Promise<Grounds> {
  const answers = new Map<string, AnsweredRequestTable>()
  const communities = new Map<string, CommunityGrounds>()
  // In order, so that two processes never hold one each and wait for the other's.
  for (const id of [...names.keys()].sort()) {
    const [, [log], given, taken, ...rows] = await together(tx, [
      tx
        .selectFrom('community')
        .select('id')
        .where('id', '=', id)
        .$if(kind === 'postgres', (query) => query.forKeyShare()),
      holdLog(tx, kind, id),
      tx.selectFrom('answered_request').selectAll().where('id', 'in', requests),
      tx
        .selectFrom('incident')
        .select('code_name')
        .where('community_id', '=', id)
        .where('code_name', 'in', names.get(id) ?? []),
      ...committeeQueries(tx, id),
    ])
    for (const answer of given) answers.set(answer.id, answer)
    communities.set(id, {
      committee: log ? committeeOf(rows, now) : null,
      taken: new Set(taken.map(({ code_name }) => code_name)),
      log: log ?? { seq: 0, hash: '' },
    })
  }
  return { answers, communities }
}

/** Everything that is written when one report is filed. */
export interface FiledRows {
  readonly incident: Schema['incident']
  readonly epoch: Schema['epoch']
  readonly exclusions: readonly Schema['exclusion'][]
  readonly grants: readonly Schema['grant_'][]
  readonly readers: readonly Schema['reader'][]
  readonly record: Schema['record']
  readonly due: readonly Schema['due'][]
  readonly tasks: readonly Schema['task'][]
  readonly answer: AnsweredRequestTable
  readonly log: LogEntry
  readonly notices: readonly Notice[]
}

/** Writes reports, in one round trip. */
export async function insertFiled(
  tx: Tx,
  kind: Store['kind'],
  filed: readonly FiledRows[],
  { communities }: Grounds,
): Promise<void> {
  if (filed.length === 0) return
  const log = [...communities].flatMap(([community, { log: end }]) => {
    const entries = filed.flatMap((one) => (one.log.community === community ? [one.log] : []))
    if (entries.length === 0) return []
    const { rows, head } = linkLog(end, entries)
    return [
      ...insertions(kind, 'log', rows),
      tx.updateTable('log_head').set(head).where('community_id', '=', community),
    ]
  })
  const all = <R>(rows: (one: FiledRows) => readonly R[]): R[] => filed.flatMap(rows)
  await together(tx, [
    ...insertions(
      kind,
      'incident',
      all(({ incident }) => [incident]),
    ),
    ...insertions(
      kind,
      'epoch',
      all(({ epoch }) => [epoch]),
    ),
    ...insertions(
      kind,
      'exclusion',
      all(({ exclusions }) => exclusions),
    ),
    ...insertions(
      kind,
      'grant_',
      all(({ grants }) => grants),
    ),
    ...insertions(
      kind,
      'reader',
      all(({ readers }) => readers),
    ),
    ...insertions(
      kind,
      'record',
      all(({ record }) => [record]),
    ),
    ...insertions(
      kind,
      'due',
      all(({ due }) => due),
    ),
    ...insertions(
      kind,
      'task',
      all(({ tasks }) => tasks),
    ),
    ...insertions(
      kind,
      'answered_request',
      all(({ answer }) => [answer]),
    ),
    ...insertions(kind, 'outbox', noticeRows(all(({ notices }) => notices))),
    ...log,
  ])
}
