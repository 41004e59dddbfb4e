import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { CaseLine, Membership } from '../api/shapes.ts'
import { useDesk, useSay } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { committees, useSession } from '../sign-in/session.ts'
import { fromNow, shortTime } from '../when.ts'
import { casesQuery, markOf } from './inbox.ts'

/** The cases that were handed to this member. */
export function InboxList() {
  const { api, say } = useDesk()
  const memberships = committees(useSession())
  const [isOpen, setOpen] = useState(true)
  const [community, setCommunity] = useState<string | null>(null)
  const query = useInfiniteQuery(casesQuery(api, { open: isOpen, community }))
  const pages = query.data?.pages ?? []
  const cases = pages.flatMap((page) => page.cases)
  const counts = pages[0]?.counts
  return (
    <section className="inbox" aria-label={say('inbox.title')}>
      <fieldset className="switch">
        <legend className="unseen">{say('inbox.which')}</legend>
        {([true, false] as const).map((which) => (
          <label key={String(which)}>
            <input type="radio" name="inbox" checked={isOpen === which} onChange={() => setOpen(which)} />
            <span>
              {say(which ? 'inbox.open' : 'inbox.closed')}
              {counts && <span className="count">{which ? counts.open : counts.closed}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      {memberships.length > 1 && (
        <label className="inbox-community">
          <span className="unseen">{say('inbox.community')}</span>
          <select
            className="input"
            value={community ?? ''}
            onChange={(event) => setCommunity(event.target.value || null)}
          >
            <option value="">{say('inbox.every-community')}</option>
            {memberships.map((membership) => (
              <option key={membership.id} value={membership.community.shortName}>
                {membership.community.name}
              </option>
            ))}
          </select>
        </label>
      )}
      {query.isPending && <Waiting />}
      {query.isError && <CouldNotLoad error={query.error} again={query.refetch} />}
      {query.data && cases.length === 0 && (
        <p className="empty soft">{say(isOpen ? 'inbox.empty' : 'inbox.empty.closed')}</p>
      )}
      <ul className="lines">
        {cases.map((line) => (
          <li key={line.id}>
            <Line line={line} memberships={memberships} />
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button isPending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
          {say('inbox.more')}
        </Button>
      )}
    </section>
  )
}

interface LineProps {
  readonly line: CaseLine
  readonly memberships: readonly Membership[]
}

function Line({ line, memberships }: LineProps) {
  const say = useSay()
  const community = memberships.find(
    (membership) => membership.community.shortName === line.community,
  )?.community
  return (
    <Link
      to="/console/cases/$case"
      params={{ case: line.id }}
      className="line"
      activeProps={{ className: 'line on' }}
    >
      <span className="line-top">
        <b>{line.codeName}</b>
        <MarkTag line={line} />
      </span>
      <span className="line-text soft">
        {line.needsMe && <b className="needs-me">{say('inbox.needs-me')} · </b>}
        <Due line={line} zone={community?.timeZone ?? 'UTC'} />
        {memberships.length > 1 && ` · ${community?.name ?? line.community}`}
      </span>
    </Link>
  )
}

/** The mark at the end of a line: what is most pressing about a case. */
export function MarkTag({ line }: { readonly line: CaseLine }) {
  const { say, now, language } = useDesk()
  switch (markOf(line, now())) {
    case 'blocked':
      return <span className="tag over">{say('mark.blocked')}</span>
    case 'overdue':
      return <span className="tag over">{say('mark.overdue')}</span>
    case 'due':
      return <span className="tag due">{fromNow(line.due.at as number, now(), language)}</span>
    case 'state':
      return <span className="tag">{say(`state.${line.state}`)}</span>
  }
}

function Due({ line, zone }: { readonly line: CaseLine; readonly zone: string }) {
  const { say, now, language } = useDesk()
  const { due, state } = line
  const isStateShown = markOf(line, now()) === 'state'
  if (due.what === null || due.at === null) return isStateShown ? null : say(`state.${state}`)
  const time = shortTime(due.at, now(), zone, language)
  if (due.what === 'acknowledge') return say('inbox.answer-by', { time })
  const resolveBy = say('inbox.resolve-by', { time })
  return isStateShown ? resolveBy : `${say(`state.${state}`)} · ${resolveBy}`
}
