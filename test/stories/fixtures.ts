import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from '@playwright/test'
import type { StoryOptions } from '../../playwright.config.ts'
import { serverKey } from '../../src/casework/server-key.ts'
import { chipyPlaybook, type Playbook } from '../../src/procedure/playbook.ts'
import { openStore } from '../../src/store/open.ts'
import { openSqlite } from '../../src/store/sqlite.ts'
import { en } from '../../src/words/en/index.ts'
import { say } from '../../src/words/format.ts'
import { foundCommunity, type TestCommunity } from '../support/community.ts'
import { putRows, type Rows, takeRows } from '../support/copy-rows.ts'
import { openPostOffice, type PostOffice } from '../support/post-office.ts'
import { freshDatabase } from '../support/postgres.ts'
import { type ServerProcess, startServer } from '../support/server.ts'
import { giveWaysIn, type WaysIn } from '../support/ways-in.ts'

/** When every story begins, unless it says otherwise: Thursday 28 October 2027, 18:30 in Chicago. */
export const beginning = '2027-10-28T18:30:00-05:00'

/** The people of the stories. The first two are on call, the first is chair. */
const members = ['Pat', 'Sam', 'Mei', 'Raj', 'Uma', 'Tia', 'Gus', 'Hal', 'Eli', 'Fay']
const organizers = ['Olu']

const playbook: Playbook = {
  ...chipyPlaybook,
  phones: { ...chipyPlaybook.phones, security: '312-555-0142', committee: '312-555-0161' },
  venue: { name: 'Lakeside Hall', address: ['1200 N Example Ave', 'north entrance'] },
}

interface Founded {
  readonly community: TestCommunity
  readonly ways: Readonly<Record<string, WaysIn>>
  readonly rows: Rows
}

/** A server with its surroundings: folder, database, mail. */
export interface Place {
  readonly origin: string
  /** The page of the seeded community. */
  readonly home: string
  readonly mail: PostOffice
  readonly dataDir: string
  readonly process: ServerProcess
  /** The link that a server without a community prints. */
  readonly setUpLink: string
}

/** A browser of its own. */
export interface Device {
  readonly context: BrowserContext
  readonly page: Page
}

interface Clock {
  /** Moves the server's clock and those of all browsers; resolves when everything due has happened. */
  set(instant: string): Promise<void>
}

interface Told {
  /** What a test provokes on purpose: it is no failure that a console says so. */
  allow(pattern: RegExp): void
}

interface Contexts {
  readonly open: BrowserContext[]
  instant: string
  readonly allowed: RegExp[]
  readonly mishaps: string[]
}

interface Fixtures extends StoryOptions {
  /** Whether the community of the stories is there from the start. */
  readonly isSeeded: boolean
  /** Whether a mail server is set. */
  readonly hasMail: boolean
  readonly server: Place
  readonly community: TestCommunity
  readonly ways: Readonly<Record<string, WaysIn>>
  readonly clock: Clock
  readonly console: Told
  /** All browsers of a test, and what their consoles said. */
  readonly contexts: Contexts
  /** Opens a browser of its own. */
  readonly device: (options?: BrowserContextOptions) => Promise<Device>
  /** A phone, 360 × 740. */
  readonly phone: (options?: BrowserContextOptions) => Promise<Device>
  /** Somebody signed in to the console with their passphrase, in a browser of their own. */
  readonly asMember: (name: string, options?: BrowserContextOptions) => Promise<Page>
}

/** A sentence of the product, by its key, so that a story finds what a person would read. */
export const w = (key: keyof typeof en, values?: Readonly<Record<string, string | number | Date>>): string =>
  say(en, key, values)

/** What a browser says when the console asks who is signed in and nobody is. */
const whoIsThere = /status of 401 .*\/api\/v1\/session$/

/** What a browser says when it wants to look for a newer service worker and is cut off, or closed, just then. */
const noNewerWorker = /error occurred when fetching the script/

/** The address with which somebody of the stories signs in. */
export const emailOf = (name: string): string => `${name.toLowerCase()}@example.org`

export const test = base.extend<Fixtures, { founded: Founded }>({
  // Making the members' keys takes longer than everything else: once for each worker.
  founded: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names from the pattern.
    async ({}, use) => {
      const store = await openSqlite(':memory:')
      const now = Date.parse('2027-10-01T12:00:00-05:00')
      const office = { store, clock: { now: () => now }, serverKey: serverKey(new Uint8Array(32)) }
      const community = await foundCommunity(office, { members, organizers, playbook })
      const ways = await giveWaysIn(office, community)
      const rows = await takeRows(store)
      await store.close()
      await use({ community, ways, rows })
    },
    { scope: 'worker' },
  ],

  storeKind: ['sqlite', { option: true }],
  isSeeded: [true, { option: true }],
  hasMail: [true, { option: true }],
  community: ({ founded }, use) => use(founded.community),
  ways: ({ founded }, use) => use(founded.ways),

  server: async ({ founded, isSeeded, hasMail, storeKind }, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'bellwether-story-'))
    const database = storeKind === 'postgres' ? await freshDatabase() : null
    const mail = await openPostOffice()
    if (isSeeded) {
      const store = await openStore(database?.url, dataDir)
      await putRows(store, founded.rows)
      await store.close()
    }
    const server = await startServer(
      {
        DATA_DIR: dataDir,
        DATABASE_URL: database?.url,
        SMTP_URL: hasMail ? mail.url : undefined,
        LOG_LEVEL: 'trace',
        // What they are to call is on this machine.
        REACH_PRIVATE: 'true',
      },
      [],
      ['--test-clock'],
    )
    const origin = `http://localhost:${server.port}`
    await moveClock(origin, beginning)
    await use({
      origin,
      home: `${origin}/${founded.community.shortName}`,
      mail,
      dataDir,
      process: server,
      get setUpLink() {
        const link = /http\S+\/setup#\S+/.exec(server.printed())?.[0]
        if (!link) throw new Error(`No set-up link was printed: ${server.printed()}`)
        return link
      },
    })
    await server.stop()
    await mail.stop()
    await database?.drop()
    await rm(dataDir, { recursive: true, force: true })
    expect(server.printed(), 'the server logs no error').not.toMatch(/"level":[56]0/)
  },

  clock: async ({ server, contexts }, use) => {
    await use({
      async set(instant) {
        await moveClock(server.origin, instant)
        contexts.instant = instant
        for (const context of contexts.open) await context.clock.setFixedTime(instant)
      },
    })
  },

  console: async ({ contexts }, use) => {
    await use({ allow: (pattern) => void contexts.allowed.push(pattern) })
  },

  // After the server, so that browsers close first.
  contexts: async ({ server: _ }, use) => {
    const allowed = [whoIsThere, noNewerWorker]
    const contexts: Contexts = { open: [], instant: beginning, allowed, mishaps: [] }
    await use(contexts)
    for (const context of contexts.open) await context.close()
    const unexpected = contexts.mishaps.filter(
      (told) => !contexts.allowed.some((allowed) => allowed.test(told)),
    )
    expect(unexpected, 'no error in any console, no request to anybody else').toEqual([])
  },

  device: async ({ browser, server, contexts }, use) => {
    await use(async (options = {}) => {
      const context = await browser.newContext({
        baseURL: server.origin,
        locale: 'en-US',
        timezoneId: 'America/Chicago',
        ...options,
      })
      contexts.open.push(context)
      await context.clock.setFixedTime(contexts.instant)
      context.on('weberror', (error) => contexts.mishaps.push(`page error: ${error.error().message}`))
      context.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning')
          contexts.mishaps.push(`console ${message.type()}: ${message.text()} ${message.location().url}`)
      })
      context.on('request', (request) => {
        if (!request.url().startsWith(server.origin) && !/^(blob|data):/.test(request.url()))
          contexts.mishaps.push(`request: ${request.url()}`)
      })
      return { context, page: await context.newPage() }
    })
  },

  phone: async ({ device }, use) => {
    await use((options = {}) =>
      device({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, ...options }),
    )
  },

  asMember: async ({ device, ways }, use) => {
    await use(async (name, options = {}) => {
      const { page } = await device(options)
      await page.goto('/console')
      await signIn(page, emailOf(name), (ways[name] as WaysIn).passphrase)
      return page
    })
  },
})

async function moveClock(origin: string, instant: string): Promise<void> {
  const answer = await fetch(`${origin}/api/v1/test/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ now: instant }),
  })
  if (!answer.ok) throw new Error(`The clock does not move: ${answer.status} ${await answer.text()}`)
}

/** Signs in with a passphrase, on the page that asks for it, and waits until the console is there. */
export async function signIn(page: Page, email: string, passphrase: string): Promise<void> {
  await fillSignIn(page, email, passphrase)
  await expect(page.getByRole('button', { name: w('account.lock') })).toBeVisible()
}

/** Signs in with a passphrase, whatever page that leads to. */
export async function fillSignIn(page: Page, email: string, passphrase: string): Promise<void> {
  const trigger = page.getByRole('button', { name: w('sign-in.passphrase'), exact: true })
  await trigger.click()
  await page.getByLabel(w('sign-in.email'), { exact: true }).fill(email)
  await page.getByLabel(w('passphrase.label'), { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: w('sign-in.submit'), exact: true }).click()
}

/** Unlocks the keys of somebody whose session goes on, on the page that asks for it. */
export async function unlock(page: Page, passphrase: string): Promise<void> {
  await page.getByRole('button', { name: w('sign-in.passphrase'), exact: true }).click()
  await page.getByLabel(w('passphrase.label'), { exact: true }).fill(passphrase)
  await page.getByRole('button', { name: w('unlock.submit'), exact: true }).click()
  await expect(page.getByRole('button', { name: w('account.lock') })).toBeVisible()
}

export type { StoryOptions }
export { expect }
