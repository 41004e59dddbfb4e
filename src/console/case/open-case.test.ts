import { describe, expect, it } from 'vitest'
import { community, reportedCase } from '../../../test/support/console-case.ts'
import { toBase64 } from '../../sealing/bytes.ts'
import { sealGrant } from '../../sealing/grant.ts'
import { newIdentity, recipientOf } from '../../sealing/identity.ts'
import { readTimeline } from '../../sealing/timeline.ts'
import { newSince, openCase } from './open-case.ts'
import { grantTo, NoKeyToWrite, ReporterNotVouched, writeRecord } from './write-record.ts'

const at = Date.UTC(2027, 9, 28, 23, 30)

describe('opening a case', () => {
  it('shows a report as its reporter signed it, with nothing to doubt', async () => {
    const { pat, directory } = await community()
    const made = await reportedCase(directory, { narrative: 'He followed me.', dealtWith: 'no' })
    const opened = await openCase(made.view(pat.id), pat.keyring, directory)
    expect(opened.report?.narrative).toBe('He followed me.')
    expect(opened.records[0]?.author).toEqual({ who: 'reporter' })
    expect(opened.records[0]?.doubts).toEqual([])
    expect(opened.keptBack).toBe(false)
    expect(opened.canWrite).toBe(true)
  })

  it('opens nothing for a member who was named as involved, even with everything the server has (K1)', async () => {
    const { pat, sam, gus, directory } = await community()
    const made = await reportedCase(directory, { narrative: 'About Gus.' }, [gus.id])
    expect(made.grants.map(({ member }) => member)).toEqual([pat.id, sam.id])
    const stolen = made.view(pat.id)
    const opened = await openCase(stolen, gus.keyring, directory)
    expect(opened.report).toBeNull()
    expect(opened.identities.size).toBe(0)
    expect(opened.records[0]?.doubts).toEqual(['unreadable'])
  })

  it('does not take the grant of another case, nor one that does not fit the epoch', async () => {
    const { pat, directory } = await community()
    const made = await reportedCase(directory, { narrative: 'One.' })
    const other = await reportedCase(directory, { narrative: 'Two.' })
    const view = made.view(pat.id)
    const swapped = { ...view, epochs: other.view(pat.id).epochs }
    expect((await openCase(swapped, pat.keyring, directory)).identities.size).toBe(0)
    const identity = newIdentity()
    const forged = toBase64(
      await sealGrant(
        { v: 1, community: directory.id, case: view.id, epoch: 1, identity },
        pat.keys.recipient,
      ),
    )
    const epochs = [{ ...(view.epochs[0] as (typeof view.epochs)[number]), grant: forged }]
    expect((await openCase({ ...view, epochs }, pat.keyring, directory)).identities.size).toBe(0)
    expect(await recipientOf(identity)).not.toBe(view.epochs[0]?.recipient)
  })

  it('notices a record that the server left out in the middle or at the end', async () => {
    const { pat, sam, directory } = await community()
    const made = await reportedCase(directory, { narrative: 'Three records.' })
    await made.add(pat, { kind: 'note', body: { text: 'first' } }, directory)
    await made.add(sam, { kind: 'note', body: { text: 'second' } }, directory)
    const view = made.view(pat.id)
    const [report, first, second] = view.records
    const middle = { ...view, records: [report, second] as typeof view.records }
    expect((await openCase(middle, pat.keyring, directory)).records.at(-1)?.doubts).toEqual(['out-of-order'])
    const end = { ...view, records: [report, first] as typeof view.records }
    expect((await openCase(end, pat.keyring, directory)).keptBack).toBe(true)
  })

  it('says that a record is not by the member it names', async () => {
    const { pat, sam, directory } = await community()
    const made = await reportedCase(directory, { narrative: 'Who wrote the note?' })
    await made.add({ ...pat, id: sam.id }, { kind: 'note', body: { text: 'I am Sam.' } }, directory)
    const opened = await openCase(made.view(pat.id), pat.keyring, directory)
    expect(opened.records[1]?.doubts).toEqual(['author-unknown'])
  })

  it('shows what the server sealed for somebody as such', async () => {
    const { pat, directory } = await community()
    const made = await reportedCase(directory, { narrative: 'No JavaScript.' }, [], 'server')
    const opened = await openCase(made.view(pat.id), pat.keyring, directory)
    expect(opened.records[0]?.sealedByServer).toBe(true)
    expect(opened.report?.narrative).toBe('No JavaScript.')
  })

  it('shows nothing of a body that is not what it says it is', async () => {
    const { pat, directory } = await community()
    const made = await reportedCase(directory, { narrative: 'x', dealtWith: '<script>' } as never)
    const opened = await openCase(made.view(pat.id), pat.keyring, directory)
    expect(opened.records[0]?.content).toEqual({ kind: 'unknown' })
    expect(opened.report).toBeNull()
  })

  it('tells what came since another reading', async () => {
    const { pat, sam, directory } = await community()
    const made = await reportedCase(directory, { narrative: 'Busy.' })
    const before = await openCase(made.view(pat.id), pat.keyring, directory)
    await made.add(sam, { kind: 'note', body: { text: 'meanwhile' } }, directory)
    const after = await openCase(made.view(pat.id), pat.keyring, directory)
    expect(newSince(before, after).map(({ content }) => content)).toEqual([
      { kind: 'note', body: { text: 'meanwhile' } },
    ])
  })
})

describe('whether a case can be kept on file (H3, H4)', () => {
  const facts = async (
    report: object,
    completion?: { actionTaken: boolean | null; decisionWanted: boolean | null },
  ) => {
    const { pat, directory } = await community()
    const made = await reportedCase(directory, { narrative: 'x', ...report })
    if (completion)
      await made.add(pat, { kind: 'completion', body: { who: '', what: '', ...completion } }, directory)
    return (await openCase(made.view(pat.id), pat.keyring, directory)).onFile
  }

  it('is what the report says', async () => {
    expect(await facts({ dealtWith: 'yes', decisionWanted: 'no' })).toMatchObject({
      actionTaken: true,
      decisionWanted: false,
    })
  })

  it('is completed by the first responder only where the report does not say it', async () => {
    expect(await facts({}, { actionTaken: true, decisionWanted: false })).toMatchObject({
      actionTaken: true,
      decisionWanted: false,
    })
    expect(
      await facts({ dealtWith: 'no', decisionWanted: 'yes' }, { actionTaken: true, decisionWanted: false }),
    ).toMatchObject({ actionTaken: false, decisionWanted: true })
  })
})

describe('writing into a case', () => {
  it('lets the reporter read messages and not notes', async () => {
    const { pat, directory } = await community()
    const made = await reportedCase(directory, { narrative: 'Hello?' })
    await made.add(pat, { kind: 'note', body: { text: 'between us' } }, directory)
    await made.add(pat, { kind: 'message', body: { template: 'M1', text: 'We have it.' } }, directory)
    const records = made.view(pat.id).records
    const read = await readTimeline(
      records.map(({ id, epoch, sealed }) => ({ id, epoch, sealed: Buffer.from(sealed, 'base64') })),
      {
        community: directory.id,
        case: made.id,
        identityOf: () => made.receipt?.identity,
        memberKeys: (id) => directory.members.get(id)?.verifyKeys ?? [],
        reporterKey: made.receipt?.verifyKey ?? null,
        chain: 'after',
      },
    )
    expect(read.map(({ record }) => record?.kind)).toEqual(['report', undefined, 'message'])
    const shared = made.view(pat.id).records.filter((record) => record.shared)
    const mailbox = await readTimeline(
      shared.map(({ id, epoch, sealed }) => ({ id, epoch, sealed: Buffer.from(sealed, 'base64') })),
      {
        community: directory.id,
        case: made.id,
        identityOf: () => made.receipt?.identity,
        memberKeys: (id) => directory.members.get(id)?.verifyKeys ?? [],
        reporterKey: made.receipt?.verifyKey ?? null,
        chain: 'afterShared',
      },
    )
    expect(mailbox.flatMap(({ doubts }) => doubts)).toEqual([])
  })

  it('seals to no reporter but the one who signed the report, whatever the server hands out', async () => {
    const { pat, directory } = await community()
    const made = await reportedCase(directory, { narrative: 'It happened.' })
    const view = { ...made.view(pat.id), reporterRecipient: await recipientOf(newIdentity()) }
    const opened = await openCase(view, pat.keyring, directory)
    const by = { member: pat.id, keyring: pat.keyring, at }
    await expect(
      writeRecord(opened, { kind: 'message', body: { template: null, text: 'x' } }, by),
    ).rejects.toThrow(ReporterNotVouched)
    await writeRecord(opened, { kind: 'note', body: { text: 'x' } }, by)
  })

  it('is refused without the key of the newest epoch', async () => {
    const { pat, gus, directory } = await community()
    const made = await reportedCase(directory, { narrative: 'Not for Gus.' }, [gus.id])
    const opened = await openCase(made.view(pat.id), gus.keyring, directory)
    await expect(
      writeRecord(
        opened,
        { kind: 'note', body: { text: 'x' } },
        { member: gus.id, keyring: gus.keyring, at },
      ),
    ).rejects.toThrow(NoKeyToWrite)
  })

  it('grants again to the keys of the verified directory, and to nobody who has left it', async () => {
    const { pat, sam, directory } = await community()
    const made = await reportedCase(directory, { narrative: 'Sam lost the keys.' })
    const opened = await openCase(made.view(pat.id), pat.keyring, directory)
    const waiting = { id: sam.id, name: 'Sam', epochs: [1] }
    const [grant] = await grantTo(waiting, opened, directory)
    const view = made.view(sam.id)
    const epochs = [{ ...(view.epochs[0] as (typeof view.epochs)[number]), grant: grant?.sealed ?? null }]
    expect((await openCase({ ...view, epochs }, sam.keyring, directory)).report?.narrative).toBe(
      'Sam lost the keys.',
    )
    expect(await grantTo({ ...waiting, epochs: [2] }, opened, directory)).toEqual([])
    const members = new Map(directory.members)
    members.set(sam.id, { ...(members.get(sam.id) as never as object), active: false } as never)
    expect(await grantTo(waiting, opened, { ...directory, members })).toEqual([])
  })
})
