import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Bell } from 'lucide-react'
import { ChannelWarning } from '../channels/channel-warning.tsx'
import { useDesk } from '../desk.tsx'
import { membersQuery } from '../inbox/inbox.ts'
import { NotYours } from '../people/people-page.tsx'
import { Notice } from '../pieces/notice.tsx'
import { Page } from '../pieces/page.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { membershipIn, useSession } from '../sign-in/session.ts'
import { dateAndTime } from '../when.ts'
import { CalendarLink } from './calendar-link.tsx'
import { Gaps } from './gaps.tsx'
import { OverridePanel } from './override-form.tsx'
import { Past } from './past.tsx'
import { type Part, rosterQuery, useNames } from './roster.ts'
import { RulePanel } from './rule-panel.tsx'
import { ShiftList } from './shift-list.tsx'
import { Swaps } from './swaps.tsx'

/** Who is on call (G1, G5). The same for everybody: it knows of no case (K2). */
export function RosterPage() {
  const { community } = useParams({ from: '/console/communities/$community/roster' })
  const { api, say } = useDesk()
  const me = membershipIn(useSession(), community)
  const members = useQuery({ ...membersQuery(api, community), enabled: me !== undefined })
  const roster = useQuery({ ...rosterQuery(api, community), enabled: me !== undefined })
  if (me === undefined) return <NotYours />
  return (
    <Page title={say('roster.title')}>
      <p className="soft">{me.community.name}</p>
      {(members.isPending || roster.isPending) && <Waiting />}
      {members.isError && <CouldNotLoad error={members.error} again={members.refetch} />}
      {roster.isError && <CouldNotLoad error={roster.error} again={roster.refetch} />}
      {members.data && roster.data && <Parts me={me} members={members.data} roster={roster.data} />}
    </Page>
  )
}

function Parts(part: Part) {
  const { me } = part
  const isMember = me.standing === 'member'
  return (
    <>
      <OnCallNow {...part} />
      <Gaps {...part} />
      <ChannelWarning community={me.community.shortName} members={onDuty(part)} />
      {isMember && <Swaps {...part} />}
      <ShiftList {...part} />
      {isMember && <OverridePanel {...part} />}
      <RulePanel {...part} />
      {isMember && <CalendarLink me={me} />}
      <Past {...part} />
    </>
  )
}

/** Everybody who is on call now or has a turn that is shown. */
const onDuty = ({ roster: { now, shifts } }: Part): string[] =>
  [now, ...shifts].flatMap((shift) => [shift?.primary, shift?.secondary]).filter((id) => id != null)

function OnCallNow({ me, roster, members }: Part) {
  const { say, now, language } = useDesk()
  const { nameOf } = useNames(members)
  const current = roster.now
  if (current === null) return <Notice tone="warn">{say('roster.nobody')}</Notice>
  return (
    <section className="panel on-call-now">
      <h2>
        <Bell aria-hidden="true" /> {say('roster.now')}
      </h2>
      <p>
        <b>{nameOf(current.primary)}</b> <span className="soft">{say('roster.primary')}</span>
        {current.secondary !== null && (
          <>
            <br />
            <b>{nameOf(current.secondary)}</b> <span className="soft">{say('roster.secondary')}</span>
          </>
        )}
      </p>
      <p className="soft small">
        {current.to === null
          ? say('roster.no-end')
          : say('roster.until', { time: dateAndTime(current.to, now(), me.community.timeZone, language) })}
      </p>
    </section>
  )
}
