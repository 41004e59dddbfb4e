import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { loadServerKey } from '../../src/casework/server-key.ts'
import { systemClock } from '../../src/clock.ts'
import { newId } from '../../src/sealing/bytes.ts'
import { rowId } from '../../src/store/ids.ts'
import { insertions } from '../../src/store/insertions.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { together } from '../../src/store/together.ts'
import { foundCommunity, type TestCommunity } from '../support/community.ts'
import { startPostgres } from '../support/postgres.ts'
import { sealedReport } from '../support/report.ts'
import { type ServerProcess, startServer } from '../support/server.ts'
import { sessionOf } from '../support/sessions.ts'
import { answerOf, type Send, wireTo } from '../support/wire.ts'
import { database } from './database.ts'
import { median, table } from './table.ts'

const few = 1_000
const many = 100_000
const closedOf10 = 9
const rounds = 15
const requests = 20
const day = 24 * 3600 * 1000

interface Desk {
  readonly server: ServerProcess
  readonly send: Send
  readonly cookie: string
}

/** What an inbox page and opening one case cost with many cases, beside what they cost with few. */
export async function inbox(): Promise<string> {
  const rows: (string | number)[][] = []
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-bench-'))
  const postgres = await startPostgres({ durable: false })
  try {
    for (const [name, urls] of [
      ['SQLite', [undefined, undefined]],
      ['PostgreSQL', [await database(postgres.url, 'few'), await database(postgres.url, 'many')]],
    ] as const) {
      const small = await seatedBefore(few, join(folder, `${name}-few`), urls[0])
      const large = await seatedBefore(many, join(folder, `${name}-many`), urls[1])
      for (const [what, path] of [
        ['inbox page', async () => '/api/v1/cases?open=1'],
        ['opening one case', firstCase],
      ] as const) {
        const [inSmall, inLarge] = [await path(small), await path(large)]
        const times: [number, number][] = []
        for (let round = 0; round < rounds; round += 1)
          times.push([await time(small, inSmall), await time(large, inLarge)])
        const [fast, slow] = [median(times.map(([one]) => one)), median(times.map(([, other]) => other))]
        rows.push([
          name,
          what,
          `${fast.toFixed(2)} ms`,
          `${slow.toFixed(2)} ms`,
          median(times.map(([one, other]) => other / one)).toFixed(2),
        ])
      }
      for (const { server } of [small, large]) await server.kill()
    }
    const count = (cases: number): string => `${cases.toLocaleString('en')} cases`
    return table(['store', '', count(few), count(many), 'ratio (goal ≤ 1.5)'], rows)
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

const firstCase = async ({ send, cookie }: Desk): Promise<string> => {
  const { cases } = await answerOf<{ cases: { id: string }[] }>(
    send('/api/v1/cases?open=1', { headers: { cookie } }),
  )
  return `/api/v1/cases/${cases[0]?.id}`
}

/** Milliseconds of the median of some requests, one after the other. */
async function time({ send, cookie }: Desk, path: string): Promise<number> {
  const times: number[] = []
  for (let request = 0; request < requests; request += 1) {
    const began = performance.now()
    await answerOf(send(path, { headers: { cookie } }))
    times.push(performance.now() - began)
  }
  return median(times)
}

/** A server with so many cases, and the session of a member who has been handed them all. */
async function seatedBefore(cases: number, dataDir: string, url: string | undefined): Promise<Desk> {
  const store = await openStore(url, dataDir)
  const office = {
    store,
    clock: systemClock,
    serverKey: await loadServerKey(undefined, dataDir),
    hasMail: true,
  }
  const community = await foundCommunity(office)
  await seed(store, community, cases)
  const { cookie } = await sessionOf(office, community.person('Pat').account)
  // As PostgreSQL does by itself after a while.
  if (store.kind === 'postgres') await sql`analyze`.execute(store.db)
  await store.close()
  const server = await startServer({ DATA_DIR: dataDir, DATABASE_URL: url })
  return { server, send: wireTo(`http://localhost:${server.port}`), cookie }
}

/** Inserts cases of the last years, nine in ten of them closed, handed to the pair on call. */
async function seed(store: Store, community: TestCommunity, cases: number): Promise<void> {
  const { filing } = await sealedReport(community)
  const { submission } = filing
  const pair = [community.person('Pat').id, community.person('Sam').id]
  const now = Date.now()
  for (let done = 0; done < cases; done += 500)
    await store.write(async (tx) => {
      const made = Array.from({ length: 500 }, (_, index) => ({
        id: newId(),
        number: done + index,
        at: now - (done + index) * 600_000,
        open: (done + index) % 10 >= closedOf10,
      }))
      const columns = <R>(rows: (one: (typeof made)[number]) => R[]): R[] => made.flatMap(rows)
      await together(tx, [
        ...insertions(
          store.kind,
          'incident',
          columns(({ id, number, at, open }) => [
            {
              id,
              community_id: community.id,
              code_name: `seeded-${number}`,
              state: open ? 'new' : 'resolved',
              channel: 'web' as const,
              arrived_at: at,
              acknowledge_by: at + day / 2,
              resolve_by: at + 14 * day,
              open_at: at + day,
              acknowledged_at: null,
              responder_id: null,
              shepherd_id: null,
              shepherd_named_at: null,
              objection_ends_at: null,
              shepherd_introduced_at: null,
              informed_at: null,
              group_level: 0,
              delayed_to: null,
              review_at: null,
              renew_epoch: 0,
              brought_at: null,
              closed_at: open ? null : at + day,
              blocked: 0,
              epoch: 1,
              version: 1,
              head: '',
              shared_head: null,
              records: 1,
              receipt_lookup: null,
              receipt_hash: null,
              reporter_recipient: null,
              reporter_key: null,
              sealed_notice: null,
              language: 'en',
            },
          ]),
        ),
        ...insertions(
          store.kind,
          'epoch',
          columns(({ id }) => [{ case_id: id, epoch: 1, recipient: submission.recipient }]),
        ),
        ...insertions(
          store.kind,
          'grant_',
          columns(({ id }) =>
            submission.grants
              .filter(({ member }) => pair.includes(member))
              .map(({ member, sealed }) => ({ case_id: id, epoch: 1, member_id: member, sealed })),
          ),
        ),
        ...insertions(
          store.kind,
          'reader',
          columns(({ id, at, open }) =>
            pair.map((member) => ({
              case_id: id,
              member_id: member,
              community_id: community.id,
              since: at,
              open: open ? 1 : 0,
              sort: open ? at + day / 2 : -at,
            })),
          ),
        ),
        ...insertions(
          store.kind,
          'record',
          columns(({ id, at }) => [
            {
              id: rowId(at),
              case_id: id,
              seq: 1,
              epoch: 1,
              kind: 'report',
              author_member: null,
              by_server: 0,
              at,
              shared: 0,
              opened_at: null,
              hash: '',
              sealed: submission.record,
            },
          ]),
        ),
      ])
    })
}
