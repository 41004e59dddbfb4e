import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { Membership } from '../api/shapes.ts'
import { useDesk, useSay } from '../desk.tsx'
import { Page } from '../pieces/page.tsx'
import { committees, useSession } from '../sign-in/session.ts'
import { casesQuery, membersQuery, onCallQuery } from './inbox.ts'

/** The place of the inbox: beside it, what can be done there; for organizers, what they will get. */
export function InboxPage() {
  const say = useSay()
  const session = useSession()
  if (session.memberships.length === 0)
    return (
      <Page title={say('inbox.no-community.title')}>
        <p>{say('inbox.no-community.text')}</p>
      </Page>
    )
  const memberships = committees(session)
  if (memberships.length === 0)
    return (
      <Page title={say('inbox.organizer.title')}>
        <p>{say('inbox.organizer.text')}</p>
        <ul className="members">
          {session.memberships.map(({ id, community }) => (
            <li key={id}>
              <Link
                to="/console/communities/$community/motions"
                params={{ community: community.shortName }}
                className="big-link"
              >
                {say('motions.of', { community: community.name })}
              </Link>
            </li>
          ))}
        </ul>
        <p>{say('inbox.organizer.when')}</p>
        <p className="soft">{say('inbox.organizer.privacy')}</p>
      </Page>
    )
  return (
    <main className="page beside-inbox">
      {memberships
        .filter(({ chair }) => chair)
        .map((membership) => (
          <Beginning key={membership.id} membership={membership} />
        ))}
      <Choose />
    </main>
  )
}

function Choose() {
  const { api, say } = useDesk()
  const open = useInfiniteQuery(casesQuery(api, { open: true, community: null }))
  const counts = open.data?.pages[0]?.counts
  if (counts === undefined) return null
  return (
    <section className="choose">
      <h1>{say(counts.open === 0 ? 'inbox.nothing.title' : 'inbox.choose.title')}</h1>
      <p className="soft">{say('inbox.choose.text')}</p>
    </section>
  )
}

/** What a chair does first, until there are people and somebody is on call. */
function Beginning({ membership: { community } }: { readonly membership: Membership }) {
  const { api, say } = useDesk()
  const members = useQuery(membersQuery(api, community.shortName))
  const pair = useQuery(onCallQuery(api, community.shortName))
  if (!members.data || !pair.data) return null
  const isAlone = members.data.filter(({ active }) => active).length < 2
  if (!isAlone && pair.data.primary !== null) return null
  const settings = (section: 'mail' | 'playbook') => ({
    to: '/console/communities/$community/settings/{-$section}' as const,
    params: { community: community.shortName, section },
  })
  return (
    <section className="beginning">
      <h1>{say('inbox.begin.title')}</h1>
      <p className="soft">{community.name}</p>
      <ol className="members">
        <li>
          <Link
            to="/console/communities/$community/people"
            params={{ community: community.shortName }}
            className="big-link"
          >
            {say('inbox.begin.people')}
          </Link>
          <p className="soft">{say('inbox.begin.people.text')}</p>
        </li>
        <li>
          <Link
            to="/console/communities/$community/roster"
            params={{ community: community.shortName }}
            className="big-link"
          >
            {say('inbox.begin.duty')}
          </Link>
          <p className="soft">{say('inbox.begin.duty.text')}</p>
        </li>
        {(['mail', 'playbook'] as const).map((section) => (
          <li key={section}>
            <Link {...settings(section)} className="big-link">
              {say(`inbox.begin.${section}`)}
            </Link>
            <p className="soft">{say(`inbox.begin.${section}.text`)}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}
