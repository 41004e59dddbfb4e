import { expect, test } from 'vitest'
import { BadSettings, readSettings } from './settings.ts'

/** What is said of settings that cannot be. */
function complaint(environment: Record<string, string>, args: string[] = []): string {
  try {
    readSettings(environment, args)
  } catch (error) {
    expect(error).toBeInstanceOf(BadSettings)
    return (error as BadSettings).message
  }
  throw new Error('They were taken.')
}

test('nothing needs to be set', () => {
  expect(readSettings({}, [])).toEqual({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: undefined,
    dataDir: './data',
    databaseUrl: undefined,
    serverKey: undefined,
    smtpUrl: undefined,
    folderIsRead: false,
    mailFrom: undefined,
    vapidSubject: undefined,
    reachPrivate: false,
    logLevel: 'info',
    trustProxy: false,
    metricsToken: undefined,
    testClock: false,
  })
})

test('an empty variable is none, and what is not ours is let be', () => {
  expect(readSettings({ PORT: '', PUBLIC_URL: '', TRUST_PROXY: '', HOME: '/root' }, [])).toEqual(
    readSettings({}, []),
  )
})

test('everything that can be set', () => {
  expect(
    readSettings(
      {
        PORT: '8080',
        HOST: '::1',
        PUBLIC_URL: 'https://help.example.org//',
        DATA_DIR: '/var/lib/bellwether',
        DATABASE_URL: 'postgres://bellwether:secret@db/bellwether',
        SERVER_KEY: 'a'.repeat(43),
        SMTP_URL: 'smtps://mail.example.org',
        MAIL_FROM: 'Help <help@example.org>',
        LOG_LEVEL: 'debug',
        TRUST_PROXY: 'true',
        METRICS_TOKEN: 'x'.repeat(16),
      },
      ['--test-clock'],
    ),
  ).toMatchObject({
    port: 8080,
    host: '::1',
    publicUrl: 'https://help.example.org',
    dataDir: '/var/lib/bellwether',
    databaseUrl: 'postgres://bellwether:secret@db/bellwether',
    smtpUrl: 'smtps://mail.example.org',
    trustProxy: true,
    testClock: true,
  })
})

test.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['PUBLIC_URL', 'help.example.org'],
  ['PUBLIC_URL', 'ftp://help.example.org'],
  ['DATABASE_URL', 'mysql://db/bellwether'],
  ['DATABASE_URL', './bellwether.db'],
  ['SMTP_URL', 'https://mail.example.org'],
  ['LOG_LEVEL', 'loud'],
  ['TRUST_PROXY', 'yes'],
  ['VAPID_SUBJECT', 'ops@example.org'],
  ['REACH_PRIVATE', 'maybe'],
  ['METRICS_TOKEN', 'short'],
])('%s=%s is refused with its name, on a line of its own', (name, value) => {
  expect(complaint({ [name]: value })).toMatch(new RegExp(`^${name}: \\S.*$`))
})

test('every mistake is told at once, and no secret with it', () => {
  const said = complaint({ PORT: 'x', DATABASE_URL: 'mysql://root:hunter2@db', METRICS_TOKEN: 'hunter2' })
  expect(said.split('\n')).toHaveLength(3)
  expect(said).not.toContain('hunter2')
})

test('an option there is not is refused by its name', () => {
  expect(complaint({}, ['--test-clok'])).toContain('--test-clok')
})

test('the test clock is for this machine alone', () => {
  for (const host of ['127.0.0.1', '::1', 'localhost'])
    expect(readSettings({ HOST: host }, ['--test-clock']).testClock).toBe(true)
  for (const host of ['0.0.0.0', '::', 'help.example.org', '10.0.0.1', '127.0.0.1.example.org'])
    expect(complaint({ HOST: host }, ['--test-clock'])).toContain('loopback')
})
