import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Api } from '../api/client.ts'
import { path } from '../api/client.ts'
import type { CaseLine, CaseList, MemberLine } from '../api/shapes.ts'

/** Member ids of who is on call. */
interface OnCall {
  readonly primary: string | null
  readonly secondary: string | null
}

/** Which cases an inbox shows. */
export interface Wanted {
  readonly open: boolean
  /** Short name; null: of all communities. */
  readonly community: string | null
}

/** The cases handed to whoever is signed in, page by page: open ones by what is due next, closed ones newest first. */
export const casesQuery = (api: Api, { open, community }: Wanted) =>
  infiniteQueryOptions({
    queryKey: ['cases', open, community],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams({ open: open ? '1' : '0' })
      if (community !== null) query.set('community', community)
      if (pageParam !== null) query.set('after', pageParam)
      return api.get<CaseList>(`/cases?${query}`)
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })

/** The members of a community, those who left included: records of theirs stay. */
export const membersQuery = (api: Api, community: string) =>
  queryOptions({
    queryKey: ['members', community],
    queryFn: () => api.get<readonly MemberLine[]>(path`/communities/${community}/members`),
    staleTime: 60_000,
  })

/** Who is on call in a community now. */
export const onCallQuery = (api: Api, community: string) =>
  queryOptions({
    queryKey: ['on-call', community],
    queryFn: () => api.get<OnCall>(path`/communities/${community}/on-call`),
    staleTime: 60_000,
  })

/** What a line of the inbox says at its end. */
export type Mark = 'overdue' | 'blocked' | 'due' | 'state'

/** A day before something is due, its date takes the place of the state. */
const soon = 4 * 24 * 3_600_000

/** The one mark of a line: what is most pressing. */
export function markOf({ overdue, blocked, due, state }: CaseLine, now: number): Mark {
  if (blocked) return 'blocked'
  if (overdue) return 'overdue'
  if (due.at !== null && state !== 'resolved' && state !== 'on-file' && due.at - now <= soon) return 'due'
  return 'state'
}
