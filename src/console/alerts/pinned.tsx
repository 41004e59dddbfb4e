import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Siren } from 'lucide-react'
import type { AlertLine } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { membersQuery } from '../inbox/inbox.ts'
import { membershipIn, useSession } from '../sign-in/session.ts'
import { shortTime } from '../when.ts'
import { alertsQuery } from './alerts.ts'

/** Calls for help above everything else, until each has ended and has its report (A4, D2). */
export function PinnedAlerts() {
  const { api, say } = useDesk()
  const { data = [] } = useQuery(alertsQuery(api))
  if (data.length === 0) return null
  return (
    <section className="pinned" aria-label={say('alerts.pinned')}>
      <ul className="lines">
        {data.map((line) => (
          <li key={line.id}>
            <Line line={line} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Line({ line }: { readonly line: AlertLine }) {
  const { api, say, now, language } = useDesk()
  const me = membershipIn(useSession(), line.community)
  const members = useQuery(membersQuery(api, line.community))
  const name = members.data?.find(({ id }) => id === line.takenBy)?.name ?? ''
  const text = (): string => {
    if (line.needsReport) return say('alerts.line.needs-report')
    if (line.state === 'open') return say(line.worseAt === null ? 'alerts.line.open' : 'alerts.line.worse')
    return line.takenBy === me?.id ? say('alerts.line.mine') : say('alerts.line.taken', { name })
  }
  return (
    <Link
      to="/console/alerts/$alert"
      params={{ alert: line.id }}
      className={line.state === 'open' ? 'line call' : 'line call quiet'}
      activeProps={{ 'aria-current': 'page' }}
    >
      <span className="line-top">
        <Siren aria-hidden="true" />
        <b>{text()}</b>
        <span className="soft small">
          {shortTime(line.raisedAt, now(), me?.community.timeZone ?? 'UTC', language)}
        </span>
      </span>
    </Link>
  )
}
