import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { open } from '../../src/sealing/envelope.ts'
import { identityOf } from '../../src/sealing/identity.ts'
import { recoveryUnlocker } from '../../src/sealing/unlocker.ts'
import type { Store } from '../../src/store/store.ts'
import { type ServedApp, serveApp } from '../support/app.ts'
import { foundCommunity, type TestCommunity } from '../support/community.ts'
import { everyValue, type StoredValue } from '../support/every-row.ts'
import { signInOver } from '../support/member.ts'
import { storeKinds, type TestOffice, testOffice } from '../support/office.ts'
import { answerOver, type Reporter, reportOver } from '../support/reporter.ts'
import { giveWaysIn, type WaysIn } from '../support/ways-in.ts'

// A whole committee's keys and conversations, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 })

const mark = new TextEncoder().encode('age-encryption.org/v1\n')

/** An age file found somewhere in a database. */
interface Envelope {
  readonly table: string
  /** The case its row belongs to; undefined: none. */
  readonly about: string | undefined
  readonly bytes: Uint8Array
}

type Opened = readonly { readonly envelope: Envelope; readonly text: string }[]

/** Every age file in a database, wherever it stands: whole, inside other bytes, in text, or cut into parts. */
async function everyEnvelope(store: Store): Promise<Envelope[]> {
  const found: Envelope[] = []
  const parts = new Map<string, StoredValue[]>()
  const values = await everyValue(store.db, store.kind)
  const cases = new Map(
    values.filter(({ table }) => table === 'upload').map(({ row }) => [row.id, row.case_id as string]),
  )
  for (const value of values) {
    const { table, row } = value
    if (table === 'upload_part' && value.value instanceof Uint8Array) {
      const upload = String(row.upload_id)
      parts.set(upload, [...(parts.get(upload) ?? []), value])
      continue
    }
    const bytes =
      typeof value.value === 'string'
        ? Buffer.from(value.value, 'base64')
        : value.value instanceof Uint8Array
          ? value.value
          : null
    for (let at = bytes ? Buffer.from(bytes).indexOf(mark) : -1; bytes && at >= 0; ) {
      found.push({
        table,
        about: row.case_id as string | undefined,
        bytes: new Uint8Array(bytes.subarray(at)),
      })
      at = Buffer.from(bytes).indexOf(mark, at + 1)
    }
  }
  for (const [upload, values] of parts) {
    const inOrder = values.toSorted((a, b) => Number(a.row.part) - Number(b.row.part))
    const bytes = new Uint8Array(Buffer.concat(inOrder.map(({ value }) => value as Uint8Array)))
    found.push({ table: 'upload_part', about: cases.get(upload), bytes })
  }
  return found
}

/** Everything that opens with these identities, and with every identity found on the way. */
async function openAll(envelopes: readonly Envelope[], identities: readonly string[]): Promise<Opened> {
  const opened: { envelope: Envelope; text: string }[] = []
  const known = new Set(identities)
  const closed = new Set(envelopes)
  for (const identity of known)
    for (const envelope of closed) {
      const plain = await open(envelope.bytes, identity).catch(() => null)
      if (plain === null) continue
      closed.delete(envelope)
      const text = Buffer.from(plain).toString('latin1')
      opened.push({ envelope, text })
      // A set is walked to its end, also through what is added meanwhile.
      for (const [more] of text.matchAll(/AGE-SECRET-KEY-PQ-1[0-9A-Z]+/g)) known.add(more)
    }
  return opened
}

/** Every identity that somebody's own secrets can be turned into, also by ways we do not use them. */
const identitiesOf = (ways: WaysIn): string[] => [
  ...ways.unlockers.map(({ identity }) => identity),
  identityOf(ways.prf),
  recoveryUnlocker(ways.passphrase).identity,
  recoveryUnlocker(ways.recoveryWords).identity,
]

const everything = { grants: 1, records: 4, files: 2 }
const nothing = { grants: 0, records: 0, files: 0 }
const secret = 'He followed me to the ferruginous staircase'

describe.each(storeKinds)('K1 with the whole database in hand (%s)', (kind) => {
  let office: TestOffice
  let dataDir: string
  let served: ServedApp
  let community: TestCommunity
  let ways: Readonly<Record<string, WaysIn>>

  afterEach(async () => {
    await served.stop()
    await office.drop()
    await rm(dataDir, { recursive: true, force: true })
  })

  async function begin(): Promise<void> {
    dataDir = await mkdtemp(join(tmpdir(), 'bellwether-excluded-'))
    office = await testOffice(kind, join(dataDir, 'bellwether.db'))
    community = await foundCommunity(office, { members: ['Pat', 'Sam', 'Gus', 'Mei'] })
    ways = await giveWaysIn(office, community)
    served = await serveApp(office, dataDir)
  }

  /** A report with a file, a note, a message, and an answer with another file, brought to the committee. */
  async function conversation(involved: readonly string[]): Promise<Reporter> {
    const file = { name: 'stairs.txt', type: 'text/plain', bytes: Buffer.from(secret) }
    const reporter = await reportOver(served.send, community.shortName, {
      narrative: secret,
      involved: involved.map((name) => community.person(name).id),
      files: [file],
      notice: 'ida@example.net',
    })
    const pat = await signInOver(served.send, {
      email: 'pat@example.org',
      passphrase: (ways.Pat as WaysIn).passphrase,
      now: office.clock.now,
    })
    await pat.write(reporter.case, { kind: 'note', body: { text: secret } })
    await pat.acknowledge(reporter.case, 'M1', secret)
    await pat.bring(reporter.case)
    await answerOver(served.send, community.shortName, reporter, { text: secret, files: [file] })
    return reporter
  }

  test('a member named as involved opens nothing of the case with every key they have', async () => {
    await begin()
    const about = await conversation(['Gus'])
    const other = await conversation([])

    const envelopes = await everyEnvelope(office.store)
    const byGus = await openAll(envelopes, identitiesOf(ways.Gus as WaysIn))

    // Gus's keys are good: they open the keyring and the other case whole.
    expect(byGus.filter(({ envelope }) => envelope.table === 'unlocker')).toHaveLength(3)
    expect(opensWhole(byGus, other.case)).toEqual(everything)
    expect(opensWhole(byGus, about.case)).toEqual(nothing)
    expect(byGus.filter(({ text }) => text.includes(about.case))).toEqual([])
  })

  test('the same search opens the case for everybody who may read it, and for the recovery kit', async () => {
    await begin()
    const { case: about } = await conversation(['Gus'])

    const envelopes = await everyEnvelope(office.store)
    for (const name of ['Pat', 'Sam', 'Mei']) {
      const opened = await openAll(envelopes, identitiesOf(ways[name] as WaysIn))
      expect(opensWhole(opened, about), name).toEqual(everything)
    }
    const recovered = await openAll(envelopes, [community.recoveryIdentity])
    expect(opensWhole(recovered, about)).toEqual(everything)
  })

  function opensWhole(opened: Opened, about: string) {
    const of = (table: string) =>
      opened.filter(({ envelope: { table: where, about: which } }) => where === table && which === about)
    return {
      grants: of('grant_').length,
      records: of('record').filter(({ text }) => text.includes(secret)).length,
      files: of('upload_part').filter(({ text }) => text === secret).length,
    }
  }
})
