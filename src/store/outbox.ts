import { newId } from '../sealing/bytes.ts'
import type { OutboxTable } from './schema.ts'
import type { Tx } from './store.ts'

/** Every notice there is. Its words: `mail.<notice>.subject` and `.text`. None ever tells what is in a case. */
export const noticeKinds = [
  /** A report came in: to its receivers (F1). */
  'report-new',
  /** It is unanswered, and now the secondary's (G3). */
  'case-inherited',
  /** The first response is overdue: to its receivers (H1). */
  'acknowledge-overdue',
  /** Nobody has answered within a day: to every member without a conflict (G4). */
  'case-open-to-all',
  /** Brought to the committee (I1). */
  'case-brought',
  /** The reporter has written: to whoever has the case in hand. */
  'answer-new',
  /** Everybody on the committee is named as involved: to the organizers, who learn that it exists. */
  'report-for-organizers',
  /** To the reporter: there is something for you. */
  'reporter-message',
  /** A chair checks whether mail arrives. */
  'mail-test',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Something to tell somebody, as it is queued. */
export interface Notice {
  /** Id of the community it is about. */
  readonly community: string
  readonly case: string | null
  /** Whom to tell: an account, … */
  readonly account?: string
  /** … or an address, sealed with the server's key. */
  readonly sealedAddress?: Uint8Array
  readonly notice: NoticeKind
  /** What the words may show: code name, instants, a language; never content, never anything of the reporter. */
  readonly detail: Readonly<Record<string, string | number>>
  /** When it is queued, epoch milliseconds; it is due at once. */
  readonly at: number
}

/** Queues notices in the transaction of what they announce; publish `outbox` once that is durable. */
export async function queueNotices(tx: Tx, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return
  const rows = notices.map(
    ({ community, case: about, account, sealedAddress, notice, detail, at }): OutboxTable => ({
      id: newId(),
      community_id: community,
      case_id: about,
      channel: 'mail',
      account_id: account ?? null,
      sealed_address: sealedAddress ?? null,
      notice,
      detail: JSON.stringify(detail),
      created_at: at,
      next_at: at,
      attempts: 0,
      state: 'queued',
      failure: null,
      sent_at: null,
      claimed_until: 0,
    }),
  )
  await tx.insertInto('outbox').values(rows).execute()
}
