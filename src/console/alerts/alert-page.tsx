import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { MapPin } from 'lucide-react'
import { useEffect } from 'react'
import { Problem } from '../api/client.ts'
import type { AlertView, Membership } from '../api/shapes.ts'
import { useDesk, useOwnKeys } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { Page } from '../pieces/page.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { membershipIn, useSession } from '../sign-in/session.ts'
import { shortTime } from '../when.ts'
import { alertQuery, happenings, openWords } from './alerts.ts'
import { CloseForm } from './close-form.tsx'
import { type AlertProps, useDeed } from './deed.ts'
import { HandOver } from './hand-over.tsx'
import { ReportOfAlert } from './report-of-alert.tsx'

/** A call for help: where, what was said, who was called when; and one tap to go (D1, D2). */
export function AlertPage() {
  const { alert: id } = useParams({ from: '/console/alerts/$alert' })
  const { api, say } = useDesk()
  const alert = useQuery(alertQuery(api, id))
  const session = useSession()
  const me = alert.data && membershipIn(session, alert.data.community)
  if (alert.error instanceof Problem && alert.error.code === 'not-found')
    return (
      <Page title={say('alerts.title')}>
        <p>{say('alerts.gone')}</p>
      </Page>
    )
  return (
    <Page title={say('alerts.title')}>
      {alert.isPending && <Waiting />}
      {alert.isError && <CouldNotLoad error={alert.error} again={alert.refetch} />}
      {alert.data && me && <Opened alert={alert.data} me={me} />}
    </Page>
  )
}

function Opened({ alert, me }: AlertProps) {
  const { say, now, language } = useDesk()
  useSeen(alert, me)
  const time = (at: number): string => shortTime(at, now(), me.community.timeZone, language)
  const isOn = alert.state === 'open' || alert.state === 'taken'
  return (
    <>
      <p className="soft">{me.community.name}</p>
      <State alert={alert} me={me} />
      {alert.worseAt !== null && isOn && (
        <Notice tone="danger" role="alert">
          {say('alerts.worse', { time: time(alert.worseAt) })}
        </Notice>
      )}
      {alert.overAt !== null && isOn && (
        <Notice role="status">{say('alerts.over', { time: time(alert.overAt) })}</Notice>
      )}
      <section className="panel">
        <h2>{say('alerts.place')}</h2>
        {alert.event !== null && <p className="soft">{alert.event}</p>}
        {alert.place === null ? (
          <p className="soft">{say('alerts.place.none')}</p>
        ) : (
          <p className="call-place">
            <MapPin aria-hidden="true" /> {alert.place}
          </p>
        )}
        <Words alert={alert} me={me} />
      </section>
      {alert.state === 'taken' && <HandOver alert={alert} me={me} />}
      {isOn ? <CloseForm alert={alert} me={me} /> : <ReportOfAlert alert={alert} me={me} />}
      <Happened alert={alert} me={me} />
    </>
  )
}

/** Whoever called sees that it was seen. */
function useSeen(alert: AlertView, me: Membership): void {
  const { mutate } = useDeed(alert, 'seen')
  const isSeen = alert.seen.some(({ member }) => member === me.id)
  useEffect(() => {
    if (!isSeen) mutate(undefined)
  }, [isSeen, mutate])
}

function State({ alert, me }: AlertProps) {
  const { say } = useDesk()
  const going = useDeed(alert, 'take')
  const name = alert.responders.find(({ id }) => id === alert.takenBy)?.name ?? ''
  switch (alert.state) {
    case 'open':
      return (
        <>
          <p className="next-task">{say('alerts.state.open')}</p>
          <p className="go">
            <Button look="main" isPending={going.isPending} onPress={() => going.mutate(undefined)}>
              {say('alerts.go')}
            </Button>
          </p>
          <Mishap error={going.error} />
        </>
      )
    case 'taken':
      return (
        <>
          {alert.takenBy === me.id ? (
            <Notice tone="good" role="status">
              {say('alerts.going')}
            </Notice>
          ) : (
            <p className="next-task">{say('alerts.state.taken', { name })}</p>
          )}
          <Mishap error={going.error} />
        </>
      )
    default:
      return <p className="next-task">{say(`alerts.state.${alert.state}`)}</p>
  }
}

/** Words are opened here, with this member's keys, and nowhere else. */
function Words({ alert, me }: AlertProps) {
  const { say } = useDesk()
  const { keyring } = useOwnKeys()
  const open = (sealed: string | null) => ({
    queryKey: ['alert', alert.id, 'words', sealed],
    queryFn: () => openWords(sealed, keyring.identity, me.community.id),
    gcTime: 60_000,
  })
  const words = useQuery(open(alert.sealedWords)).data
  const note = useQuery(open(alert.sealedNote)).data
  return (
    <>
      {words !== undefined && words.is !== 'none' && (
        <>
          <h3>{say('alerts.words')}</h3>
          {words.is === 'open' ? (
            <p className="words">{words.text}</p>
          ) : (
            <p className="soft">{say('alerts.words.unreadable')}</p>
          )}
          {alert.wordsByServer && <p className="soft small">{say('alerts.words.by-server')}</p>}
        </>
      )}
      {note?.is === 'open' && (
        <>
          <h3>{say('alerts.close.note.label')}</h3>
          <p className="words">{note.text}</p>
        </>
      )}
    </>
  )
}

function Happened({ alert, me }: AlertProps) {
  const { say, now, language } = useDesk()
  const time = (at: number): string => shortTime(at, now(), me.community.timeZone, language)
  const names = (ids: readonly string[]): string =>
    ids
      .map((id) => alert.responders.find((one) => one.id === id)?.name)
      .filter((name) => name !== undefined)
      .join(', ')
  return (
    <section className="panel">
      <h2>{say('alerts.happened')}</h2>
      <ol className="log">
        {happenings(alert).map(({ what, at, who }) => (
          <li key={`${what} ${at} ${who.join()}`}>
            <span className="soft small">{time(at)}</span>{' '}
            {say(`alerts.happened.${what}`, { names: names(who), name: names(who) })}
            {what === 'closed' && alert.closeReason !== null && (
              <> · {say(`alert.close.${alert.closeReason}` as 'alert.close.other')}</>
            )}
          </li>
        ))}
      </ol>
      {alert.next !== null && (
        <p className="soft">
          {say('alerts.next', {
            time: time(alert.next.at),
            kind: say(`alerts.next.${alert.next.kind}` as 'alerts.next.all'),
          })}
        </p>
      )}
      <p>
        <Link to="/console">{say('inbox.title')}</Link>
      </p>
    </section>
  )
}
