import pino from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { foundCommunity, type TestCommunity } from '../../test/support/community.ts'
import { storeKinds, type TestOffice, testOffice } from '../../test/support/office.ts'
import { sealedReport } from '../../test/support/report.ts'
import { newId } from '../sealing/bytes.ts'
import { verifyLog } from '../store/log.ts'
import { type Due, startDue } from './due.ts'
import { reportFiler } from './file-report.ts'
import { beginUpload } from './upload.ts'

const hour = 3_600_000
const silent = pino({ level: 'silent' })

describe.each(storeKinds)('on %s', (kind) => {
  let office: TestOffice
  let community: TestCommunity
  let due: Due
  let begin: number

  beforeEach(async () => {
    office = await testOffice(kind)
    community = await foundCommunity(office)
    begin = office.clock.now()
    due = startDue(office, silent)
  })
  afterEach(async () => {
    await due.stop()
    await office.drop()
  })

  const file = async (involved: readonly string[] = []): Promise<string> => {
    const { filing } = await sealedReport(community, {
      involved: involved.map((name) => community.person(name).id),
    })
    return (await reportFiler(office)(filing)).case
  }
  const passing = async (hours: number): Promise<void> => {
    office.clock.set(begin + hours * hour)
    await due.runDue()
  }
  const nameOf = new Map<string, string>()
  const told = async (caseId: string, notice: string): Promise<string[]> => {
    for (const { account, name } of Object.values(community.people)) nameOf.set(account, name)
    const rows = await office.store.db
      .selectFrom('outbox')
      .select('account_id')
      .where('case_id', '=', caseId)
      .where('notice', '=', notice)
      .execute()
    return rows.map(({ account_id }) => nameOf.get(account_id as string) as string).sort()
  }
  const readers = async (caseId: string): Promise<string[]> => {
    const rows = await office.store.db
      .selectFrom('reader')
      .select('member_id')
      .where('case_id', '=', caseId)
      .execute()
    const people = Object.values(community.people)
    return rows.map(({ member_id }) => people.find(({ id }) => id === member_id)?.name as string).sort()
  }
  const answer = (caseId: string): Promise<unknown> =>
    office.store.write((tx) =>
      tx
        .updateTable('incident')
        .set({ state: 'acknowledged', acknowledged_at: office.clock.now() })
        .where('id', '=', caseId)
        .execute(),
    )

  test('G3: unanswered for 6 hours, the secondary inherits it and is told, not a minute earlier', async () => {
    const caseId = await file()
    await passing(6 - 1 / 60)
    expect(await told(caseId, 'case-inherited')).toEqual([])
    await passing(6)
    expect(await told(caseId, 'case-inherited')).toEqual(['Sam'])
  })

  test('K2: of a case without the secondary, the next one inherits it', async () => {
    const caseId = await file(['Sam'])
    await passing(6)
    expect(await told(caseId, 'case-inherited')).toEqual(['Mei'])
  })

  test('H1: unanswered for 12 hours, its receivers are reminded', async () => {
    const caseId = await file()
    await passing(12)
    expect(await told(caseId, 'acknowledge-overdue')).toEqual(['Pat', 'Sam'])
  })

  test('F1, G4: unanswered for a day, every member without a conflict may read it and is told', async () => {
    const caseId = await file(['Gus'])
    await passing(24 - 1 / 60)
    expect(await readers(caseId)).toEqual(['Pat', 'Sam'])
    await passing(24)
    expect(await readers(caseId)).toEqual(['Mei', 'Pat', 'Sam'])
    expect(await told(caseId, 'case-open-to-all')).toEqual(['Mei', 'Pat', 'Sam'])
    expect(await verifyLog(office.store.db, community.id)).toMatchObject({ ok: true })
  })

  test('what was answered needs none of it, and nothing is left waiting but its closing (L5)', async () => {
    const caseId = await file()
    await answer(caseId)
    await passing(25)
    for (const notice of ['case-inherited', 'acknowledge-overdue', 'case-open-to-all'])
      expect(await told(caseId, notice)).toEqual([])
    expect(await readers(caseId)).toEqual(['Pat', 'Sam'])
    const left = await office.store.db.selectFrom('due').select('deed').orderBy('at').execute()
    expect(left.map(({ deed }) => deed)).toEqual(['resolve-reminder', 'resolve-reminder', 'resolve-overdue'])
  })

  test('each happens once, also where several processes come to it at the same instant', async () => {
    const cases = [await file(), await file(), await file()]
    const others = kind === 'postgres' ? [startDue(office, silent), startDue(office, silent)] : []
    office.clock.set(begin + 25 * hour)
    await Promise.all([due, ...others].map((one) => one.runDue()))
    for (const caseId of cases) {
      expect(await told(caseId, 'case-inherited')).toEqual(['Sam'])
      expect(await told(caseId, 'acknowledge-overdue')).toEqual(['Pat', 'Sam'])
      expect(await told(caseId, 'case-open-to-all')).toEqual(['Gus', 'Mei', 'Pat', 'Sam'])
    }
    for (const one of others) await one.stop()
  })

  test('what cannot be done stands in nobody’s way, is kept, and is done later', async () => {
    const broken = await file()
    const caseId = await file()
    const elsewhere = newId()
    await office.store.write((tx) =>
      tx.updateTable('incident').set({ community_id: elsewhere }).where('id', '=', broken).execute(),
    )
    await passing(6)
    expect(await told(caseId, 'case-inherited')).toEqual(['Sam'])
    await office.store.write((tx) =>
      tx.updateTable('incident').set({ community_id: community.id }).where('id', '=', broken).execute(),
    )
    await passing(7)
    expect(await told(broken, 'case-inherited')).toEqual(['Sam'])
  })

  test('an upload that no record took up is gone after a day, the others stay', async () => {
    const { upload: forgotten } = await beginUpload(office, community.id)
    const { upload: taken } = await beginUpload(office, community.id)
    await office.store.write(async (tx) => {
      for (const upload of [forgotten, taken])
        await tx
          .insertInto('upload_part')
          .values({ upload_id: upload, part: 0, bytes: new Uint8Array([1]) })
          .execute()
      await tx.updateTable('upload').set({ case_id: newId() }).where('id', '=', taken).execute()
    })
    await passing(23)
    const left = async (): Promise<string[]> => {
      const rows = await office.store.db.selectFrom('upload_part').select('upload_id').execute()
      return rows.map(({ upload_id }) => upload_id)
    }
    expect((await left()).length).toBe(2)
    await passing(25)
    expect(await left()).toEqual([taken])
  })
})
