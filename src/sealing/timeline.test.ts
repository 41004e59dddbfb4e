import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomBytes } from './bytes.ts'
import { newIdentity, recipientOf } from './identity.ts'
import { type Author, type CaseRecord, hashOf, openRecord, sealRecord } from './record.ts'
import { verifyKeyOf } from './signing.ts'
import { readTimeline, type SealedRecord, type TimelineKeys } from './timeline.ts'

const identity = newIdentity()
const recipient = await recipientOf(identity)
const reporter = randomBytes(32)
const pat = randomBytes(32)
const stranger = randomBytes(32)

const keys: TimelineKeys = {
  community: 'community',
  case: 'case',
  identityOf: (epoch) => (epoch === 1 ? identity : undefined),
  memberKeys: (member) => (member === 'pat' ? [verifyKeyOf(pat)] : []),
  reporterKey: null,
  chain: 'after',
}

async function sealedRecord(
  author: Author,
  seed: Uint8Array | null,
  after: string | null,
  changes: Partial<CaseRecord> = {},
): Promise<SealedRecord> {
  const record: CaseRecord = {
    v: 1,
    community: 'community',
    case: 'case',
    epoch: 1,
    kind: 'note',
    author,
    at: 1,
    body: { text: 'words' },
    after,
    afterShared: null,
    ...changes,
  }
  return { id: crypto.randomUUID(), epoch: 1, sealed: await sealRecord(record, seed, [recipient]) }
}

/** A case of five records, properly chained. */
async function goodCase(): Promise<SealedRecord[]> {
  const records: SealedRecord[] = [await sealedRecord({ who: 'reporter' }, reporter, null)]
  for (const [author, seed] of [
    [{ who: 'member', id: 'pat' }, pat],
    [{ who: 'server' }, null],
    [{ who: 'reporter' }, reporter],
    [{ who: 'member', id: 'pat' }, pat],
  ] as const)
    records.push(await sealedRecord(author, seed, hashOf((records.at(-1) as SealedRecord).sealed)))
  return records
}

const good = await goodCase()

test('a case as it was written has no doubts, and says which records the server sealed', async () => {
  const entries = await readTimeline(good, keys)
  expect(entries.map(({ doubts }) => doubts)).toEqual([[], [], [], [], []])
  expect(entries.map(({ sealedByServer }) => sealedByServer)).toEqual([false, false, true, false, false])
})

test('whatever is dropped, moved, doubled or swapped is noticed', async () => {
  const order = fc.oneof(
    fc
      .subarray([0, 1, 2, 3, 4], { maxLength: 4, minLength: 1 })
      .filter((kept) => kept.at(-1) !== kept.length - 1),
    fc
      .shuffledSubarray([0, 1, 2, 3, 4], { minLength: 5 })
      .filter((moved) => moved.some((from, to) => from !== to)),
    fc.nat(3).map((twice) => [0, 1, 2, 3, 4].flatMap((at) => (at === twice ? [at, at] : [at]))),
  )
  await fc.assert(
    fc.asyncProperty(order, async (indexes) => {
      const entries = await readTimeline(
        indexes.map((index) => good[index] as SealedRecord),
        keys,
      )
      expect(entries.some(({ doubts }) => doubts.includes('out-of-order'))).toBe(true)
      expect(entries).toHaveLength(indexes.length)
    }),
    { numRuns: 30 },
  )
})

test('a bit flipped in a record is shown as unreadable, and the others are still read', async () => {
  const changed = good.map((record, index) => {
    if (index !== 2) return record
    const sealed = record.sealed.slice()
    sealed[sealed.length - 5] = (sealed[sealed.length - 5] as number) ^ 1
    return { ...record, sealed }
  })
  const entries = await readTimeline(changed, keys)
  expect(entries[2]).toMatchObject({ record: null, doubts: ['unreadable'] })
  expect(entries[1]?.doubts).toEqual([])
  // The next one does not follow what is there now.
  expect(entries[3]?.doubts).toEqual(['out-of-order'])
})

test('a record signed by somebody else than its author is shown as such', async () => {
  const forged = [
    good[0] as SealedRecord,
    await sealedRecord({ who: 'member', id: 'pat' }, stranger, hashOf((good[0] as SealedRecord).sealed)),
  ]
  expect((await readTimeline(forged, keys))[1]?.doubts).toEqual(['author-unknown'])
  const reporterForged = [
    good[0] as SealedRecord,
    await sealedRecord({ who: 'reporter' }, stranger, hashOf((good[0] as SealedRecord).sealed)),
  ]
  expect((await readTimeline(reporterForged, keys))[1]?.doubts).toEqual(['author-unknown'])
})

test('a record of another case or community is shown as misplaced', async () => {
  for (const changes of [{ case: 'other' }, { community: 'other' }, { epoch: 2 }]) {
    const record = await sealedRecord({ who: 'reporter' }, reporter, null, changes)
    expect((await readTimeline([record], keys))[0]?.doubts).toEqual(['misplaced'])
  }
})

test('a record that names no key of ours but claims to be signed is wrong, not by the server', async () => {
  await expect(sealedRecord({ who: 'reporter' }, null, null)).rejects.toThrow()
  await expect(sealedRecord({ who: 'server' }, pat, null)).rejects.toThrow()
  const { sealed } = good[1] as SealedRecord
  expect((await openRecord(sealed, identity)).signed).toEqual({ by: verifyKeyOf(pat) })
})

test('records of two lengths in one size class have the same length when sealed', async () => {
  const short = await sealedRecord({ who: 'reporter' }, reporter, null, { body: { text: 'a' } })
  const long = await sealedRecord({ who: 'reporter' }, reporter, null, { body: { text: 'a'.repeat(1000) } })
  expect(short.sealed.length).toBe(long.sealed.length)
})
