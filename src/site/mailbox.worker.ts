/** Where the mailbox is opened and answers are sealed. The code never leaves this worker. */
import type { FileRef } from '../procedure/records.ts'
import type { Mistake } from '../sealing/mistyped.ts'
import { receiptWords } from '../sealing/receipt.ts'
import { type Answered, type Box, type MailboxDesk, openMailboxDesk, type ToAnswer } from './read-mailbox.ts'
import { openLine, type Trouble } from './request.ts'

/** What the page asks of the worker. */
export type Order =
  | {
      readonly order: 'open'
      readonly code: string
      readonly community: string
      readonly fingerprint: string | null
    }
  | { readonly order: 'look' }
  | { readonly order: 'answer'; readonly given: ToAnswer }
  | { readonly order: 'file'; readonly ref: FileRef }

/** What the worker tells the page. */
export type News =
  | { readonly news: 'ready' }
  | { readonly news: 'opened'; readonly box: Box }
  /** Nothing belongs to the code; `mistake` is what is likely wrong with it. */
  | { readonly news: 'unknown-code'; readonly mistake: Mistake | null }
  | { readonly news: 'no-answer' }
  | { readonly news: 'trouble'; readonly trouble: Trouble }
  | { readonly news: 'progress'; readonly id: string; readonly sent: number; readonly size: number }
  | { readonly news: 'answered'; readonly answered: Answered }
  /** `bytes` null: it could not be fetched, or is not what it should be. */
  | { readonly news: 'file'; readonly ref: FileRef; readonly bytes: Uint8Array<ArrayBuffer> | null }
  | { readonly news: 'failed' }

const tell = (news: News): void => postMessage(news)
const line = openLine((trouble) => tell({ news: 'trouble', trouble }))
let desk: MailboxDesk | null = null
let typed = ''

async function look(at: MailboxDesk): Promise<void> {
  const looked = await at.look()
  if (looked.what === 'opened') tell({ news: 'opened', box: looked.box })
  else if (looked.what === 'no-answer') tell({ news: 'no-answer' })
  else {
    const { mistakeIn } = await import('../sealing/mistyped.ts')
    tell({ news: 'unknown-code', mistake: mistakeIn(typed, receiptWords) })
  }
}

async function obey(given: Order): Promise<void> {
  if (given.order === 'open') {
    typed = given.code
    desk = await openMailboxDesk(line, given.code, given)
    return look(desk)
  }
  if (!desk) return
  if (given.order === 'look') return look(desk)
  if (given.order === 'answer') {
    const answered = await desk.answer(given.given, (id, sent, size) =>
      tell({ news: 'progress', id, sent, size }),
    )
    tell({ news: 'answered', answered })
    if (answered.what === 'sent') await look(desk)
    return
  }
  const bytes = await desk.file(given.ref).then(
    (opened) => new Uint8Array(opened),
    () => null,
  )
  tell({ news: 'file', ref: given.ref, bytes })
}

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  obey(data).catch(() => tell({ news: 'failed' }))
})
tell({ news: 'ready' })
