import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { loadServerKey } from '../casework/server-key.ts'
import { testClock } from '../clock.ts'
import { fingerprint, type SignedText } from '../sealing/directory.ts'
import { type Running, serve } from '../serve.ts'
import { readSettings, type Settings } from '../settings.ts'
import { openStore } from '../store/open.ts'
import { cli } from '../words/en/cli.ts'
import { plain } from '../words/plain.ts'
import { type Command, checkOptions, tell } from './command.ts'
import { community } from './demo/cast.ts'
import { type DemoCommunity, foundCommunity } from './demo/committee.ts'
import { callForHelp, holdMeetup } from './demo/meetup.ts'
import { type DemoCase, play } from './demo/play.ts'
import { told } from './demo/told.ts'

const days = 24 * 3_600_000

/** What there is to see in a demo, as `--json` prints it. */
export interface DemoFacts {
  readonly demo: true
  readonly url: string
  readonly addresses: Readonly<
    Record<'home' | 'danger' | 'report' | 'guide' | 'mailbox' | 'console' | 'api', string>
  >
  readonly community: {
    readonly id: string
    readonly shortName: string
    readonly name: string
    readonly fingerprint: string
    readonly recoveryKit: string
  }
  readonly members: readonly {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly passphrase: string
    readonly recoveryKit: string
    readonly standing: 'member' | 'organizer'
    readonly chair: boolean
    readonly duty: 'primary' | 'secondary' | null
  }[]
  readonly cases: readonly {
    readonly id: string
    readonly codeName: string
    readonly state: string
    readonly channel: string
    readonly about: string
    readonly receiptCode: string
  }[]
  /** Gone when the demo ends. */
  readonly dataDir: string
}

/**
 * Serves an invented community from a folder of its own until it is told to stop, and removes the folder. Never
 * touches a real store, and never sends mail: what it would send is written to the folder.
 */
export const demo: Command = async (options, environment) => {
  checkOptions('demo', options, ['--json'])
  const { port, host, publicUrl, trustProxy, logLevel } = readSettings(environment, [])
  // stdout belongs to what the demo prints.
  const log = pino({ level: environment.LOG_LEVEL ? logLevel : 'warn', base: null }, pino.destination(2))
  const dataDir = await mkdtemp(join(tmpdir(), 'bellwether-demo-'))
  process.on('exit', () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 }))
  const stopping = new AbortController()
  const stopped = once(stopping.signal, 'abort')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  const settings: Settings = {
    ...{ port, host, publicUrl, trustProxy, logLevel, dataDir },
    databaseUrl: undefined,
    serverKey: undefined,
    smtpUrl: undefined,
    folderIsRead: true,
    mailFrom: undefined,
    vapidSubject: undefined,
    reachPrivate: false,
    metricsToken: undefined,
    testClock: false,
  }
  const made = await prepared(settings, log, stopping.signal)
  if (!made) return 0
  const running = await serve(settings, log)
  const facts = await factsOf(running, made, settings)
  if (options.includes('--json')) tell(JSON.stringify(facts))
  else tellDemo(facts)
  await stopped
  await running.stop()
  return 0
}

interface Made {
  readonly demo: DemoCommunity
  readonly cases: readonly DemoCase[]
}

/**
 * Founds the community three weeks ago and plays what happened since, before anybody can look.
 *
 * @returns null where it was told to stop meanwhile.
 */
async function prepared({ dataDir }: Settings, log: pino.Logger, signal: AbortSignal): Promise<Made | null> {
  const clock = testClock()
  const now = clock.now()
  const store = await openStore(undefined, dataDir)
  try {
    const stage = { store, clock, serverKey: await loadServerKey(undefined, dataDir), hasMail: true }
    clock.set(now - 21 * days)
    const demo = await foundCommunity(stage)
    await holdMeetup(stage, demo, now)
    const cases = await play(stage, demo, told, callForHelp(demo), now, log, signal)
    return cases && { demo, cases }
  } finally {
    await store.close()
  }
}

async function factsOf(
  { office, url: own }: Running,
  { demo, cases }: Made,
  { publicUrl, dataDir }: Settings,
): Promise<DemoFacts> {
  const url = publicUrl ?? own
  const rows = await office.store.db
    .selectFrom('incident')
    .select(['id', 'code_name', 'state', 'channel'])
    .execute()
  const inside = `${url}/${community.shortName}`
  return {
    demo: true,
    url,
    addresses: {
      home: inside,
      danger: `${inside}/danger`,
      report: `${inside}/report`,
      guide: `${inside}/guide`,
      mailbox: `${inside}/mailbox`,
      console: `${url}/console`,
      api: `${url}/docs/api`,
    },
    community: {
      id: demo.id,
      shortName: community.shortName,
      name: community.name,
      fingerprint: fingerprint(demo.entries[0] as SignedText),
      recoveryKit: demo.recoveryKit,
    },
    members: demo.members.map(({ id, name, email, passphrase, recoveryKit, standing, duty }, index) => ({
      ...{ id, name, email, passphrase, recoveryKit, standing, duty },
      chair: index === 0,
    })),
    cases: cases.map(({ id, about, code }) => {
      const row = rows.find((one) => one.id === id)
      return {
        id,
        codeName: row?.code_name ?? '',
        state: row?.state ?? '',
        channel: row?.channel ?? '',
        about,
        receiptCode: code,
      }
    }),
    dataDir,
  }
}

function tellDemo({ community: { name, recoveryKit }, addresses, members, cases, dataDir }: DemoFacts): void {
  tell(plain(cli, 'demo.title', { name }))
  tell(plain(cli, 'demo.addresses', addresses))
  tell(cli['demo.members'])
  for (const { name: who, email, passphrase, standing, chair, duty } of members) {
    const is = [
      duty && cli[`demo.${duty}`],
      chair && cli['demo.chair'],
      standing === 'organizer' && cli['demo.organizer'],
    ]
    const parts = is.filter((part) => typeof part === 'string').join(', ')
    tell(`  ${who.padEnd(4)} ${email.padEnd(16)} ${passphrase}${parts ? ` (${parts})` : ''}`)
  }
  tell(cli['demo.kits'])
  for (const { name: who, recoveryKit: kit } of members) tell(`  ${who.padEnd(4)} ${kit}`)
  tell(plain(cli, 'demo.recovery', { recoveryKit }))
  tell(cli['demo.cases'])
  for (const { codeName, about, receiptCode } of cases) tell(`  ${codeName}: ${about}\n    ${receiptCode}`)
  tell(plain(cli, 'demo.mail', { folder: join(dataDir, 'mail') }))
}
