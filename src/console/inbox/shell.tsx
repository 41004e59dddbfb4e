import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from '@tanstack/react-router'
import {
  ArrowLeft,
  Bell,
  CalendarDays,
  CircleUser,
  Inbox,
  Lock,
  Settings,
  Users,
  WifiOff,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { PinnedAlerts } from '../alerts/pinned.tsx'
import type { Membership } from '../api/shapes.ts'
import { useArrival } from '../channels/use-arrival.ts'
import { useDesk, useSay } from '../desk.tsx'
import { useLive } from '../live/use-live.ts'
import { Entries } from '../log/entries.tsx'
import { KeptList } from '../log/kept.tsx'
import { Button } from '../pieces/button.tsx'
import { useIdleLock } from '../sign-in/idle.ts'
import { committees, useSession } from '../sign-in/session.ts'
import { TaskList } from '../tasks/task-list.tsx'
import { membersQuery, onCallQuery } from './inbox.ts'
import { InboxList } from './inbox-list.tsx'

/** The frame behind the gate: the inbox at the side, or alone on a phone, and the place one is at. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { say, testClock, lock } = useDesk()
  const session = useSession()
  useIdleLock(session.idleMs)
  useArrival()
  const isLive = useLive()
  const isInbox = useLocation({ select: ({ pathname }) => /^\/console\/?$/.test(pathname) })
  const memberships = committees(session)
  const [only] = session.memberships
  const isDemo = session.memberships.some(({ community }) => community.demo)
  return (
    <div className={isInbox ? 'shell at-inbox' : 'shell'}>
      <a className="skip" href="#main">
        {say('page.skip')}
      </a>
      {(isDemo || testClock) && (
        <aside className="banner" aria-label={say('app.notice')}>
          {isDemo && <p>{say('page.demo')}</p>}
          {testClock && <p>{say('page.test-clock')}</p>}
        </aside>
      )}
      <div className="side">
        <header>
          <div className="brand">
            <Link to="/console" className="brand-name">
              {session.memberships.length === 1 && only ? only.community.name : say('app.name')}
            </Link>
            <Button look="quiet" aria-label={say('account.lock')} onPress={() => void lock()}>
              <Lock aria-hidden="true" />
            </Button>
          </div>
          {memberships.map((membership) => (
            <OnCall key={membership.id} membership={membership} isNamed={memberships.length > 1} />
          ))}
        </header>
        <nav
          className={session.memberships.length === 1 ? 'places few' : 'places'}
          aria-label={say('app.places')}
        >
          <Link to="/console" activeOptions={{ exact: true }}>
            <Inbox aria-hidden="true" /> {say('inbox.title')}
          </Link>
          {session.memberships.map((membership) => (
            <CommunityLinks
              key={membership.id}
              membership={membership}
              isNamed={session.memberships.length > 1}
            />
          ))}
          <Link to="/console/account">
            <CircleUser aria-hidden="true" /> {session.account.name}
          </Link>
        </nav>
        {!isLive && (
          <p className="offline" role="status">
            <WifiOff aria-hidden="true" /> {say('live.off')}
          </p>
        )}
        {memberships.length > 0 && (
          <>
            <PinnedAlerts />
            <Entries />
            <KeptList />
            <TaskList />
            <InboxList />
          </>
        )}
      </div>
      <div className="stage" id="main">
        {!isInbox && (
          <nav aria-label={say('app.back')}>
            <Link to="/console" className="to-inbox">
              <ArrowLeft aria-hidden="true" /> {say('inbox.title')}
            </Link>
          </nav>
        )}
        {children}
      </div>
    </div>
  )
}

interface CommunityProps {
  readonly membership: Membership
  /** Whether the community has to be named, there being several. */
  readonly isNamed: boolean
}

function CommunityLinks({ membership: { community, chair }, isNamed }: CommunityProps) {
  const say = useSay()
  const params = { community: community.shortName }
  const of = isNamed ? ` · ${community.name}` : ''
  return (
    <>
      <Link to="/console/communities/$community/people" params={params}>
        <Users aria-hidden="true" /> {say('people.title')}
        {of}
      </Link>
      <Link to="/console/communities/$community/roster" params={params}>
        <CalendarDays aria-hidden="true" /> {say('roster.title')}
        {of}
      </Link>
      {chair && (
        <Link to="/console/communities/$community/settings/{-$section}" params={params}>
          <Settings aria-hidden="true" /> {say('settings.title')}
          {of}
        </Link>
      )}
    </>
  )
}

function OnCall({ membership: { community }, isNamed }: CommunityProps) {
  const { api, say } = useDesk()
  const members = useQuery(membersQuery(api, community.shortName))
  const pair = useQuery(onCallQuery(api, community.shortName))
  if (!members.data || !pair.data) return null
  const names = [pair.data.primary, pair.data.secondary].flatMap((id) =>
    members.data.filter((member) => member.id === id).map((member) => member.name),
  )
  return (
    <p className="duty">
      <Bell aria-hidden="true" />
      <span>
        {isNamed && `${community.name}: `}
        {names.length === 0 ? say('inbox.nobody-on-call') : say('inbox.on-call', { names: names.join(', ') })}
      </span>
    </p>
  )
}
