import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { foundCommunity, type TestCommunity } from '../../test/support/community.ts'
import { storeKinds } from '../../test/support/office.ts'
import { freshDatabase } from '../../test/support/postgres.ts'
import { reportFiler } from '../casework/file-report.ts'
import { sealReport } from '../casework/seal-report.ts'
import { serverKey } from '../casework/server-key.ts'
import { systemClock } from '../clock.ts'
import { recipientOf } from '../sealing/identity.ts'
import { communityRecoveryIdentity } from '../sealing/unlocker.ts'
import { drawWords } from '../sealing/words.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'

const program = fileURLToPath(new URL('main.ts', import.meta.url))
const kit = 'marble outing squad finch lantern plural ivory desk amber kite'

describe.each(storeKinds)('on %s', (kind) => {
  let folder: string
  let store: Store
  let community: TestCommunity
  let environment: NodeJS.ProcessEnv
  let drop: () => Promise<void>

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bellwether-recover-'))
    const database = kind === 'postgres' ? await freshDatabase() : null
    store = await openStore(database?.url, folder)
    const office = { store, clock: systemClock, serverKey: serverKey(randomBytes(32)), hasMail: true }
    community = await foundCommunity(office, { recoveryIdentity: communityRecoveryIdentity(kit) })
    environment = { DATA_DIR: folder, ...(database && { DATABASE_URL: database.url }) }
    drop = async () => {
      await store.close()
      await database?.drop()
      await rm(folder, { recursive: true, force: true })
    }
    const everybody = Object.values(community.people).map(({ id }) => id)
    await sealReport(
      office,
      reportFiler(office),
      {
        community: community.shortName,
        code: drawWords(8).join(' '),
        report: { narrative: 'All of them were there.', involved: everybody },
        notice: null,
        language: 'en',
      },
      files(),
    )
  })
  afterEach(() => drop())

  async function* files() {
    yield { name: '../corridor.jpg', type: 'image/jpeg', bytes: new Blob(['a picture']).stream() }
  }

  async function recover(words: string, into: string) {
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', program, 'recover', into],
      {
        env: { PATH: process.env.PATH, ...environment },
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    )
    child.stdin.end(words)
    const [code, out, err] = await Promise.all([
      new Promise<number | null>((resolve) => child.on('close', resolve)),
      text(child.stdout),
      text(child.stderr),
    ])
    return { code, out, err }
  }

  test('J4: the printed kit opens what nobody on the committee may open, evidence too, and the log says so (N3)', async () => {
    const into = join(folder, 'recovered')
    expect(await recover(kit.toUpperCase().replaceAll(' ', '-'), into)).toMatchObject({ code: 0, err: '' })
    const [name] = await readdir(into)
    const inside = join(into, name as string)
    expect((await readdir(inside)).sort()).toEqual(['1-corridor.jpg', 'case.json'])
    expect(await readFile(join(inside, '1-corridor.jpg'), 'utf8')).toBe('a picture')
    const { records } = JSON.parse(await readFile(join(inside, 'case.json'), 'utf8'))
    expect(records[0]).toMatchObject({
      doubts: [],
      record: { body: { narrative: 'All of them were there.' } },
    })
    expect((await stat(into)).mode & 0o077).toBe(0)
    const log = await store.db
      .selectFrom('log')
      .select(['actor', 'deed'])
      .where('actor', '=', 'recovery-kit')
      .execute()
    expect(log).toEqual([{ actor: 'recovery-kit', deed: 'opened' }])
  })

  test('another kit, a folder that is there already, or no folder is told in one sentence, and nothing is written', async () => {
    const other = await recover('ten other words', join(folder, 'none'))
    expect(other).toMatchObject({ code: 2, out: '' })
    expect(other.err).toMatch(/not the recovery kit of a community here/)
    expect((await recover(kit, folder)).err).toMatch(/exists already/)
    expect((await recover(kit, '--all')).err).toMatch(/Name one folder/)
    expect(await recipientOf(communityRecoveryIdentity(kit))).toBe(community.recoveryRecipient)
  })
})
