import pino from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { foundCommunity, type TestCommunity } from '../../test/support/community.ts'
import { storeKinds, type TestOffice, testOffice } from '../../test/support/office.ts'
import { sealedReport } from '../../test/support/report.ts'
import { newId } from '../sealing/bytes.ts'
import { type Due, startDue } from './due.ts'
import { reportFiler } from './file-report.ts'
import { addTask, finishTask, setCaseTask, tasksOf } from './tasks.ts'

const minute = 60_000
const hour = 60 * minute
const beginning = Date.parse('2027-10-28T18:30:00-05:00')

describe.each(storeKinds)('on %s', (kind) => {
  let office: TestOffice
  let community: TestCommunity
  let due: Due
  beforeAll(async () => {
    office = await testOffice(kind)
    office.clock.set(beginning)
    community = await foundCommunity(office)
    due = startDue(office, pino({ level: 'silent' }))
  })
  afterAll(async () => {
    await due.stop()
    await office.drop()
  })

  const person = (name: string) => community.person(name)
  const seat = (name: string) =>
    ({ id: person(name).id, community: community.id, standing: 'member', chair: false }) as const
  const moveTo = async (at: number): Promise<void> => {
    office.clock.set(at)
    await due.runDue()
  }
  const reminded = async (): Promise<(string | null)[]> =>
    (
      await office.store.db
        .selectFrom('outbox')
        .select('account_id')
        .where('notice', '=', 'task-due')
        .execute()
    ).map(({ account_id }) => account_id)

  test('E3: a member is reminded of their own task until it is done; nobody else sees or ends it', async () => {
    const id = newId()
    const task = { id, dueAt: beginning + 3 * hour, sealed: null, key: newId() }
    await addTask(office, seat('Mei'), task)
    await addTask(office, seat('Mei'), task)
    expect((await tasksOf(office, person('Mei').account)).map((one) => one.id)).toEqual([id])
    expect(await tasksOf(office, person('Pat').account)).toEqual([])
    await moveTo(beginning + 3 * hour - 1)
    expect(await reminded()).toEqual([])
    await moveTo(beginning + 3 * hour)
    await moveTo(beginning + 4 * hour)
    expect(await reminded()).toEqual([person('Mei').account, person('Mei').account])
    await expect(finishTask(office, person('Pat').account, id)).rejects.toMatchObject({ code: 'not-found' })
    await finishTask(office, person('Mei').account, id)
    await finishTask(office, person('Mei').account, id)
    await moveTo(beginning + 30 * hour)
    expect(await reminded()).toHaveLength(2)
    expect(await tasksOf(office, person('Mei').account)).toEqual([])
  })

  test('B4, K1: those who have the case in hand are reminded of what somebody waits for, and whoever is left out is not', async () => {
    await office.store.write(async (tx) => void (await tx.deleteFrom('outbox').execute()))
    const began = office.clock.now()
    const { filing } = await sealedReport(community, { involved: [person('Sam').id] })
    const filed = await reportFiler(office)({
      ...filing,
      channel: 'taken',
      submission: { ...filing.submission, followUp: true },
    })
    expect(await tasksOf(office, person('Sam').account)).toEqual([])
    expect((await tasksOf(office, person('Pat').account)).map((one) => one.case?.id)).toEqual([filed.case])
    await moveTo(began + 15 * minute)
    expect((await reminded()).sort()).toEqual([person('Pat').account, person('Mei').account].sort())
    const settle = (settled: boolean) =>
      office.store.write((tx) =>
        setCaseTask(
          tx,
          { id: filed.case, community_id: community.id },
          { settled, member: person('Pat').id, now: office.clock.now() },
        ),
      )
    await settle(true)
    expect(await tasksOf(office, person('Pat').account)).toEqual([])
    const before = (await reminded()).length
    await moveTo(began + 3 * hour)
    expect(await reminded()).toHaveLength(before)
    // Wanted after all: one more task, one reminder at a time.
    await settle(false)
    await moveTo(began + 3 * hour + 15 * minute)
    expect(await reminded()).toHaveLength(2 * before)
    expect(await reminded()).not.toContain(person('Sam').account)
  })
})
