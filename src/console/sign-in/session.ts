import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { type Api, Problem } from '../api/client.ts'
import type { Membership, Session } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'

/** Who is signed in, or null. */
export const sessionQuery = (api: Api) =>
  queryOptions({
    queryKey: ['session'],
    queryFn: () =>
      api.get<Session>('/session').catch((error: unknown) => {
        if (error instanceof Problem && error.code === 'not-signed-in') return null
        throw error
      }),
    staleTime: 60_000,
  })

/** Who is signed in, behind the gate, where somebody is. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery(useDesk().api))
  if (data === null) throw new Error('Nobody is signed in.')
  return data
}

/** The membership in a community by its short name, or undefined. */
export const membershipIn = (session: Session, community: string): Membership | undefined =>
  session.memberships.find((membership) => membership.community.shortName === community)

/** The memberships in committees: organizers get no cases. */
export const committees = (session: Session): readonly Membership[] =>
  session.memberships.filter(({ standing }) => standing === 'member')
