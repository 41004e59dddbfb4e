import type { IntakeAnswer } from '../../src/http/api/communities.ts'
import type { MailboxAnswer } from '../../src/http/api/mailbox.ts'
import type { ReportFiled } from '../../src/http/api/reports.ts'
import { type FileRef, limits, type ShepherdAnswer } from '../../src/procedure/records.ts'
import { fromBase64, newId, toBase64 } from '../../src/sealing/bytes.ts'
import { verifyDirectory } from '../../src/sealing/directory.ts'
import { sealFile } from '../../src/sealing/evidence.ts'
import { prepareCase, sealCase } from '../../src/sealing/intake.ts'
import { type Receipt, receiptOf } from '../../src/sealing/receipt.ts'
import { sealRecord } from '../../src/sealing/record.ts'
import { readTimeline, type TimelineEntry } from '../../src/sealing/timeline.ts'
import { drawWords } from '../../src/sealing/words.ts'
import { answerOf, json, type Send } from './wire.ts'

/** A file that somebody hands in. */
export interface GivenFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

/** Somebody who reported, with the code that leads back. */
export interface Reporter {
  readonly case: string
  readonly code: string
  readonly receipt: Receipt
  readonly filed: ReportFiled
  /** `Authorization` of the mailbox. */
  readonly authorization: string
}

/** Seals and files a report over the wire, the way the form's own code does. */
export async function reportOver(
  send: Send,
  community: string,
  {
    narrative,
    body = {},
    involved = [],
    files = [],
    notice = null,
  }: {
    readonly narrative: string
    readonly body?: Readonly<Record<string, unknown>>
    readonly involved?: readonly string[]
    readonly files?: readonly GivenFile[]
    readonly notice?: string | null
  },
): Promise<Reporter> {
  const intake = await answerOf<IntakeAnswer>(send(`/api/v1/communities/${community}/intake`))
  const code = drawWords(8).join(' ')
  const receipt = await receiptOf(code)
  const prepared = await prepareCase()
  const uploads: { upload: string; token: string }[] = []
  const evidence: FileRef[] = []
  for (const file of files) {
    const { ref, token } = await uploadOver(send, community, file, [prepared.recipient, receipt.recipient])
    evidence.push(ref)
    uploads.push({ upload: ref.upload, token })
  }
  const sealed = await sealCase({
    community: intake.community,
    directory: verifyDirectory(intake.community, intake.directory),
    involved,
    body: {
      narrative,
      ...body,
      reportedAt: intake.now,
      ...(evidence.length > 0 ? { evidence } : {}),
      ...(involved.length > 0 ? { involved } : {}),
    },
    at: intake.now,
    receipt,
    author: { who: 'reporter' },
    signingSeed: receipt.signingSeed,
    prepared,
  })
  const filed = await answerOf<ReportFiled>(
    send(
      `/api/v1/communities/${community}/reports`,
      json(
        'POST',
        {
          ...sealed,
          grants: sealed.grants.map(({ member, sealed }) => ({ member, sealed: toBase64(sealed) })),
          record: toBase64(sealed.record),
          involved,
          uploads,
          notice,
          language: 'en',
        },
        { 'idempotency-key': newId() },
      ),
    ),
  )
  const authorization = `Receipt ${receipt.lookup}.${receipt.token}`
  return { case: sealed.case, code, receipt, filed, authorization }
}

/** Seals a file to recipients and uploads it part by part. */
async function uploadOver(
  send: Send,
  community: string,
  { name, type, bytes }: GivenFile,
  recipients: readonly string[],
): Promise<{ ref: FileRef; token: string }> {
  const { upload, token } = await answerOf<{ upload: string; token: string }>(
    send(`/api/v1/communities/${community}/uploads`, json('POST', {})),
  )
  const authorization = `Upload ${token}`
  const sealing = await sealFile(new Blob([new Uint8Array(bytes)]).stream(), recipients, limits.fileBytes)
  let parts = 0
  let size = 0
  for await (const part of sealing.parts) {
    await answerOf(
      send(`/api/v1/uploads/${upload}/parts/${parts}`, {
        method: 'PUT',
        headers: { authorization, 'content-type': 'application/octet-stream' },
        body: new Uint8Array(part),
      }),
    )
    parts += 1
    size += part.length
  }
  await answerOf(send(`/api/v1/uploads/${upload}/complete`, json('POST', { parts, size }, { authorization })))
  return { ref: { upload, name, type, ...sealing.facts() }, token }
}

/** Opens the mailbox: what the server hands out, and what is in it. */
export async function openMailbox(
  send: Send,
  { receipt, authorization }: Pick<Reporter, 'receipt' | 'authorization'>,
): Promise<{ mailbox: MailboxAnswer; entries: TimelineEntry[] }> {
  const mailbox = await answerOf<MailboxAnswer>(send('/api/v1/mailbox', { headers: { authorization } }))
  const directory = verifyDirectory(mailbox.community.id, mailbox.directory)
  const entries = await readTimeline(
    mailbox.records.map(({ id, epoch, sealed }) => ({ id, epoch, sealed: fromBase64(sealed) })),
    {
      community: mailbox.community.id,
      case: mailbox.case,
      identityOf: () => receipt.identity,
      memberKeys: (member) => directory.members.get(member)?.verifyKeys ?? [],
      reporterKey: receipt.verifyKey,
      chain: 'afterShared',
    },
  )
  return { mailbox, entries }
}

/** Writes an answer into the mailbox, with files if there are any. */
export async function answerOver(
  send: Send,
  community: string,
  reporter: Reporter,
  {
    text,
    files = [],
    shepherd,
  }: {
    readonly text: string
    readonly files?: readonly GivenFile[]
    readonly shepherd?: ShepherdAnswer
  },
): Promise<void> {
  const { mailbox } = await openMailbox(send, reporter)
  const recipients = [mailbox.epochRecipient, reporter.receipt.recipient]
  const uploads: { upload: string; token: string }[] = []
  const refs: FileRef[] = []
  for (const file of files) {
    const { ref, token } = await uploadOver(send, community, file, recipients)
    refs.push(ref)
    uploads.push({ upload: ref.upload, token })
  }
  const sealed = await sealRecord(
    {
      v: 1,
      community: mailbox.community.id,
      case: mailbox.case,
      epoch: mailbox.epoch,
      kind: 'answer',
      author: { who: 'reporter' },
      at: reporter.filed.acknowledgeBy,
      body: { text, files: refs, ...(shepherd === undefined ? {} : { shepherd }) },
      after: mailbox.head,
      afterShared: mailbox.sharedHead,
    },
    reporter.receipt.signingSeed,
    recipients,
  )
  await answerOf(
    send(
      '/api/v1/mailbox/answers',
      json(
        'POST',
        { record: { sealed: toBase64(sealed) }, shepherd: shepherd ?? null, after: mailbox.head, uploads },
        { authorization: reporter.authorization, 'idempotency-key': newId() },
      ),
    ),
  )
}
