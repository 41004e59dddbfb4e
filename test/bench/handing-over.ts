import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { createTransport } from 'nodemailer'
import pino from 'pino'
import { addNtfy, addPush, addWebhook } from '../../src/casework/channels.ts'
import { pushKey } from '../../src/casework/push-key.ts'
import { newId } from '../../src/sealing/bytes.ts'
import { serve } from '../../src/serve.ts'
import { readSettings } from '../../src/settings.ts'
import { queueNotices } from '../../src/store/outbox.ts'
import { listen, openPushService } from '../support/listeners.ts'
import { openPostOffice } from '../support/post-office.ts'
import { startPostgres } from '../support/postgres.ts'
import { database } from './database.ts'
import { callReporters, sealReports } from './reporters.ts'
import { percentile, table } from './table.ts'

const connections = 10
const every = 200
const warmUp = 2
const seconds = 30
const between = 250

/** How long an alert takes from its commit until each channel has it, while reports come in, beside the fastest way. */
export async function handingOver(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-bench-'))
  const postgres = await startPostgres()
  try {
    const rows = [
      ...(await onStore('SQLite', join(folder, 'sqlite'), undefined)),
      ...(await onStore('PostgreSQL', join(folder, 'postgres'), await database(postgres.url, 'alerts'))),
    ]
    return table(
      ['store', 'channel', 'alerts', 'p50 ms', 'p99 ms', 'fastest p50 ms', 'fastest p99 ms', 'reports/s'],
      rows,
    )
  } finally {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function onStore(
  name: string,
  dataDir: string,
  databaseUrl: string | undefined,
): Promise<(string | number)[][]> {
  const reports = await sealReports(dataDir, databaseUrl)
  const post = await openPostOffice()
  const ntfy = await listen()
  const room = await listen()
  const running = await serve(
    readSettings(
      {
        PORT: '0',
        DATA_DIR: dataDir,
        DATABASE_URL: databaseUrl ?? '',
        SMTP_URL: post.url,
        TRUST_PROXY: 'true',
        REACH_PRIVATE: 'true',
      },
      [],
    ),
    pino({ level: 'warn' }),
  )
  const { office } = running
  const { publicKey } = await pushKey(office)
  const push = await openPushService(() => publicKey)
  // Nobody on call, so that the letters of the reports go to others.
  const member = await office.store.db
    .selectFrom('member')
    .select(['id', 'account_id', 'community_id'])
    .orderBy('rotation', 'desc')
    .executeTakeFirstOrThrow()
  await addPush(office, member.account_id, { ...push.subscription(), label: '', replaces: null })
  await addNtfy(office, member.account_id, { server: ntfy.origin, topic: 'bench', token: null, priority: 5 })
  const chair = { id: member.id, community: member.community_id, standing: 'member', chair: true } as const
  await addWebhook(office, chair, { url: room.origin, format: 'slack' })

  const took: Record<string, number[]> = { mail: [], push: [], ntfy: [], webhook: [] }
  const fastest: Record<string, number[]> = { mail: [], push: [], ntfy: [], webhook: [] }
  const counts = {
    mail: () => alertMails(),
    push: () => push.heard.length,
    ntfy: () => ntfy.heard.length,
    webhook: () => room.heard.length,
  }
  let looked = 0
  let alerts = 0
  function alertMails(): number {
    for (; looked < post.mails.length; looked += 1)
      if (post.mails[looked]?.email.subject?.startsWith('Somebody')) alerts += 1
    return alerts
  }

  const alarm = async (): Promise<void> => {
    const before = Object.entries(counts).map(([channel, count]) => [channel, count] as const)
    const had = new Map(before.map(([channel, count]) => [channel, count()]))
    const about = {
      community: member.community_id,
      case: null,
      alert: newId(),
      urgent: true,
      notice: 'alert',
      detail: {},
      at: office.clock.now(),
    } as const
    await office.store.write((tx) =>
      queueNotices(tx, [
        { ...about, account: member.account_id },
        { ...about, webhooks: true },
      ]),
    )
    const from = performance.now()
    await office.store.publish('outbox', '')
    const missing = new Map(before)
    while (missing.size > 0) {
      for (const [channel, count] of missing)
        if (count() > (had.get(channel) ?? 0)) {
          took[channel]?.push(performance.now() - from)
          missing.delete(channel)
        }
      if (performance.now() - from > 30_000) throw new Error(`Not handed over: ${[...missing.keys()]}`)
      await wait(1)
    }
  }

  const agent = new Agent({ keepAlive: true })
  const transport = createTransport({ url: post.url, pool: true })
  /** With a connection that is open and a message that is ready. */
  const bare = async (): Promise<void> => {
    for (const [channel, origin] of [
      ['push', ntfy.origin],
      ['ntfy', ntfy.origin],
      ['webhook', room.origin],
    ] as const) {
      const from = performance.now()
      await new Promise<void>((resolve, reject) => {
        const sending = request(origin, { method: 'POST', agent }, (answer) => {
          answer.resume()
          answer.on('end', resolve)
        })
        sending.on('error', reject)
        sending.end('{"text":"somebody"}')
      })
      fastest[channel]?.push(performance.now() - from)
    }
    const from = performance.now()
    await transport.sendMail({ from: 'a@example.org', to: 'b@example.org', subject: 'Test', text: 'Test' })
    fastest.mail?.push(performance.now() - from)
  }

  const reporters = callReporters()
  const load = (time: number) =>
    reporters.send({
      ...reports,
      port: Number(new URL(running.url).port),
      atOnce: connections,
      every,
      seconds: time,
    })
  await Promise.all([load(warmUp), alarm().then(bare)])
  for (const figures of [took, fastest]) for (const list of Object.values(figures)) list.length = 0
  const loading = load(seconds)
  const until = performance.now() + (seconds - 1) * 1000
  while (performance.now() < until) {
    await alarm()
    await bare()
    await wait(between + randomInt(between))
  }
  const { latencies, seconds: lasted } = await loading
  reporters.stop()
  transport.close()
  agent.destroy()
  await running.stop()
  for (const one of [post, push, ntfy, room]) await one.stop()
  return Object.entries(took).map(([channel, times]) => [
    name,
    channel,
    times.length,
    percentile(times, 0.5).toFixed(1),
    percentile(times, 0.99).toFixed(1),
    percentile(fastest[channel] ?? [], 0.5).toFixed(1),
    percentile(fastest[channel] ?? [], 0.99).toFixed(1),
    (latencies.length / lasted).toFixed(0),
  ])
}
