import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Ear, Megaphone, Presentation } from 'lucide-react'
import { useEffect } from 'react'
import { directoryQuery, playbookQuery } from '../case/case.ts'
import { useDesk } from '../desk.tsx'
import { membersQuery } from '../inbox/inbox.ts'
import { committees, useSession } from '../sign-in/session.ts'

/** What a member can write down from the first screen, one tap away (E1, E4, F2). */
export function Entries() {
  const desk = useDesk()
  const { say } = desk
  const session = useSession()
  const queries = useQueryClient()
  useEffect(() => {
    // What these pages need is here before somebody stands where there is no connection.
    for (const { community } of committees(session)) {
      void queries.prefetchQuery({ ...directoryQuery(desk, community), gcTime: Number.POSITIVE_INFINITY })
      void queries.prefetchQuery({
        ...playbookQuery(desk, community.shortName),
        gcTime: Number.POSITIVE_INFINITY,
      })
      void queries.prefetchQuery({
        ...membersQuery(desk.api, community.shortName),
        gcTime: Number.POSITIVE_INFINITY,
      })
    }
  }, [desk, queries, session])
  return (
    <nav className="entries" aria-label={say('entry.title')}>
      <Link to="/console/log/$kind" params={{ kind: 'warning' }}>
        <Megaphone aria-hidden="true" /> {say('entry.warning')}
      </Link>
      <Link to="/console/talk">
        <Presentation aria-hidden="true" /> {say('entry.talk')}
      </Link>
      <Link to="/console/log/$kind" params={{ kind: 'told' }}>
        <Ear aria-hidden="true" /> {say('entry.told')}
      </Link>
    </nav>
  )
}
