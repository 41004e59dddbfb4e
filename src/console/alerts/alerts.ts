import { queryOptions } from '@tanstack/react-query'
import { openAlertWords } from '../../sealing/alert-words.ts'
import { fromBase64 } from '../../sealing/bytes.ts'
import { type Api, path } from '../api/client.ts'
import type { AlertLine, AlertView } from '../api/shapes.ts'

/** How often calls are asked for where nothing tells of them: rather too often than too late. */
const askEvery = 20_000

/** The calls for help that still need somebody, newest first. */
export const alertsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['alerts'],
    queryFn: async () => (await api.get<{ alerts: readonly AlertLine[] }>('/alerts')).alerts,
    refetchInterval: askEvery,
  })

/** A call for help. */
export const alertQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['alert', id],
    queryFn: () => api.get<AlertView>(path`/alerts/${id}`),
    refetchInterval: askEvery,
    gcTime: 60_000,
  })

/** Sealed words of a call, opened; `unreadable` where these keys do not open them. */
export type OpenedWords =
  | { readonly is: 'none' | 'unreadable' }
  | { readonly is: 'open'; readonly text: string }

/**
 * Opens words or a note of a call.
 *
 * @param sealed - in base64, or null.
 * @param community - id of the community they must have been sealed for.
 */
export async function openWords(
  sealed: string | null,
  identity: string,
  community: string,
): Promise<OpenedWords> {
  if (sealed === null) return { is: 'none' }
  try {
    return { is: 'open', text: await openAlertWords(fromBase64(sealed), identity, community) }
  } catch {
    return { is: 'unreadable' }
  }
}

/** Something that happened to a call. */
export interface Happening {
  readonly what: 'raised' | 'step' | 'seen' | 'taken' | 'worse' | 'over' | 'closed' | 'withdrawn'
  readonly at: number
  /** Member ids. */
  readonly who: readonly string[]
}

/** Everything that happened to a call, oldest first. */
export function happenings(alert: AlertView): Happening[] {
  const { raisedAt, worseAt, overAt, takenAt, takenBy, endedAt, state, closedBy } = alert
  const one = (what: Happening['what'], at: number | null, who: readonly (string | null)[] = []) =>
    at === null ? [] : [{ what, at, who: who.filter((id) => id !== null) }]
  return [
    ...one('raised', raisedAt),
    ...alert.steps.flatMap(({ at, to }) => one('step', at, to)),
    ...alert.seen.flatMap(({ member, at }) => one('seen', at, [member])),
    ...one('worse', worseAt),
    ...one('taken', takenAt, [takenBy]),
    ...one('over', overAt),
    ...one(state === 'withdrawn' ? 'withdrawn' : 'closed', endedAt, [closedBy]),
  ].sort((a, b) => a.at - b.at)
}
