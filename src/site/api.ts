/**
 * The shapes of the API that the public pages use. Written out, so that what a reporter's browser runs can be checked
 * without anything of the server's; api.test.ts proves that they are the server's own.
 */
import type { SignedText } from '../sealing/directory.ts'

/** A member of the committee as everybody may know them. */
export interface Named {
  readonly id: string
  readonly name: string
}

/** GET /communities/{community}/intake */
export interface Intake {
  readonly community: string
  readonly directory: SignedText[]
  readonly members: Named[]
}

/** POST /communities/{community}/reports; sealed bytes in base64. */
export interface Submission {
  readonly case: string
  /** Head of the key directory it was sealed by. */
  readonly directory: string
  readonly recipient: string
  readonly grants: { member: string; sealed: string }[]
  readonly record: string
  readonly receipt: { lookup: string; tokenHash: string; recipient: string; verifyKey: string } | null
  readonly involved: string[]
  readonly uploads: { upload: string; token: string }[]
  readonly notice: string | null
  readonly language: 'en' | 'es'
  /** `taken`: written down by somebody to whom the person spoke (B). */
  readonly channel?: 'web' | 'taken'
  /** The person waits for something to be arranged (B4). */
  readonly followUp?: boolean
  /** Token of the alert that it ends (A4). */
  readonly alert?: string | null
}

/** Its answer; instants in epoch milliseconds. */
export interface Filed {
  readonly acknowledgeBy: number
  readonly resolveBy: number
}

/** POST /communities/{community}/alerts; sealed words in base64. */
export interface AlertBody {
  readonly token: string
  readonly event: string | null
  readonly place: string | null
  readonly words: { sealed: string; directory: string } | null
  readonly involved: string[]
  readonly offered: string[]
}

/** POST /communities/{community}/uploads */
export interface Begun {
  readonly upload: string
  readonly token: string
}

/** GET /mailbox; sealed bytes in base64, instants in epoch milliseconds. */
export interface MailboxFound {
  readonly community: {
    readonly id: string
    readonly shortName: string
    readonly name: string
    readonly timeZone: string
  }
  readonly case: string
  readonly state: 'received' | 'answered' | 'closed'
  readonly acknowledgeBy: number
  readonly epoch: number
  readonly epochRecipient: string
  readonly head: string
  readonly sharedHead: string | null
  readonly records: readonly {
    readonly id: string
    readonly epoch: number
    readonly sealed: string
    readonly at: number
    readonly openedAt: number | null
  }[]
  readonly directory: readonly SignedText[]
  readonly members: readonly Named[]
  readonly shepherd: { readonly name: string; readonly until: number } | null
}

/** GET /{community}/offline: pages with their addresses, and the addresses of what they load. */
export interface OfflineSet {
  readonly language: string
  readonly pages: readonly (readonly [address: string, html: string])[]
  readonly assets: readonly string[]
}
