import type { Api } from '../api/client.ts'

const mark = /^#seen-([A-Za-z0-9_-]{22})$/

/** The notice that led here, as the address says it; null: none did. */
const noticeIn = (fragment: string): string | null => mark.exec(fragment)?.[1] ?? null

/** Tells the server that what a notice leads to was opened. That it could not be told changes nothing. */
export async function tellSeen(api: Api, fragment: string): Promise<void> {
  const notice = noticeIn(fragment)
  if (notice !== null) await api.send('POST', `/deliveries/${notice}/seen`).catch(() => undefined)
}
