import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkMessageBody } from '../procedure/records.ts'
import { checkReportBody } from '../procedure/report.ts'
import { type Directory, verifyDirectory } from '../sealing/directory.ts'
import { openFile } from '../sealing/evidence.ts'
import { openGrant } from '../sealing/grant.ts'
import { openKeyring, publicKeysOf } from '../sealing/keyring.ts'
import { receiptOf, tokenHash } from '../sealing/receipt.ts'
import { readTimeline } from '../sealing/timeline.ts'
import { communityRecoveryIdentity, type PassphraseCost, recoveryUnlocker } from '../sealing/unlocker.ts'
import { directoryEntries } from '../store/communities.ts'
import { openStore } from '../store/open.ts'
import { recordsOf } from '../store/records.ts'
import type { Store } from '../store/store.ts'
import { publicPages } from '../words/en/public.ts'
import { stretched } from './demo/stretched.ts'
import type { DemoFacts } from './demo.ts'

const program = fileURLToPath(new URL('main.ts', import.meta.url))

let child: ChildProcess
let facts: DemoFacts
let store: Store
let directory: Directory
const printed: string[] = []

beforeAll(async () => {
  child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, 'demo', '--json'], {
    // What a real server would use must not reach a demo.
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      DATABASE_URL: 'postgres://127.0.0.1:1/real',
      DATA_DIR: '/nonexistent/real',
      SMTP_URL: 'smtp://127.0.0.1:1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  lines.on('line', (line) => printed.push(line))
  await Promise.race([once(lines, 'line'), once(child, 'exit')])
  facts = JSON.parse(printed[0] as string)
  store = await openStore(undefined, facts.dataDir)
  directory = verifyDirectory(facts.community.id, await directoryEntries(store.db, facts.community.id))
})

afterAll(async () => {
  await store?.close()
  if (child.exitCode === null) child.kill('SIGKILL')
})

const caseThat = (about: string) => {
  const found = facts.cases.find((one) => one.about.includes(about))
  if (!found) throw new Error(`No case of the demo is ${about}.`)
  return found
}

/** The identity that a grant of a case holds, opened by whoever has an identity. */
async function granted(caseId: string, to: string, identity: string): Promise<string> {
  const { sealed } = await store.db
    .selectFrom('grant_')
    .select('sealed')
    .where('case_id', '=', caseId)
    .where('member_id', '=', to)
    .executeTakeFirstOrThrow()
  const { recipient } = await store.db
    .selectFrom('epoch')
    .select('recipient')
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow()
  return (await openGrant(new Uint8Array(sealed), identity, { case: caseId, epoch: 1, recipient })).identity
}

async function keyringOf({ email, passphrase }: DemoFacts['members'][number]) {
  const unlocker = await store.db
    .selectFrom('unlocker')
    .innerJoin('account', 'account.id', 'unlocker.account_id')
    .select(['unlocker.cost', 'unlocker.token_hash', 'unlocker.sealed_keyring'])
    .where('account.email', '=', email)
    .where('unlocker.kind', '=', 'passphrase')
    .executeTakeFirstOrThrow()
  const { identity, token } = await stretched(
    passphrase,
    JSON.parse(unlocker.cost as string) as PassphraseCost,
  )
  expect(tokenHash(token)).toBe(unlocker.token_hash)
  return openKeyring(new Uint8Array(unlocker.sealed_keyring as Uint8Array), identity)
}

async function timeline(caseId: string, identity: string, which: 'all' | 'shared') {
  const records = await recordsOf(store.db, caseId, which)
  return readTimeline(
    records.map(({ id, epoch, sealed }) => ({ id, epoch, sealed: new Uint8Array(sealed) })),
    {
      community: facts.community.id,
      case: caseId,
      identityOf: () => identity,
      memberKeys: (member) => directory.members.get(member)?.verifyKeys ?? [],
      reporterKey: null,
      chain: which === 'all' ? 'after' : 'afterShared',
    },
  )
}

test('the public pages are there, and say that it is a demo', async () => {
  const home = await fetch(facts.addresses.home)
  expect(home.status).toBe(200)
  expect(await home.text()).toContain(publicPages['page.demo'])
  const listed = await fetch(`${facts.url}/api/v1/communities/${facts.community.shortName}`)
  expect(await listed.json()).toMatchObject({ demo: true, fingerprint: facts.community.fingerprint })
})

test('every member opens their keys with the passphrase, and with the kit', async () => {
  expect(facts.members.map(({ name }) => name)).toEqual(['Pat', 'Sam', 'Mei', 'Raj', 'Uma', 'Gus', 'Ola'])
  for (const member of facts.members) {
    const keyring = await keyringOf(member)
    expect(await publicKeysOf(keyring)).toMatchObject({
      recipient: directory.members.get(member.id)?.recipient,
      verifyKey: directory.members.get(member.id)?.verifyKey,
    })
    const kit = await store.db
      .selectFrom('unlocker')
      .select('sealed_keyring')
      .where('token_hash', '=', tokenHash(recoveryUnlocker(member.recoveryKit).token))
      .executeTakeFirstOrThrow()
    const { identity } = recoveryUnlocker(member.recoveryKit)
    expect(await openKeyring(new Uint8Array(kit.sealed_keyring as Uint8Array), identity)).toEqual(keyring)
  }
})

test('a dozen cases stand in every state that can be reached, over both ways in', async () => {
  expect(facts.cases.length).toBeGreaterThanOrEqual(12)
  const all = (key: 'state' | 'channel') => [...new Set(facts.cases.map((one) => one[key]))].sort()
  expect(all('state')).toEqual(['acknowledged', 'committee', 'new', 'on-file'])
  expect(all('channel')).toEqual(['web', 'web-plain'])
  const pat = await keyringOf(facts.members[0] as DemoFacts['members'][number])
  for (const { id, about } of facts.cases) {
    if (about.includes('everybody on the committee')) continue
    const identity = await granted(id, facts.members[0]?.id as string, pat.identity)
    const entries = await timeline(id, identity, 'all')
    expect(entries.flatMap(({ doubts }) => doubts)).toEqual([])
    checkReportBody(entries[0]?.record?.body)
    for (const { record } of entries) if (record?.kind === 'message') checkMessageBody(record.body)
  }
})

test('each receipt code leads to its case, and opens what the reporter may read', async () => {
  for (const { id, receiptCode } of facts.cases) {
    const { lookup, token, identity } = await receiptOf(receiptCode)
    const box = await fetch(`${facts.url}/api/v1/mailbox`, {
      headers: { authorization: `Receipt ${lookup}.${token}` },
    })
    expect(await box.json()).toMatchObject({ case: id })
    const entries = await timeline(id, identity, 'shared')
    expect(entries.flatMap(({ doubts }) => doubts)).toEqual([])
  }
})

test('K1: Gus was granted nothing of the case about him, and it is in no list of his', async () => {
  const gus = facts.members.find(({ name }) => name === 'Gus')?.id as string
  const { id } = caseThat('Gus sees no trace')
  for (const table of ['grant_', 'reader'] as const) {
    const rows = await store.db.selectFrom(table).select('member_id').where('case_id', '=', id).execute()
    expect(rows.length).toBeGreaterThan(3)
    expect(rows.map(({ member_id }) => member_id)).not.toContain(gus)
  }
})

test('where everybody is involved, the recovery kit of the community alone opens it', async () => {
  const { id } = caseThat('everybody on the committee')
  const grants = await store.db.selectFrom('grant_').select('member_id').where('case_id', '=', id).execute()
  expect(grants).toEqual([{ member_id: 'recovery' }])
  const identity = await granted(id, 'recovery', communityRecoveryIdentity(facts.community.recoveryKit))
  const [report] = await timeline(id, identity, 'all')
  expect(report?.doubts).toEqual([])
})

test('the evidence opens as what it says it is', async () => {
  const { id } = caseThat('two files')
  const { identity } = await receiptOf(caseThat('two files').receiptCode)
  const [report] = await timeline(id, identity, 'shared')
  const { evidence = [] } = checkReportBody(report?.record?.body)
  expect(evidence.map(({ name }) => name)).toEqual(['messages.png', 'times.txt'])
  for (const file of evidence) {
    const parts = await store.db
      .selectFrom('upload_part')
      .select('bytes')
      .where('upload_id', '=', file.upload)
      .orderBy('part')
      .execute()
    const sealed = new Blob(parts.map(({ bytes }) => new Uint8Array(bytes))).stream()
    const plain = await openFile(sealed, identity, file)
    if (file.type === 'image/png') expect(Buffer.from(plain).toString('latin1', 1, 4)).toBe('PNG')
  }
})

test('mail goes to a folder and never out', async () => {
  await expect.poll(async () => (await readdir(join(facts.dataDir, 'mail'))).length).toBeGreaterThan(10)
  const failed = await store.db
    .selectFrom('outbox')
    .select('failure')
    .where('failure', 'is not', null)
    .execute()
  expect(failed).toEqual([])
})

test('there is an event with its own numbers, and a call for help that was answered (A1, D)', async () => {
  const page = await (await fetch(`${facts.addresses.danger}?at=meetup`)).text()
  expect(page).toContain('Prairie meetup')
  const [alert] = await store.db.selectFrom('alert').selectAll().execute()
  expect(alert).toMatchObject({ close_reason: 'helped', no_report: 'not-wanted' })
  expect(alert?.taken_by).toBe(facts.members.find(({ name }) => name === 'Sam')?.id)
})

test('Ctrl-C ends it, and nothing of it is left', async () => {
  await store.close()
  const ended = once(child, 'exit')
  child.kill('SIGINT')
  expect(await ended).toEqual([0, null])
  expect(existsSync(facts.dataDir)).toBe(false)
  expect(printed).toHaveLength(1)
})

test('so it does before it is ready', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bellwether-early-'))
  const early = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, 'demo'], {
    env: { PATH: process.env.PATH, PORT: '0', TMPDIR: folder },
    stdio: 'ignore',
  })
  const ended = once(early, 'exit')
  const files = async () => (await readdir(folder, { recursive: true })).map((path) => basename(path))
  await expect.poll(files, { timeout: 30_000 }).toContain('bellwether.db')
  early.kill('SIGINT')
  expect(await ended).toEqual([0, null])
  expect(await files()).toEqual([])
  await rm(folder, { recursive: true })
})
