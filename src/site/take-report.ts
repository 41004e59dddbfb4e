import { openSupports } from '../procedure/supports.ts'
import { newId, randomBytes } from '../sealing/bytes.ts'
import { receiptOf, receiptWords } from '../sealing/receipt.ts'
import type { Intake, Named } from './api.ts'
import { type Recipients, readers, Untrusted, verifiedRecipients } from './recipients.ts'
import type { Line } from './request.ts'
import { type Said, sealSubmission } from './seal-submission.ts'

/** What the form hands over. */
export interface ToTake extends Said {
  /** Ids of the members whom the form offered as possibly involved. */
  readonly offered: readonly string[]
  /** A code for the person it is taken from. */
  readonly giveCode: boolean
}

export type Taken =
  /** Sealed and kept. `code`: for the person, shown once. */
  | { readonly what: 'kept'; readonly code: string | null }
  /** Somebody joined whom the form did not offer: ask again who is involved (K1). */
  | { readonly what: 'committee-changed'; readonly members: readonly Named[] }
  /** The committee's keys are not vouched for: nothing is sealed to them. */
  | { readonly what: 'untrusted' }
  /** There is no connection, and the committee's keys were never fetched on this device. */
  | { readonly what: 'no-keys' }

/** What a desk needs of the device. */
export interface Shelf {
  /** Keeps a sealed request until it is delivered. */
  keep(sealed: { id: string; what: string; path: string; body: string }): Promise<void>
  remember(name: string, value: unknown): Promise<void>
  recall(name: string): Promise<unknown>
}

/** Where somebody writes down what another person says. */
export interface TakeDesk {
  /** Fetches the committee's keys and keeps them for when there is no connection. False: they cannot be trusted. */
  prepare(): Promise<boolean>
  /**
   * Seals at once, with or without a connection, and keeps what is sealed. After that nothing on this device opens it
   * (B6): the keys it was made with are forgotten.
   */
  take(given: ToTake): Promise<Taken>
}

/** How long somebody waits for newer keys before the known ones are taken, milliseconds. */
const patience = 4000

/**
 * @param community - short name.
 * @param expected - fingerprint of the committee's keys as the page shows it, or null.
 * @param drawWords - loaded before it is needed, since the list of words is large.
 */
export function openTakeDesk(
  { fetch }: Pick<Line, 'fetch'>,
  community: string,
  expected: string | null,
  shelf: Shelf,
  drawWords: (count: number) => Promise<string[]>,
  now: () => number = Date.now,
): TakeDesk {
  const place = `intake ${community}`

  async function fetchIntake(): Promise<Intake | null> {
    const path = `/api/v1/communities/${community}/intake`
    const answer = await fetch(path, { signal: AbortSignal.timeout(patience) }).catch(() => null)
    if (!answer?.ok) return null
    return answer.json().catch(() => null) as Promise<Intake | null>
  }

  /** @throws {Untrusted} */
  async function recipients(): Promise<Recipients | null> {
    const fresh = await fetchIntake()
    if (fresh) {
      const verified = verifiedRecipients(fresh, expected)
      await shelf.remember(place, fresh)
      return verified
    }
    const known = (await shelf.recall(place)) as Intake | undefined
    return known ? verifiedRecipients(known, expected) : null
  }

  return {
    async prepare() {
      // So that they are here when there is no connection.
      await drawWords(0)
      try {
        await recipients()
        return true
      } catch (error) {
        if (error instanceof Untrusted) return false
        throw error
      }
    },
    async take({ offered, giveCode, ...said }) {
      let to: Recipients | null
      try {
        to = await recipients()
      } catch (error) {
        if (error instanceof Untrusted) return { what: 'untrusted' }
        throw error
      }
      if (!to) return { what: 'no-keys' }
      if (readers(to.directory).some((id) => !offered.includes(id)))
        return { what: 'committee-changed', members: to.members }
      const code = giveCode ? (await drawWords(receiptWords)).join(' ') : null
      const receipt = code === null ? null : await receiptOf(code)
      // Without a code it is signed with a key that nobody has afterwards.
      const signingSeed = receipt?.signingSeed ?? randomBytes(32)
      const notice = receipt ? said.notice : null
      const submission = await sealSubmission(
        { ...said, notice },
        to,
        { receipt, signingSeed, at: now() },
        [],
      )
      const followUp = openSupports(said.report, []).length > 0
      await shelf.keep({
        id: newId(),
        what: 'report',
        path: `/communities/${community}/reports`,
        body: JSON.stringify({ ...submission, channel: 'taken', followUp }),
      })
      return { what: 'kept', code }
    },
  }
}
