import type { Rotation } from '../procedure/rotation.ts'
import { readRotation } from './roster.ts'
import type { IncidentTable } from './schema.ts'
import type { Db } from './store.ts'

const columns = [
  'incident.id',
  'incident.community_id',
  'incident.code_name',
  'incident.state',
  'incident.channel',
  'incident.arrived_at',
  'incident.acknowledge_by',
  'incident.resolve_by',
  'incident.open_at',
  'incident.acknowledged_at',
  'incident.responder_id',
  'incident.shepherd_id',
  'incident.shepherd_named_at',
  'incident.objection_ends_at',
  'incident.shepherd_introduced_at',
  'incident.informed_at',
  'incident.group_level',
  'incident.delayed_to',
  'incident.brought_at',
  'incident.closed_at',
  'incident.blocked',
  'incident.epoch',
  'incident.version',
] as const

type Column = (typeof columns)[number] extends `incident.${infer Name}` ? Name : never

/** What a list shows of a case, with its newest record and whoever is left out of it. */
export interface CaseLineRow extends Pick<IncidentTable, Column & keyof IncidentTable> {
  readonly recorded_at: number
  readonly record_kind: string
  readonly excluded: readonly string[]
}

/** Reads cases for a list, by id; in no order. */
export async function caseLines(db: Db, ids: readonly string[]): Promise<CaseLineRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('incident')
    .innerJoin('record', (join) =>
      join.onRef('record.case_id', '=', 'incident.id').onRef('record.seq', '=', 'incident.records'),
    )
    .select([...columns, 'record.at as recorded_at', 'record.kind as record_kind'])
    .where('incident.id', 'in', ids)
    .execute()
  const exclusions = await db
    .selectFrom('exclusion')
    .select(['case_id', 'member_id'])
    .where('case_id', 'in', ids)
    .execute()
  return rows.map((row) => ({
    ...row,
    excluded: exclusions.filter(({ case_id }) => case_id === row.id).map(({ member_id }) => member_id),
  }))
}

/** The time zone, playbook, rotation and duties of a community: what says whose turn it is in its cases. */
export interface DutyFacts {
  /** JSON. */
  readonly playbook: string
  /** Active members of the committee in the order of the rotation. */
  readonly rotation: readonly string[]
  readonly roster: Rotation
}

/** Reads what says whose turn it is in the cases of a community. */
export async function dutyFacts(db: Db, community: string): Promise<DutyFacts> {
  const { playbook } = await db
    .selectFrom('community')
    .select('playbook')
    .where('id', '=', community)
    .executeTakeFirstOrThrow()
  const members = await db
    .selectFrom('member')
    .select('id')
    .where('community_id', '=', community)
    .where('left_at', 'is', null)
    .where('standing', '=', 'member')
    .orderBy('rotation')
    .orderBy('id')
    .execute()
  const roster = await readRotation(db, community)
  return { playbook, rotation: members.map(({ id }) => id), roster }
}
