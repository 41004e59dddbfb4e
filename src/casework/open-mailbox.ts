import { type Letter, readLetter } from '../procedure/letters.ts'
import { limits, type ShepherdAnswer } from '../procedure/records.ts'
import { verifyDirectory } from '../sealing/directory.ts'
import { openFile } from '../sealing/evidence.ts'
import { type Receipt, receiptOf, tokenHash } from '../sealing/receipt.ts'
import { sealRecord } from '../sealing/record.ts'
import { readTimeline, type TimelineEntry } from '../sealing/timeline.ts'
import { findReceipt } from '../store/incidents.ts'
import { answer } from './answer.ts'
import { caseFile } from './case-file.ts'
import { type Mailbox, mailbox, opened } from './mailbox.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'
import { type PlainFile, sealFiles } from './seal-report.ts'

/** A mailbox opened in memory for a browser that cannot open it itself. */
export interface OpenedMailbox {
  readonly mailbox: Mailbox
  readonly entries: readonly OpenedEntry[]
}

/** One record of it. */
export interface OpenedEntry extends TimelineEntry {
  /** When the server received it, epoch milliseconds. */
  readonly receivedAt: number
  /** Null where it could not be opened or does not hold what it should. */
  readonly letter: Letter | null
}

/**
 * Opens the mailbox of a receipt code in memory, for a browser without JavaScript. Weaker than opening it there,
 * since the code passes through the server; the page says so before it is typed. What members wrote counts as
 * delivered then.
 *
 * @throws {Refused} `not-found` if nothing belongs to the code.
 */
export async function openMailbox(office: Office, code: string): Promise<OpenedMailbox> {
  const { receipt, caseId } = await caseOfCode(office, code)
  const found = await mailbox(office, caseId)
  const { members } = verifyDirectory(found.community.id, found.directory)
  const timeline = await readTimeline(found.records, {
    community: found.community.id,
    case: caseId,
    identityOf: () => receipt.identity,
    memberKeys: (id) => members.get(id)?.verifyKeys ?? [],
    reporterKey: receipt.verifyKey,
    chain: 'afterShared',
  })
  const entries = timeline.map((entry, index): OpenedEntry => {
    const receivedAt = found.records[index]?.at ?? 0
    return { ...entry, receivedAt, letter: letterOf(entry) }
  })
  const fresh = found.records.filter(({ openedAt }, index) => openedAt === null && entries[index]?.letter)
  await opened(
    office,
    caseId,
    fresh.map(({ id }) => id),
  )
  return { mailbox: found, entries }
}

/** What a record says, or null if it does not say it in the shape of its kind. */
function letterOf({ record }: TimelineEntry): Letter | null {
  try {
    return record && readLetter(record.kind, record.body)
  } catch {
    return null
  }
}

/**
 * Seals in memory what a browser without JavaScript writes back, and files it. The record says that the server
 * sealed it.
 *
 * @param given.once - made with the page, so that sending it twice adds it once.
 * @throws {Refused} `not-found`, `file-limit`, `invalid-input` for neither words nor files, `too-large`.
 */
export async function answerPlain(
  office: Office,
  given: {
    readonly code: string
    readonly text: string
    /** What they say of the shepherd (I6); null: nothing. */
    readonly shepherd: ShepherdAnswer | null
    readonly once: string
  },
  files: AsyncIterable<PlainFile>,
): Promise<void> {
  const { receipt, caseId } = await caseOfCode(office, given.code)
  if (given.text.length > limits.message) throw new Refused('too-large')
  const { community, epochRecipient } = await mailbox(office, caseId)
  const recipients = [epochRecipient, receipt.recipient]
  const { evidence, uploads } = await sealFiles(office, community.id, recipients, files)
  if (given.text.trim() === '' && evidence.length === 0 && given.shepherd === null)
    throw new Refused('invalid-input', { field: 'text', reason: 'is empty' })
  for (let again = 0; ; again += 1) {
    // Read again, since somebody may have written meanwhile.
    const { epoch, head, sharedHead, epochRecipient: newest } = await mailbox(office, caseId)
    // K3: somebody left meanwhile, so that the files would be sealed to them too. Sending it again seals anew.
    if (newest !== epochRecipient) throw new Refused('out-of-order', { head, sharedHead: sharedHead ?? '' })
    const sealed = await sealRecord(
      {
        v: 1,
        community: community.id,
        case: caseId,
        epoch,
        kind: 'answer',
        author: { who: 'server' },
        at: office.clock.now(),
        body: {
          text: given.text,
          files: evidence,
          ...(given.shepherd === null ? {} : { shepherd: given.shepherd }),
        },
        after: head,
        afterShared: sharedHead,
      },
      null,
      recipients,
    )
    try {
      await answer(office, {
        case: caseId,
        record: { sealed, after: head, uploads, byServer: true },
        shepherd: given.shepherd,
        key: given.once,
      })
      return
    } catch (error) {
      const code = error instanceof Refused ? error.code : null
      // The same page was sent before: it is there already.
      if (code === 'key-reused') return
      if (code !== 'out-of-order' || again === 3) throw error
    }
  }
}

/**
 * Opens one file of a mailbox in memory.
 *
 * @throws {Refused} `not-found` if there is no such file, or it is not the one that a record names.
 */
export async function openMailboxFile(
  office: Office,
  code: string,
  upload: string,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const { receipt, caseId } = await caseOfCode(office, code)
  const { entries } = await openMailbox(office, code)
  const ref = entries.flatMap(({ letter }) => letter?.files ?? []).find((file) => file.upload === upload)
  if (!ref) throw new Refused('not-found')
  const { bytes } = await caseFile(office, caseId, upload, true)
  return { name: ref.name, bytes: await openFile(bytes, receipt.identity, ref) }
}

async function caseOfCode(office: Office, code: string): Promise<{ receipt: Receipt; caseId: string }> {
  const receipt = await receiptOf(code)
  const found = await findReceipt(office.store.db, receipt.lookup)
  if (!found || found.hash !== tokenHash(receipt.token)) throw new Refused('not-found')
  return { receipt, caseId: found.caseId }
}
