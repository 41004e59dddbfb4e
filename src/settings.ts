import { z } from 'zod'

const url = (protocols: readonly string[], what: string) =>
  z.url({ protocol: new RegExp(`^(${protocols.join('|')})$`), error: `must be ${what}` }).optional()

const Environment = z.object({
  PORT: z.coerce.number({ error: 'must be a number' }).int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: url(['https?'], 'an http(s) address, for example https://help.example.org'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: url(
    ['postgres', 'postgresql'],
    'a postgres:// address (leave it out for the embedded store)',
  ),
  SERVER_KEY: z.string().optional(),
  SMTP_URL: url(['smtps?'], 'an smtp:// or smtps:// address'),
  MAIL_FROM: z.string().min(3).optional(),
  VAPID_SUBJECT: url(['mailto', 'https'], 'a mailto: or https:// address by which push services reach you'),
  REACH_PRIVATE: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  TRUST_PROXY: z.enum(['true', 'false'], { error: 'must be true or false' }).default('false'),
  METRICS_TOKEN: z.string().min(16, { error: 'must be at least 16 characters' }).optional(),
})

/** What the environment says, checked. */
export interface Settings {
  readonly port: number
  readonly host: string
  /** Origin of every link we make, without a slash at its end. */
  readonly publicUrl: string | undefined
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly serverKey: string | undefined
  readonly smtpUrl: string | undefined
  /** Somebody reads the letters that are written to the folder: whoever tries the demo. */
  readonly folderIsRead: boolean
  readonly mailFrom: string | undefined
  readonly vapidSubject: string | undefined
  /** Whether push, ntfy and webhooks may go to addresses of the operator's own network. */
  readonly reachPrivate: boolean
  readonly logLevel: string
  readonly trustProxy: boolean
  readonly metricsToken: string | undefined
  readonly testClock: boolean
}

/** The environment or the command line holds something that cannot be; `message` names every mistake. */
export class BadSettings extends Error {
  override name = 'BadSettings'
}

const loopback = new Set(['127.0.0.1', '::1', 'localhost'])

/**
 * Reads and checks the settings.
 *
 * @param environment - `process.env`; empty variables count as missing.
 * @param args - the command line after the program's name.
 * @throws {BadSettings} naming each variable that is wrong and what it must be.
 */
export function readSettings(environment: NodeJS.ProcessEnv, args: readonly string[]): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const read = Environment.safeParse(given)
  if (!read.success)
    throw new BadSettings(
      read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'),
    )
  const unknown = args.find((arg) => arg !== '--test-clock')
  if (unknown !== undefined)
    throw new BadSettings(`${unknown}: there is no such option. The only one is --test-clock.`)
  const testClock = args.includes('--test-clock')
  const { data } = read
  if (testClock && !loopback.has(data.HOST))
    throw new BadSettings(
      '--test-clock lets anybody move the time, so it needs HOST to be a loopback address.',
    )
  return {
    port: data.PORT,
    host: data.HOST,
    publicUrl: data.PUBLIC_URL?.replace(/\/+$/, ''),
    dataDir: data.DATA_DIR,
    databaseUrl: data.DATABASE_URL,
    serverKey: data.SERVER_KEY,
    smtpUrl: data.SMTP_URL,
    folderIsRead: false,
    mailFrom: data.MAIL_FROM,
    vapidSubject: data.VAPID_SUBJECT,
    reachPrivate: data.REACH_PRIVATE === 'true',
    logLevel: data.LOG_LEVEL,
    trustProxy: data.TRUST_PROXY === 'true',
    metricsToken: data.METRICS_TOKEN,
    testClock,
  }
}
