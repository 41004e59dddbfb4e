import { type Letter, readLetter } from '../procedure/letters.ts'
import type { FileRef, ShepherdAnswer } from '../procedure/records.ts'
import { fromBase64, newId, toBase64 } from '../sealing/bytes.ts'
import { type Directory, fingerprint, verifyDirectory } from '../sealing/directory.ts'
import { openFile } from '../sealing/evidence.ts'
import { type Receipt, receiptOf } from '../sealing/receipt.ts'
import { sealRecord } from '../sealing/record.ts'
import { type Doubt, epochVouched, readTimeline, type TimelineEntry } from '../sealing/timeline.ts'
import type { MailboxFound } from './api.ts'
import { type Line, NoAnswer, RefusedByServer, request, requestJson } from './request.ts'
import { isGone, type Upload, type Uploaded, uploadOf } from './upload.ts'

/** One thing that was said, opened and checked. */
export interface Entry {
  readonly id: string
  /** It says nothing that is shown: the committee has new keys (K3). */
  readonly isSilent: boolean
  /** Null: the reporter. */
  readonly from: { readonly name: string } | null
  /** Epoch milliseconds. */
  readonly at: number
  /** Null where it could not be opened. */
  readonly letter: Letter | null
  readonly sealedByServer: boolean
  readonly doubts: readonly Doubt[]
}

/** A mailbox as it is shown. */
export interface Box {
  readonly state: MailboxFound['state']
  readonly acknowledgeBy: number
  readonly timeZone: string
  readonly entries: readonly Entry[]
  /** False where the committee's keys are not vouched for: then no signature can be checked. */
  readonly trusted: boolean
  /** Who looks after the report, while the reporter may still say that they would rather have somebody else (I6). */
  readonly shepherd: MailboxFound['shepherd']
}

export type Looked =
  | { readonly what: 'opened'; readonly box: Box }
  | { readonly what: 'unknown-code' }
  | { readonly what: 'no-answer' }

/** What the reporter writes back. */
export interface ToAnswer {
  readonly text: string
  /** What they say of the shepherd; null: nothing. */
  readonly shepherd: ShepherdAnswer | null
  readonly files: readonly { readonly id: string; readonly file: File }[]
}

export type Answered =
  | { readonly what: 'sent' }
  | { readonly what: 'no-answer' }
  | { readonly what: 'refused'; readonly detail: string }
  | { readonly what: 'unreadable'; readonly id: string }

/** The mailbox of one receipt code, as long as the page is open. */
export interface MailboxDesk {
  look(): Promise<Looked>
  answer(given: ToAnswer, progress: (id: string, sent: number, size: number) => void): Promise<Answered>
  /** Fetches, opens and checks a file. Throws if it was changed, or nothing answers. */
  file(ref: FileRef): Promise<Uint8Array>
}

/**
 * Opens the mailbox of a code.
 *
 * @param expected - the community that the page is about, and the fingerprint of its keys as the page shows it.
 */
export async function openMailboxDesk(
  line: Line,
  code: string,
  expected: { readonly community: string; readonly fingerprint: string | null },
  now: () => number = Date.now,
): Promise<MailboxDesk> {
  const receipt = await receiptOf(code)
  const headers = { authorization: `Receipt ${receipt.lookup}.${receipt.token}` }
  const uploads = new Map<string, Upload>()
  let sealedFor: string | null = null
  let found: MailboxFound | null = null
  /** Sealed and perhaps filed already: only this may be sent until it is known. */
  let underway: { readonly key: string; readonly body: unknown } | null = null

  async function fetchMailbox(): Promise<MailboxFound> {
    found = await requestJson<MailboxFound>(line, '/mailbox', { headers })
    return found
  }

  async function sendFiles(
    { community, epochRecipient }: MailboxFound,
    given: ToAnswer,
    progress: (id: string, sent: number, size: number) => void,
  ): Promise<Uploaded[]> {
    const done: Uploaded[] = []
    // K3: what was sealed before whoever can read it changed is sealed again.
    if (sealedFor !== epochRecipient) uploads.clear()
    sealedFor = epochRecipient
    for (const { id, file } of given.files) {
      const upload =
        uploads.get(id) ?? uploadOf(community.shortName, file, [epochRecipient, receipt.recipient])
      uploads.set(id, upload)
      try {
        done.push(await upload.run(line, (sent) => progress(id, sent, file.size)))
      } catch (error) {
        if (isGone(error)) uploads.delete(id)
        throw error instanceof NoAnswer || error instanceof RefusedByServer ? error : new Unreadable(id)
      }
      progress(id, file.size, file.size)
    }
    return done
  }

  async function sealedAnswer(
    to: MailboxFound,
    { text, shepherd }: ToAnswer,
    files: readonly Uploaded[],
  ): Promise<unknown> {
    const sealed = await sealRecord(
      {
        v: 1,
        community: to.community.id,
        case: to.case,
        epoch: to.epoch,
        kind: 'answer',
        author: { who: 'reporter' },
        at: now(),
        body: { text, files: files.map(({ ref }) => ref), ...(shepherd === null ? {} : { shepherd }) },
        after: to.head,
        afterShared: to.sharedHead,
      },
      receipt.signingSeed,
      [to.epochRecipient, receipt.recipient],
    )
    return {
      record: { sealed: toBase64(sealed) },
      shepherd,
      after: to.head,
      uploads: files.map(({ upload, token }) => ({ upload, token })),
    }
  }

  return {
    async look() {
      try {
        const mailbox = await fetchMailbox()
        const box = await openBox(mailbox, receipt, expected)
        const fresh = mailbox.records.filter(
          ({ openedAt }, index) =>
            openedAt === null && box.entries[index]?.from && box.entries[index]?.letter,
        )
        // Delivered means opened (section Messages). It can wait for the next look if it does not get through.
        if (fresh.length > 0)
          await requestJson(line, '/mailbox/opened', {
            method: 'POST',
            headers,
            body: { records: fresh.map(({ id }) => id) },
          }).catch(() => {})
        return { what: 'opened', box }
      } catch (error) {
        if (error instanceof NoAnswer) return { what: 'no-answer' }
        if (error instanceof RefusedByServer)
          return { what: error.code === 'not-found' ? 'unknown-code' : 'no-answer' }
        throw error
      }
    },
    async answer(given, progress) {
      try {
        for (let again = 0; ; again += 1) {
          if (!underway) {
            const to = found && again === 0 ? found : await fetchMailbox()
            const entries = await timelineOf(to, receipt, verified(to, expected))
            if (!epochVouched(entries, to.epoch, to.epochRecipient)) throw new NotVouched()
            const files = await sendFiles(to, given, progress)
            underway = { key: newId(), body: await sealedAnswer(to, given, files) }
          }
          try {
            await requestJson(line, '/mailbox/answers', {
              method: 'POST',
              headers: { ...headers, 'idempotency-key': underway.key },
              body: underway.body,
            })
            underway = null
            uploads.clear()
            return { what: 'sent' }
          } catch (error) {
            // It was refused, so it is not there, and may be sealed anew after what came in between.
            if (error instanceof RefusedByServer) underway = null
            if (!(error instanceof RefusedByServer && error.code === 'out-of-order') || again === 3)
              throw error
          }
        }
      } catch (error) {
        if (error instanceof Unreadable) return { what: 'unreadable', id: error.message }
        if (error instanceof NoAnswer) return { what: 'no-answer' }
        if (error instanceof RefusedByServer)
          return { what: 'refused', detail: String(error.problem.detail ?? '') }
        throw error
      }
    },
    async file(ref) {
      const { body } = await request(line, `/mailbox/files/${ref.upload}`, { headers })
      if (!body) throw new NoAnswer(ref.upload)
      return openFile(body, receipt.identity, ref)
    },
  }
}

/** The server hands out another recipient for the case than the report was sealed to. */
export class NotVouched extends Error {
  override name = 'NotVouched'
}

class Unreadable extends Error {
  override name = 'Unreadable'
}

async function openBox(
  mailbox: MailboxFound,
  receipt: Receipt,
  expected: { readonly community: string; readonly fingerprint: string | null },
): Promise<Box> {
  const { community, members } = mailbox
  const directory = verified(mailbox, expected)
  const timeline = await timelineOf(mailbox, receipt, directory)
  return {
    state: mailbox.state,
    acknowledgeBy: mailbox.acknowledgeBy,
    timeZone: community.timeZone,
    shepherd: mailbox.shepherd,
    trusted: directory !== null,
    entries: timeline.map(({ id, record, sealedByServer, doubts }, index) => {
      const author = record?.author
      const letter = record && letterOf(record.kind, record.body)
      const name = members.find((member) => author?.who === 'member' && member.id === author.id)?.name
      return {
        id,
        isSilent: record?.kind === 'epoch' && doubts.length === 0,
        from: author?.who === 'member' ? { name: name ?? '?' } : null,
        at: record?.at ?? mailbox.records[index]?.at ?? 0,
        letter,
        sealedByServer,
        doubts: letter || doubts.includes('unreadable') ? doubts : [...doubts, 'unreadable'],
      }
    }),
  }
}

function letterOf(kind: string, body: unknown): Letter | null {
  try {
    return readLetter(kind, body)
  } catch {
    return null
  }
}

function verified(
  { community, directory }: MailboxFound,
  expected: { readonly community: string; readonly fingerprint: string | null },
): Directory | null {
  const [first] = directory
  const known = community.shortName === expected.community ? expected.fingerprint : null
  if (!first || (known !== null && fingerprint(first) !== known)) return null
  try {
    return verifyDirectory(community.id, directory)
  } catch {
    return null
  }
}

function timelineOf(
  { records, community, case: caseId }: MailboxFound,
  receipt: Receipt,
  directory: ReturnType<typeof verified>,
): Promise<TimelineEntry[]> {
  return readTimeline(
    records.map(({ id, epoch, sealed }) => ({ id, epoch, sealed: fromBase64(sealed) })),
    {
      community: community.id,
      case: caseId,
      identityOf: () => receipt.identity,
      memberKeys: (id) => directory?.members.get(id)?.verifyKeys ?? [],
      reporterKey: receipt.verifyKey,
      chain: 'afterShared',
    },
  )
}
