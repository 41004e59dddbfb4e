import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { loadServerKey } from '../../src/casework/server-key.ts'
import { systemClock } from '../../src/clock.ts'
import { newId } from '../../src/sealing/bytes.ts'
import { openStore } from '../../src/store/open.ts'
import type { Store } from '../../src/store/store.ts'
import { foundCommunity } from '../support/community.ts'
import { openPostOffice } from '../support/post-office.ts'
import { startPostgres } from '../support/postgres.ts'
import { type ServerProcess, startServer } from '../support/server.ts'
import { answerOf, json, wireTo } from '../support/wire.ts'
import { database } from './database.ts'
import { median, percentile, table } from './table.ts'

const open = 1_000
const communities = 10
/** Over how long they are raised, so that their steps come as close together. */
const spread = 60_000
const minute = 60_000
/** How long they are watched: the step to the secondary and the one to all. */
const watched = 5.2 * minute
const killEvery = 15_000

interface Way {
  readonly name: string
  readonly url: string | undefined
  readonly processes: number
  readonly kills: boolean
}

/** A thousand alerts open at once: whether every step comes, once, and how late. */
export async function alerts(): Promise<string> {
  const postgres = await startPostgres()
  try {
    const ways: Way[] = [
      { name: 'SQLite', url: undefined, processes: 1, kills: false },
      {
        name: 'PostgreSQL, 3 processes',
        url: await database(postgres.url, 'calm'),
        processes: 3,
        kills: false,
      },
      {
        name: 'PostgreSQL, 3 processes, one killed every 15 s',
        url: await database(postgres.url, 'killed'),
        processes: 3,
        kills: true,
      },
    ]
    const rows: (string | number)[][] = []
    for (const way of ways) rows.push([way.name, ...(await escalate(way))])
    return table(
      ['store', 'steps', 'lost', 'doubled', 'late, median', 'late, p99 (goal < 1 s)', 'late, worst'],
      rows,
    )
  } finally {
    await postgres.stop()
  }
}

async function escalate({ url, processes, kills }: Way): Promise<(string | number)[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bellwether-bench-alerts-'))
  const store = await openStore(url, dataDir)
  const office = {
    store,
    clock: systemClock,
    serverKey: await loadServerKey(undefined, dataDir),
    hasMail: true,
  }
  for (let index = 0; index < communities; index += 1)
    await foundCommunity(office, {
      shortName: `home-${index}`,
      members: ['pat', 'sam', 'mei', 'gus'].map((name) => `${name}${index}`),
    })
  await store.close()
  const post = await openPostOffice()
  const settings = { DATA_DIR: dataDir, DATABASE_URL: url, TRUST_PROXY: 'true', SMTP_URL: post.url }
  const start = () => startServer(settings)
  const servers: ServerProcess[] = await Promise.all(Array.from({ length: processes }, start))
  const began = Date.now()
  const [first] = servers as [ServerProcess, ...ServerProcess[]]
  const send = wireTo(`http://localhost:${first.port}`)
  for (let index = 0; index < open; index += 1) {
    await wait(Math.max(0, began + (index * spread) / open - Date.now()))
    const body = { token: newId(), event: null, place: null, words: null, involved: [], offered: [] }
    // Each from a place of its own, so that none is asked for work.
    const from = { 'x-forwarded-for': `192.0.${index >> 8}.${index & 255}` }
    await answerOf(send(`/api/v1/communities/home-${index % communities}/alerts`, json('POST', body, from)))
  }
  while (Date.now() < began + spread + watched) {
    await wait(Math.min(killEvery, began + spread + watched - Date.now()))
    if (!kills) continue
    const victim = Math.floor(Math.random() * servers.length)
    await servers[victim]?.kill()
    servers[victim] = await start()
  }
  for (const server of servers) await server.kill()
  await post.stop()
  const ended = await openStore(url, dataDir)
  const result = await lateness(ended)
  await ended.close()
  await rm(dataDir, { recursive: true, force: true })
  return result
}

/** How late each step was after its instant, and which are missing or sent twice. */
async function lateness({ db }: Store): Promise<(string | number)[]> {
  const raised = await db.selectFrom('alert').select(['id', 'raised_at']).execute()
  const steps = await db.selectFrom('alert_step').selectAll().execute()
  const notices = await db
    .selectFrom('outbox')
    .select(['alert_id', 'account_id', 'created_at'])
    .where('notice', '=', 'alert')
    .where('group_id', 'is', null)
    .where('account_id', 'is not', null)
    .execute()
  const late: number[] = []
  let lost = 0
  for (const { id, raised_at } of raised)
    for (const [step, minutes] of [0, 2, 5].entries()) {
      const done = steps.find((one) => one.alert_id === id && one.step === step)
      if (done) late.push(done.at - raised_at - minutes * minute)
      else lost += 1
    }
  const each = new Set(notices.map((one) => `${one.alert_id} ${one.account_id} ${one.created_at}`))
  const ms = (value: number): string => `${value.toFixed(0)} ms`
  return [
    steps.length,
    lost,
    notices.length - each.size,
    ms(median(late)),
    ms(percentile(late, 0.99)),
    ms(Math.max(...late)),
  ]
}
