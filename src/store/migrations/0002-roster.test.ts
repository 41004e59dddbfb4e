import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foundCommunity } from '../../../test/support/community.ts'
import { storeKinds, type TestOffice, testOffice } from '../../../test/support/office.ts'
import { readCommittee } from '../committee.ts'
import * as roster from './0002-roster.ts'

const tables = [
  'roster_rule',
  'moved_hand_over',
  'duty_override',
  'swap',
  'calendar_feed',
  'told_gap',
] as const

describe.each(storeKinds)('bringing the roster in, on %s', (kind) => {
  let office: TestOffice
  beforeAll(async () => {
    office = await testOffice(kind)
  })
  afterAll(() => office?.drop())

  test('G1: pairs that were named by hand stay on call as they were, and gaps are looked for at once', async () => {
    const { id, person } = await foundCommunity(office)
    const { db } = office.store
    // The store as it was before.
    for (const table of tables) await db.schema.dropTable(table).execute()
    const instant = kind === 'sqlite' ? sql`integer` : sql`bigint`
    await sql`create table duty (id text, community_id text, starts_at ${instant}, primary_id text,
      secondary_id text, set_by text, set_at ${instant})`.execute(db)
    for (const [duty, at, primary, secondary] of [
      ['a', 1000, 'Pat', 'Sam'],
      ['b', 2000, 'Mei', null],
    ] as const)
      await sql`insert into duty values (${duty}, ${id}, ${at}, ${person(primary).id},
        ${secondary && person(secondary).id}, ${person('Pat').id}, ${500})`.execute(db)

    await roster.on(kind).up(db)
    const pairAt = async (at: number) => {
      const pair = (await readCommittee(db, id, at))?.pair
      return pair && [pair.primary, pair.secondary]
    }
    expect(await pairAt(999)).toBeNull()
    expect(await pairAt(1000)).toEqual([person('Pat').id, person('Sam').id])
    expect(await pairAt(1999)).toEqual([person('Pat').id, person('Sam').id])
    expect(await pairAt(9_000_000)).toEqual([person('Mei').id, null])
    const due = await db.selectFrom('due').select(['at', 'deed']).where('id', '=', id).execute()
    expect(due).toEqual([{ at: 0, deed: 'roster-gaps' }])
  })
})
