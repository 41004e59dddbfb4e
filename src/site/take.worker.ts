/** Where a report is taken: sealed, kept, and sent when there is a connection. */
import { recall, remember } from '../kept/device.ts'
import { type Delivered, type KeptLine, openKeeper, sendByItself } from '../kept/keeper.ts'
import { NoAnswer, openLine, RefusedByServer, requestJson } from './request.ts'
import { openTakeDesk, type TakeDesk, type Taken, type ToTake } from './take-report.ts'

/** What the page asks of the worker. */
export type TakeOrder =
  | { readonly order: 'open'; readonly community: string; readonly fingerprint: string | null }
  | { readonly order: 'send'; readonly given: ToTake }
  /** Try to send what waits now. */
  | { readonly order: 'try' }
  | { readonly order: 'forget'; readonly id: string }

/** What the worker tells the page. */
export type TakeNews =
  | { readonly news: 'ready'; readonly trusted: boolean }
  | { readonly news: 'lines'; readonly lines: readonly KeptLine[] }
  | { readonly news: 'outcome'; readonly outcome: Taken }
  | { readonly news: 'failed' }

const tell = (news: TakeNews): void => postMessage(news)
const drawWords = async (count: number): Promise<string[]> =>
  (await import('../sealing/words.ts')).drawWords(count)

const line = openLine(() => {})
let desk: TakeDesk | null = null
let keeper: ReturnType<typeof openKeeper> | null = null

/** `key-reused`: the answer to the same request was lost so long ago that the server has forgotten it. It is there. */
const isThere = (error: RefusedByServer): boolean => error.code === 'key-reused'

async function deliver(request: { id: string; path: string; body: string }): Promise<Delivered> {
  try {
    await requestJson(line, request.path, {
      method: 'POST',
      headers: { 'idempotency-key': request.id },
      body: JSON.parse(request.body),
    })
    return 'sent'
  } catch (error) {
    if (error instanceof NoAnswer) return 'later'
    if (!(error instanceof RefusedByServer)) throw error
    if (isThere(error)) return 'sent'
    return error.status === 503 || error.status === 429 || error.status === 500 ? 'later' : 'refused'
  }
}

async function show(): Promise<void> {
  tell({ news: 'lines', lines: (await keeper?.lines()) ?? [] })
}

addEventListener('message', async ({ data }: MessageEvent<TakeOrder>) => {
  try {
    switch (data.order) {
      case 'open': {
        keeper = openKeeper(`public ${data.community}`, deliver, () => void show(), Date.now)
        const shelf = { keep: keeper.keep, remember, recall }
        desk = openTakeDesk(line, data.community, data.fingerprint, shelf, drawWords)
        await show()
        sendByItself(keeper)
        return tell({ news: 'ready', trusted: await desk.prepare() })
      }
      case 'send':
        if (!desk) throw new Error('The desk is not open.')
        tell({ news: 'outcome', outcome: await desk.take(data.given) })
        return void keeper?.send()
      case 'try':
        return void keeper?.send()
      case 'forget':
        return void (await keeper?.forget(data.id))
    }
  } catch {
    tell({ news: 'failed' })
  }
})
