import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type Api, path } from '../api/client.ts'
import type { MemberLine, Membership, RosterAnswer } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'

export type Shift = RosterAnswer['shifts'][number]
export type Override = RosterAnswer['overrides'][number]
export type SwapLine = RosterAnswer['swaps'][number]
export type Rule = NonNullable<NonNullable<RosterAnswer['rule']>['rule']>

/** What the parts of the roster are about. */
export interface Part {
  readonly me: Membership
  readonly roster: RosterAnswer
  readonly members: readonly MemberLine[]
}

const day = 86_400_000

/** The roster of a community from now on, for a year. */
export const rosterQuery = (api: Api, community: string) =>
  queryOptions({
    queryKey: ['roster', community],
    queryFn: () => api.get<RosterAnswer>(path`/communities/${community}/roster`),
  })

/** Whoever was on call in the year before an instant. */
export const pastQuery = (api: Api, community: string, now: number) =>
  queryOptions({
    queryKey: ['roster', community, 'past'],
    queryFn: () =>
      api.get<RosterAnswer>(
        path`/communities/${community}/roster?from=${String(now - 366 * day)}&to=${String(now)}`,
      ),
  })

/** Changes the roster, and everything that shows who is on call with it. */
export function useRosterChange(community: string, onDone?: () => void) {
  const { api } = useDesk()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ method, at, body }: { method: 'POST' | 'PUT' | 'DELETE'; at: string; body?: unknown }) =>
      api.send(method, `/communities/${community}/roster/${at}`, body),
    onSuccess: async () => {
      for (const key of ['on-call', 'members']) void queries.invalidateQueries({ queryKey: [key, community] })
      await queries.invalidateQueries({ queryKey: ['roster', community] })
      onDone?.()
    },
  })
}

/** Two ways to unlock, before somebody can be on call. */
const unlockersOnCall = 2

/** How members of the committee are called, also those who left, and as choices of a list. */
export function useNames(members: readonly MemberLine[]) {
  const { say } = useDesk()
  const nameOf = (id: string | null | undefined): string =>
    members.find((member) => member.id === id)?.name ?? say('roster.someone')
  const committee = members.filter(({ active, standing }) => active && standing === 'member')
  const choices = committee.map(({ id, name, unlockers }) => ({
    value: id,
    label: unlockers !== null && unlockers < unlockersOnCall ? say('roster.one-unlocker', { name }) : name,
  }))
  return { nameOf, committee, choices }
}
