import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Users } from 'lucide-react'
import { Fragment, useEffect, useState } from 'react'
import { DirectoryBroken } from '../../sealing/directory.ts'
import { Problem } from '../api/client.ts'
import { useDesk, useOwnKeys, useSay } from '../desk.tsx'
import { membersQuery } from '../inbox/inbox.ts'
import { MarkTag } from '../inbox/inbox-list.tsx'
import { DirectoryWarning } from '../people/directory-warning.tsx'
import { Notice } from '../pieces/notice.tsx'
import { Page, Title } from '../pieces/page.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { membershipIn, useSession } from '../sign-in/session.ts'
import { dateAndTime } from '../when.ts'
import { type CaseAtHand, caseQuery } from './case.ts'
import { Chart } from './chart.tsx'
import { Composer, type Mode } from './composer.tsx'
import { ConflictPanel, RenewEpoch } from './conflict-panel.tsx'
import { DecisionPanel } from './decision-panel.tsx'
import { CaseLog } from './log.tsx'
import type { NameOf } from './name-of.ts'
import { NextStepPanel } from './next-step.tsx'
import type { OpenedCase } from './open-case.ts'
import { OutgoingPanel } from './outgoing-panel.tsx'
import { DuePanel, ReadersPanel } from './rail.tsx'
import { RecordCard } from './record-card.tsx'
import { ResponderPanel } from './responder-panel.tsx'
import { ShepherdPanel } from './shepherd-panel.tsx'
import { SupportsPanel } from './supports-panel.tsx'

/** A case: what happened in it, what comes next, and who can read it. */
export function CasePage() {
  const { case: id } = useParams({ from: '/console/cases/$case' })
  const desk = useDesk()
  const { say } = desk
  const queries = useQueryClient()
  const held = useOwnKeys()
  const query = useQuery(caseQuery(desk, queries, held, id))
  if (query.data) return <OpenCase key={id} at={query.data} />
  if (query.isPending)
    return (
      <main className="page">
        <Waiting what={say('case.opening')} />
      </main>
    )
  const { error } = query
  if (error instanceof Problem && error.code === 'not-found')
    return (
      <Page title={say('case.not-found.title')}>
        <p>{say('case.not-found.text')}</p>
      </Page>
    )
  return (
    <Page title={say('case.failed.title')}>
      {error instanceof DirectoryBroken ? (
        <Notice tone="danger">{say('directory.broken', { entry: error.at + 1 })}</Notice>
      ) : (
        <CouldNotLoad error={error} again={query.refetch} />
      )}
    </Page>
  )
}

function OpenCase({ at }: { readonly at: CaseAtHand }) {
  const { opened, directory } = at
  const { view, report, records } = opened
  const { api, say, now, language } = useDesk()
  const session = useSession()
  const members = useQuery(membersQuery(api, view.community.shortName))
  const me = membershipIn(session, view.community.shortName)
  const [mode, setMode] = useState<Mode | null>(null)
  useEffect(() => {
    // A mode that the case has moved past is closed: the report may have been answered by somebody else.
    if (view.state !== 'new' && mode === 'M1') setMode(null)
    if (view.shepherdNamedAt !== null && mode === 'M3') setMode(null)
  }, [view.state, view.shepherdNamedAt, mode])
  const nameOf: NameOf = (id) =>
    view.people.find((person) => person.id === id)?.name ??
    members.data?.find((member) => member.id === id)?.name ??
    say('record.by.former')
  const names = { nameOf, zone: view.community.timeZone }
  if (me === undefined) return null
  const broughtBefore = view.broughtAt === null ? null : placeOf(view.broughtAt, records)
  return (
    <div className="case">
      <main className="page case-main">
        <Title
          title={view.codeName}
          beside={<MarkTag line={{ ...view, community: view.community.shortName }} />}
        />
        <p className="soft case-facts">
          {say('case.arrived', {
            time: dateAndTime(view.arrivedAt, now(), view.community.timeZone, language),
          })}
          {' · '}
          {say(`case.channel.${view.channel}`)}
          {view.shepherd !== null && ` · ${say('case.shepherd', { name: nameOf(view.shepherd) })}`}
          {session.memberships.length > 1 && ` · ${view.community.name}`}
        </p>
        <RenewEpoch opened={opened} me={me.id} />
        <DirectoryWarning directory={directory} community={view.community} />
        {opened.keptBack && <Notice tone="danger">{say('case.kept-back')}</Notice>}
        {!opened.canWrite && <NoKey />}
        {report?.nothingDone === 'yes' && (
          <Notice tone="warn">
            <b>{say('case.nothing-done')}</b> {say('case.nothing-done.text')}
          </Notice>
        )}
        <SupportsPanel opened={opened} me={me.id} />
        <ol className="records">
          {records.map((record, index) => (
            <Fragment key={record.id}>
              {index === broughtBefore && <Brought view={view} />}
              <li>
                <RecordCard record={record} opened={opened} {...names} />
              </li>
            </Fragment>
          ))}
          {broughtBefore === records.length && <Brought view={view} />}
        </ol>
        <OutgoingPanel opened={opened} me={me.id} nameOf={nameOf} />
        {opened.canWrite && <Composer opened={opened} me={me} mode={mode} onMode={setMode} nameOf={nameOf} />}
        <CaseLog id={view.id} {...names} />
      </main>
      <aside className="rail" aria-label={say('case.rail')}>
        <div className="rail-inner">
          <NextStepPanel
            opened={opened}
            me={me.id}
            nameOf={nameOf}
            onMode={setMode}
            isWriting={mode !== null}
          />
          <ResponderPanel view={view} me={me.id} />
          <ShepherdPanel view={view} nameOf={nameOf} onMode={setMode} />
          <DecisionPanel opened={opened} nameOf={nameOf} />
          <DuePanel me={me.id} view={view} onMode={setMode} />
          <Chart view={view} />
          <ReadersPanel me={me.id} opened={opened} directory={directory} />
          <ConflictPanel me={me.id} opened={opened} nameOf={nameOf} />
        </div>
      </aside>
    </div>
  )
}

/** Before which record something that the server says happened at an instant is shown. */
const placeOf = (at: number, records: OpenedCase['records']): number =>
  records.findLastIndex((record) => record.at <= at) + 1

function Brought({ view }: { readonly view: OpenedCase['view'] }) {
  const { say, now, language } = useDesk()
  return (
    <li className="record event">
      <span className="dot" aria-hidden="true">
        <Users />
      </span>
      <p>
        <b>{say('record.brought')}</b>{' '}
        <span className="soft">
          {dateAndTime(view.broughtAt ?? 0, now(), view.community.timeZone, language)}
        </span>
      </p>
    </li>
  )
}

function NoKey() {
  const say = useSay()
  return (
    <Notice tone="warn">
      <b>{say('case.no-key')}</b> {say('case.no-key.text')}
    </Notice>
  )
}
