import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foundCommunity, type TestCommunity } from '../../test/support/community.ts'
import { storeKinds, type TestOffice, testOffice } from '../../test/support/office.ts'
import { sealedReport } from '../../test/support/report.ts'
import { verifyDirectory } from '../sealing/directory.ts'
import { seal } from '../sealing/envelope.ts'
import { newIdentity, recipientOf } from '../sealing/identity.ts'
import { verifyLog } from '../store/log.ts'
import { type FileReport, reportFiler } from './file-report.ts'

describe.each(storeKinds)('on %s', (kind) => {
  let office: TestOffice
  let community: TestCommunity
  let fileReport: FileReport
  beforeAll(async () => {
    office = await testOffice(kind)
    community = await foundCommunity(office, { organizers: ['Org'] })
    fileReport = reportFiler(office)
  })
  afterAll(() => office.drop())

  const id = (name: string): string => community.person(name).id
  const rows = (table: 'reader' | 'grant_', caseId: string) =>
    office.store.db.selectFrom(table).select('member_id').where('case_id', '=', caseId).execute()
  const readers = async (caseId: string) => (await rows('reader', caseId)).map((row) => row.member_id).sort()
  const notices = (caseId: string) =>
    office.store.db
      .selectFrom('outbox')
      .select(['account_id', 'notice'])
      .where('case_id', '=', caseId)
      .execute()

  test('K1, K4: what waited sealed on a phone is taken for those it was sealed to; who came since is left out', async () => {
    // Sealed before Gus came.
    const older = verifyDirectory(community.id, community.entries.slice(0, 3))
    const { filing } = await sealedReport({ ...community, directory: older })
    const refused = { code: 'recipients-changed' }
    await expect(fileReport(filing)).rejects.toMatchObject(refused)
    const taken = { ...filing, channel: 'taken' } as const
    const { submission } = taken
    await expect(
      fileReport({ ...taken, submission: { ...submission, directory: 'ab'.repeat(32) } }),
    ).rejects.toMatchObject(refused)
    // Who could have been granted must have been.
    await expect(
      fileReport({ ...taken, submission: { ...submission, grants: submission.grants.slice(1) } }),
    ).rejects.toMatchObject(refused)
    const filed = await fileReport(taken)
    const granted = (await rows('grant_', filed.case)).map((row) => row.member_id).sort()
    expect(granted).toEqual([id('Pat'), id('Sam'), id('Mei'), 'recovery'].sort())
    const leftOut = await office.store.db
      .selectFrom('exclusion')
      .select('member_id')
      .where('case_id', '=', filed.case)
      .execute()
    expect(leftOut).toEqual([{ member_id: id('Gus') }])
    expect((await notices(filed.case)).map((row) => row.account_id)).not.toContain(
      community.person('Gus').account,
    )
    // The same again is the same report (F3).
    expect(await fileReport(taken)).toEqual(filed)
  })

  test('E2: what a member logs comes to those on call, and stays with that member, unless they are left out', async () => {
    const log = async (by: string, involved: string[]) => {
      const { filing } = await sealedReport(community, { involved })
      return fileReport({ ...filing, channel: 'member', by: id(by) })
    }
    expect(await readers((await log('Mei', [])).case)).toEqual([id('Mei'), id('Pat'), id('Sam')].sort())
    expect(await readers((await log('Mei', [id('Mei')])).case)).toEqual([id('Pat'), id('Sam')].sort())
  })

  test('F1: a report is handed to the pair on call, and they are told', async () => {
    const { filing } = await sealedReport(community)
    const filed = await fileReport(filing)
    expect(await readers(filed.case)).toEqual([id('Pat'), id('Sam')].sort())
    expect((await notices(filed.case)).map((row) => row.account_id).sort()).toEqual(
      [community.person('Pat').account, community.person('Sam').account].sort(),
    )
  })

  test('S3 (1), H1, L5: what is due, through the end of daylight saving time', async () => {
    office.clock.set(Date.parse('2027-10-28T18:30:00-05:00'))
    const { filing } = await sealedReport(community)
    const filed = await fileReport(filing)
    expect(new Date(filed.acknowledgeBy).toISOString()).toBe('2027-10-29T11:30:00.000Z')
    expect(new Date(filed.resolveBy).toISOString()).toBe('2027-11-12T00:30:00.000Z')
  })

  test('K1, K2: whoever is involved gets no row of any kind, and the next one takes their place', async () => {
    const { filing } = await sealedReport(community, { involved: [id('Pat')] })
    const filed = await fileReport(filing)
    expect(await readers(filed.case)).toEqual([id('Sam'), id('Mei')].sort())
    expect((await rows('grant_', filed.case)).map((row) => row.member_id)).not.toContain(id('Pat'))
    expect((await notices(filed.case)).map((row) => row.account_id)).not.toContain(
      community.person('Pat').account,
    )
    const log = await office.store.db
      .selectFrom('log')
      .select('detail')
      .where('case_id', '=', filed.case)
      .execute()
    expect(JSON.stringify(log)).not.toContain(id('Pat'))
  })

  test('J4: everybody is involved: accepted for the recovery kit alone, and the organizers are told that it exists', async () => {
    const { filing } = await sealedReport(community, { involved: ['Pat', 'Sam', 'Mei', 'Gus'].map(id) })
    const filed = await fileReport(filing)
    expect(await readers(filed.case)).toEqual([])
    expect((await rows('grant_', filed.case)).map((row) => row.member_id)).toEqual(['recovery'])
    expect(await notices(filed.case)).toEqual([
      { account_id: community.person('Org').account, notice: 'report-for-organizers' },
    ])
  })

  test('F3: the same key is one report and the same answer, also when both come at once', async () => {
    const { filing } = await sealedReport(community)
    const [first, second] = await Promise.all([fileReport(filing), fileReport(filing)])
    expect(second).toEqual(first)
    expect(await fileReport(filing)).toEqual(first)
    const found = await office.store.db
      .selectFrom('incident')
      .select('id')
      .where('id', '=', first.case)
      .execute()
    expect(found).toHaveLength(1)
  })

  test('the same key with another report is refused', async () => {
    const { filing } = await sealedReport(community)
    await fileReport(filing)
    const { filing: other } = await sealedReport(community)
    await expect(fileReport({ ...other, key: filing.key })).rejects.toMatchObject({ code: 'key-reused' })
  })

  test('one bad report among many that arrive together fails alone', async () => {
    const good = await Promise.all(Array.from({ length: 5 }, () => sealedReport(community)))
    const twin = await sealedReport(community)
    const again = { ...twin.filing, key: `${twin.filing.key}-other` }
    const results = await Promise.allSettled([
      ...good.map(({ filing }) => fileReport(filing)),
      fileReport(twin.filing),
      fileReport(again),
    ])
    expect(results.slice(0, 5).every(({ status }) => status === 'fulfilled')).toBe(true)
    expect(
      results
        .slice(5)
        .map(({ status }) => status)
        .sort(),
    ).toEqual(['fulfilled', 'rejected'])
  })

  test('a report sealed to another committee than there is is refused, with nothing kept', async () => {
    const { filing } = await sealedReport(community)
    const { submission } = filing
    for (const grants of [
      submission.grants.slice(1),
      [...submission.grants, ...submission.grants.slice(0, 1)],
      [],
    ])
      await expect(fileReport({ ...filing, submission: { ...submission, grants } })).rejects.toMatchObject({
        code: 'recipients-changed',
      })
    // The same members, but one of them perhaps with keys that were replaced meanwhile.
    await expect(
      fileReport({ ...filing, submission: { ...submission, directory: '0'.repeat(64) } }),
    ).rejects.toMatchObject({ code: 'recipients-changed' })
    const found = await office.store.db
      .selectFrom('incident')
      .select('id')
      .where('id', '=', submission.case)
      .execute()
    expect(found).toEqual([])
  })

  test('a malformed envelope or one for another number of readers is refused', async () => {
    const { filing } = await sealedReport(community)
    const { submission } = filing
    const one = await seal(new Uint8Array(9), [await recipientOf(newIdentity())])
    for (const record of [new Uint8Array(100), one])
      await expect(fileReport({ ...filing, submission: { ...submission, record } })).rejects.toThrow()
    await expect(
      fileReport({ ...filing, submission: { ...submission, recipient: 'age1qqqq' } }),
    ).rejects.toMatchObject({ code: 'malformed-envelope' })
  })

  test('N3: the log of everything above is an unbroken chain, and a changed entry breaks it', async () => {
    expect(await verifyLog(office.store.db, community.id)).toMatchObject({ ok: true })
    await office.store.write(async (tx) => {
      await tx.updateTable('log').set({ actor: 'nobody' }).where('seq', '=', 2).execute()
    })
    expect(await verifyLog(office.store.db, community.id)).toEqual({ ok: false, at: 2 })
  })
})
