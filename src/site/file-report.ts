import { newId } from '../sealing/bytes.ts'
import { type Prepared, prepareCase } from '../sealing/intake.ts'
import { type Receipt, receiptOf, receiptWords } from '../sealing/receipt.ts'
import type { Filed, Intake, Named, Submission } from './api.ts'
import { type Recipients, readers, Untrusted, verifiedRecipients } from './recipients.ts'
import { type Line, NoAnswer, RefusedByServer, requestJson } from './request.ts'
import { type Said, sealSubmission } from './seal-submission.ts'
import { isGone, type Upload, type Uploaded, uploadOf } from './upload.ts'

/** What the form hands over. */
export interface ToSend extends Said {
  readonly files: readonly { readonly id: string; readonly file: File }[]
  /** Ids of the members whom the form offered as possibly involved. */
  readonly offered: readonly string[]
}

/** How far it is. `sent` and `size` are bytes of the file. */
export type Progress =
  | { readonly what: 'file'; readonly id: string; readonly sent: number; readonly size: number }
  | { readonly what: 'sealing' | 'sending' }

export type Outcome =
  | {
      readonly what: 'filed'
      readonly code: string
      readonly acknowledgeBy: number
      readonly resolveBy: number
    }
  /** Somebody joined whom the form did not offer: ask again who is involved, before anything is sealed to them (K1). */
  | { readonly what: 'committee-changed'; readonly members: readonly Named[] }
  /**
   * Nothing answered, or (`away`) the server cannot tell whether it kept it. It may have been filed: the very same is
   * to be sent again, nothing else.
   */
  | { readonly what: 'no-answer'; readonly mayBeFiled: boolean; readonly away: boolean }
  /** Not filed, for the reason the server gives. */
  | { readonly what: 'refused'; readonly detail: string }
  /** A file could not be read. */
  | { readonly what: 'unreadable'; readonly id: string }
  /** The committee's keys are not vouched for: nothing is sealed to them. */
  | { readonly what: 'untrusted' }

/** Seals and files one report. */
export interface Desk {
  /** Fetches and verifies to whom it is sealed. Returns false where the keys cannot be trusted. */
  prepare(): Promise<boolean>
  send(given: ToSend, tell: (progress: Progress) => void): Promise<Outcome>
}

/**
 * A desk at which one report is filed, once, however often it has to be tried.
 *
 * @param community - short name.
 * @param expected - fingerprint of the committee's keys as the page shows it, or null.
 * @param drawWords - loaded late, since the list of words is large.
 */
export function openDesk(
  line: Line,
  community: string,
  expected: string | null,
  drawWords: (count: number) => Promise<string[]>,
  now: () => number = Date.now,
): Desk {
  let recipients: Recipients | null = null
  let made: { readonly code: string; readonly receipt: Receipt; readonly prepared: Prepared } | null = null
  const uploads = new Map<string, { readonly upload: Upload; done: Uploaded | null }>()
  /** Sealed and perhaps filed already: only this may be sent until it is known. */
  let underway: { readonly key: string; readonly body: string } | null = null

  /** @throws {Untrusted} */
  async function fetchRecipients(): Promise<Recipients> {
    const intake = await requestJson<Intake>(line, `/communities/${community}/intake`)
    recipients = verifiedRecipients(intake, expected)
    return recipients
  }

  async function makeCase(): Promise<NonNullable<typeof made>> {
    if (made) return made
    const code = (await drawWords(receiptWords)).join(' ')
    const [receipt, prepared] = await Promise.all([receiptOf(code), prepareCase()])
    made = { code, receipt, prepared }
    return made
  }

  async function sendFiles(given: ToSend, tell: (progress: Progress) => void): Promise<Uploaded[]> {
    const { prepared, receipt } = await makeCase()
    const done: Uploaded[] = []
    for (const { id, file } of given.files) {
      let state = uploads.get(id)
      if (!state) {
        state = { upload: uploadOf(community, file, [prepared.recipient, receipt.recipient]), done: null }
        uploads.set(id, state)
      }
      try {
        state.done = await state.upload.run(line, (sent) => tell({ what: 'file', id, sent, size: file.size }))
      } catch (error) {
        if (isGone(error)) uploads.delete(id)
        throw error instanceof NoAnswer || error instanceof RefusedByServer ? error : new Unreadable(id)
      }
      tell({ what: 'file', id, sent: file.size, size: file.size })
      done.push(state.done)
    }
    return done
  }

  async function sealed(given: ToSend, to: Recipients, files: readonly Uploaded[]): Promise<Submission> {
    const { receipt, prepared } = await makeCase()
    const { signingSeed } = receipt
    return sealSubmission(given, to, { receipt, signingSeed, prepared, at: now() }, files)
  }

  async function file(): Promise<Outcome> {
    if (!underway || !made) throw new Error('Nothing was sealed.')
    const filed = await requestJson<Filed>(line, `/communities/${community}/reports`, {
      method: 'POST',
      headers: { 'idempotency-key': underway.key },
      body: JSON.parse(underway.body),
    })
    return { what: 'filed', code: made.code, acknowledgeBy: filed.acknowledgeBy, resolveBy: filed.resolveBy }
  }

  async function attempt(given: ToSend, tell: (progress: Progress) => void): Promise<Outcome> {
    for (let again = 0; ; again += 1) {
      if (!underway) {
        const to = recipients && again === 0 ? recipients : await fetchRecipients()
        if (readers(to.directory).some((id) => !given.offered.includes(id)))
          return { what: 'committee-changed', members: to.members }
        const files = await sendFiles(given, tell)
        tell({ what: 'sealing' })
        underway = { key: newId(), body: JSON.stringify(await sealed(given, to, files)) }
      }
      tell({ what: 'sending' })
      try {
        return await file()
      } catch (error) {
        // It was refused, so it is not filed, and may be sealed anew.
        if (error instanceof RefusedByServer && !isAway(error)) underway = null
        if (isGone(error)) uploads.clear()
        const changed = error instanceof RefusedByServer && error.code === 'recipients-changed'
        if (!changed || again === 2) throw error
      }
    }
  }

  return {
    async prepare() {
      try {
        await fetchRecipients()
        await makeCase()
        return true
      } catch (error) {
        if (error instanceof Untrusted) return false
        // No connection yet: sending fetches them again.
        return true
      }
    },
    async send(given, tell) {
      try {
        return await attempt(given, tell)
      } catch (error) {
        if (error instanceof Untrusted) return { what: 'untrusted' }
        if (error instanceof Unreadable) return { what: 'unreadable', id: error.message }
        const away = isAway(error)
        if (away || error instanceof NoAnswer)
          return { what: 'no-answer', mayBeFiled: underway !== null, away }
        if (error instanceof RefusedByServer)
          return { what: 'refused', detail: String(error.problem.detail ?? '') }
        throw error
      }
    },
  }
}

/** A store that went away in the middle of a commit may have made it. */
const isAway = (error: unknown): boolean => error instanceof RefusedByServer && error.status === 503

class Unreadable extends Error {
  override name = 'Unreadable'
}
