import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { foundCommunity, type TestCommunity } from '../../test/support/community.ts'
import { type StoreKind, storeKinds } from '../../test/support/office.ts'
import { freshDatabase } from '../../test/support/postgres.ts'
import { serverKey } from '../casework/server-key.ts'
import { systemClock } from '../clock.ts'
import { tokenHash } from '../sealing/receipt.ts'
import { appendLog } from '../store/log.ts'
import { openStore } from '../store/open.ts'
import { setupTokenIsGood } from '../store/setup-tokens.ts'
import type { Store } from '../store/store.ts'

const program = fileURLToPath(new URL('main.ts', import.meta.url))

/** Runs the command line as somebody at a terminal does. */
async function run(environment: NodeJS.ProcessEnv, ...args: string[]) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    env: { PATH: process.env.PATH, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [code, out, err] = await Promise.all([
    new Promise<number | null>((resolve) => child.on('close', resolve)),
    text(child.stdout),
    text(child.stderr),
  ])
  return { code, out, err }
}

interface Place {
  readonly store: Store
  readonly environment: NodeJS.ProcessEnv
  readonly community: TestCommunity
  drop(): Promise<void>
}

/** A store as a server left it, with one community and a few deeds in its log. */
async function place(kind: StoreKind): Promise<Place> {
  const dataDir = await mkdtemp(join(tmpdir(), 'bellwether-cli-'))
  const database = kind === 'postgres' ? await freshDatabase() : null
  const store = await openStore(database?.url, dataDir)
  const office = { store, clock: systemClock, serverKey: serverKey(randomBytes(32)), hasMail: true }
  const community = await foundCommunity(office)
  await store.write((tx) =>
    appendLog(
      tx,
      ['one', 'two', 'three'].map((deed) => ({
        community: community.id,
        at: 1,
        case: null,
        actor: 'server',
        deed,
      })),
    ),
  )
  return {
    store,
    community,
    environment: { DATA_DIR: dataDir, DATABASE_URL: database?.url },
    drop: async () => {
      await store.close()
      await database?.drop()
      await rm(dataDir, { recursive: true })
    },
  }
}

test('help is printed when asked for, and beside a command that does not exist', async () => {
  const asked = await run({}, 'help')
  expect(asked).toMatchObject({ code: 0, err: '' })
  for (const command of ['demo', 'set-up', 'verify']) expect(asked.out).toContain(`  ${command}`)
  for (const name of ['restart', 'constructor']) {
    const unknown = await run({}, name)
    expect(unknown).toMatchObject({ code: 2, out: '' })
    expect(unknown.err).toContain(`“${name}”`)
    expect(unknown.err).toContain(asked.out)
  }
})

test('a mistake is told in one line, and makes nothing', async () => {
  const dataDir = join(tmpdir(), `bellwether-none-${process.pid}`)
  const wrong = [
    [{ DATA_DIR: dataDir }, ['verify'], 'bellwether.db'],
    [{ DATA_DIR: dataDir }, ['set-up'], 'bellwether.db'],
    [{ DATABASE_URL: 'postgres://127.0.0.1:1/none' }, ['verify'], 'cannot be opened'],
    [{ PORT: 'high' }, ['verify'], 'PORT'],
    [{}, ['verify', '--fast'], '--fast'],
    [{}, ['demo', '--jsn'], '--jsn'],
  ] as const
  for (const [environment, args, reason] of wrong) {
    const { code, out, err } = await run(environment, ...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(reason)
    expect(err.trim().split('\n')).toHaveLength(1)
  }
  await expect(rm(dataDir, { recursive: true })).rejects.toThrow('ENOENT')
})

describe.each(storeKinds)('on %s', (kind) => {
  let here: Place
  beforeEach(async () => {
    here = await place(kind)
  })
  afterEach(() => here.drop())

  test('set-up prints a link that works although a community exists, and the one before it stops', async () => {
    const links = [await run(here.environment, 'set-up'), await run(here.environment, 'set-up')]
    const tokens = links.map(({ out }) => /\/setup#([\w-]{43})$/.exec(out.trim())?.[1] ?? '')
    expect(links.map(({ code }) => code)).toEqual([0, 0])
    const good = tokens.map((token) => setupTokenIsGood(here.store.db, tokenHash(token)))
    expect(await Promise.all(good)).toEqual([false, true])
  })

  test('the link leads to PUBLIC_URL where that is set, and to this machine otherwise', async () => {
    const there = await run({ ...here.environment, PUBLIC_URL: 'https://help.example.org/' }, 'set-up')
    expect(there.out).toContain(' https://help.example.org/setup#')
    const near = await run({ ...here.environment, PORT: '3999' }, 'set-up')
    expect(near.out).toContain(' http://localhost:3999/setup#')
  })

  test('N3: verify proves the log and the directory, while the server has the store open', async () => {
    const { code, out, err } = await run(here.environment, 'verify')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(
      /^chipy: the log holds: 3 entries, head [0-9a-f]{64}\nchipy: the key directory holds: 4 entries/,
    )
  })

  test.each([
    ['changed', { deed: 'nothing' }, 2],
    ['backdated', { at: 0 }, 2],
    ['ascribed to another', { actor: 'somebody' }, 3],
  ])('N3: verify finds an entry that was %s', async (_, change, seq) => {
    await here.store.write((tx) => tx.updateTable('log').set(change).where('seq', '=', seq).execute())
    const { code, out } = await run(here.environment, 'verify')
    expect(code).toBe(1)
    expect(out).toContain(`chipy: THE LOG DOES NOT HOLD: entry ${seq}`)
  })

  test('N3: verify finds an entry that was taken out, also the last', async () => {
    await here.store.write((tx) => tx.deleteFrom('log').where('seq', '=', 3).execute())
    const { code, out } = await run(here.environment, 'verify')
    expect(code).toBe(1)
    expect(out).toContain('entry 3 is missing')
  })

  test('verify finds a key that nobody vouched for', async () => {
    const [first] = here.community.entries
    await here.store.write((tx) =>
      tx
        .updateTable('directory_entry')
        .set({ text: first?.text.replace(/"at":\d+/, '"at":1') ?? '' })
        .where('seq', '=', 0)
        .execute(),
    )
    const { code, out } = await run(here.environment, 'verify')
    expect(code).toBe(1)
    expect(out).toContain('chipy: the log holds')
    expect(out).toContain('chipy: THE KEY DIRECTORY DOES NOT HOLD: Entry 1')
  })
})
