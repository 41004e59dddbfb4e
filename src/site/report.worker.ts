/** Where a report is sealed and sent, so that typing never waits for it. */
import { type Desk, type Outcome, openDesk, type Progress, type ToSend } from './file-report.ts'
import { openLine, type Trouble } from './request.ts'

/** What the page asks of the worker. */
export type Order =
  | { readonly order: 'open'; readonly community: string; readonly fingerprint: string | null }
  | { readonly order: 'send'; readonly given: ToSend }

/** What the worker tells the page. */
export type News =
  /** It can seal; `trusted` is false where the committee's keys are not vouched for. */
  | { readonly news: 'ready'; readonly trusted: boolean }
  | { readonly news: 'trouble'; readonly trouble: Trouble }
  | { readonly news: 'progress'; readonly progress: Progress }
  | { readonly news: 'outcome'; readonly outcome: Outcome }
  /** It broke; what was typed is safe with the page. */
  | { readonly news: 'failed' }

const tell = (news: News): void => postMessage(news)
const drawWords = async (count: number): Promise<string[]> =>
  (await import('../sealing/words.ts')).drawWords(count)

let desk: Desk | null = null

addEventListener('message', async ({ data }: MessageEvent<Order>) => {
  try {
    if (data.order === 'open') {
      const line = openLine((trouble) => tell({ news: 'trouble', trouble }))
      desk = openDesk(line, data.community, data.fingerprint, drawWords)
      tell({ news: 'ready', trusted: await desk.prepare() })
    } else if (desk) {
      const outcome = await desk.send(data.given, (progress) => tell({ news: 'progress', progress }))
      tell({ news: 'outcome', outcome })
    }
  } catch {
    tell({ news: 'failed' })
  }
})
