import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { supportKeys, supportStates } from '../../procedure/records.ts'
import { type LoggedKind, loggedKinds } from '../../procedure/report.ts'
import { newId } from '../../sealing/bytes.ts'
import { NoConnection, path } from '../api/client.ts'
import type { Membership } from '../api/shapes.ts'
import { directoryQuery } from '../case/case.ts'
import { useDesk, useOwnKeys } from '../desk.tsx'
import { membersQuery } from '../inbox/inbox.ts'
import { Button } from '../pieces/button.tsx'
import { Choice, Field, Tick } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { Page } from '../pieces/page.tsx'
import { useCommittee } from '../sign-in/committee.tsx'
import { useSession } from '../sign-in/session.ts'
import { useKept } from './kept.tsx'
import { emptyLog, type LogDraft, reportOf } from './log-draft.ts'
import { sealLog } from './seal-log.ts'

/** A member logs a warning, a talk that was stopped, or what they were told in private (E1, E4, F2). */
export function LogPage() {
  const { kind: given } = useParams({ from: '/console/log/$kind' })
  const kind = loggedKinds.find((known) => known === given) ?? 'warning'
  const { membership, picker } = useCommittee()
  const { say } = useDesk()
  if (!membership) return null
  return (
    <Page title={say(`logging.${kind}.title`)}>
      {picker}
      <LogForm key={`${kind} ${membership.id}`} kind={kind} membership={membership} />
    </Page>
  )
}

interface FormProps {
  readonly kind: LoggedKind
  readonly membership: Membership
}

function LogForm({ kind, membership }: FormProps) {
  const desk = useDesk()
  const { say, now } = desk
  const { account } = useSession()
  const { keeper } = useKept()
  const { community, id: member } = membership
  const queries = useQueryClient()
  const { keyring } = useOwnKeys()
  const members = useQuery(membersQuery(desk.api, community.shortName))
  const [draft, setDraft] = useState(() =>
    emptyLog(kind, {
      name: account.name,
      now: now(),
      timeZone: community.timeZone,
      said: kind === 'told' ? '' : say(`logging.dealt-how.${kind}`),
    }),
  )
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [mishap, setMishap] = useState<unknown>(null)
  const [note, setNote] = useState<'logging.no-directory' | 'logging.changed' | 'logging.nobody' | null>(null)
  const [keptId, setKeptId] = useState<string | null>(null)
  const offered = useRef<ReadonlySet<string> | null>(null)
  const listed = (members.data ?? []).filter(({ active, standing }) => active && standing === 'member')
  if (members.data && offered.current === null) offered.current = new Set(listed.map(({ id }) => id))
  const change = (some: Partial<LogDraft>): void => setDraft((before) => ({ ...before, ...some }))
  const text = (key: 'whoName' | 'whoBadge' | 'where' | 'when' | 'warnedBy' | 'reporterName' | 'reach') => ({
    value: draft[key],
    onChange: (value: string) => change({ [key]: value }),
    maxLength: 500,
  })
  const long = (key: 'whoLooks' | 'circumstances' | 'others' | 'dealtHow' | 'needs') => ({
    value: draft[key],
    onChange: (value: string) => change({ [key]: value }),
    maxLength: 10_000,
    rows: 2,
  })

  async function log(): Promise<void> {
    const query = directoryQuery(desk, community)
    const fresh = await queries.fetchQuery({ ...query, staleTime: 0, retry: false }).catch((error) => {
      if (error instanceof NoConnection) return queries.getQueryData(query.queryKey) ?? null
      throw error
    })
    if (fresh === null) return setNote('logging.no-directory')
    const readers = [...fresh.members.values()].filter(
      ({ active, standing }) => active && standing === 'member',
    )
    // K1: somebody who joined meanwhile was never asked about.
    if (readers.some(({ id }) => offered.current?.has(id) === false)) {
      const newer = await queries.fetchQuery({ ...membersQuery(desk.api, community.shortName), staleTime: 0 })
      offered.current = new Set(newer.map(({ id }) => id))
      return setNote('logging.changed')
    }
    if (readers.every(({ id }) => draft.involved.includes(id)) && fresh.recovery === null)
      return setNote('logging.nobody')
    const sealed = await sealLog(reportOf(kind, draft), fresh, {
      community: community.id,
      member,
      keyring,
      language: desk.language,
      at: now(),
    })
    const id = newId()
    await keeper.keep({
      id,
      what: 'log',
      path: path`/communities/${community.shortName}/logs`,
      body: JSON.stringify(sealed),
    })
    setKeptId(id)
    void keeper.send()
  }

  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (draft.narrative.trim() === '' || isBusy) return
    setBusy(true)
    setNote(null)
    setMishap(null)
    log()
      .catch(setMishap)
      .finally(() => setBusy(false))
  }

  if (keptId !== null) return <Logged id={keptId} />
  return (
    <form onSubmit={submit}>
      <p className="soft">{say(`logging.${kind}.intro`)}</p>
      <Field
        label={say(`logging.what.${kind}`)}
        rows={4}
        autoFocus={true}
        maxLength={50_000}
        value={draft.narrative}
        onChange={(narrative) => change({ narrative })}
        error={isTried && draft.narrative.trim() === '' ? say('logging.needed') : null}
      />
      {kind === 'told' && (
        <Tick
          label={say('take.nothingDone.label')}
          hint={say('take.nothingDone.hint')}
          isOn={draft.nothingDone}
          onChange={(nothingDone) => change({ nothingDone })}
        />
      )}
      <h2>{say('logging.who')}</h2>
      <Field label={say('logging.name')} {...text('whoName')} />
      <Field label={say('logging.badge')} {...text('whoBadge')} />
      <Field label={say('logging.looks')} {...long('whoLooks')} />
      <h2>{say('logging.more')}</h2>
      {kind === 'warning' && (
        <>
          <Field
            label={say('logging.at')}
            type="datetime-local"
            value={draft.warnedAt}
            onChange={(warnedAt) => change({ warnedAt })}
          />
          <Field label={say('logging.by')} {...text('warnedBy')} />
        </>
      )}
      <Field label={say('logging.when')} hint={say('logging.when.hint')} {...text('when')} />
      <Field label={say('logging.where')} {...text('where')} />
      <Field label={say('logging.around')} {...long('circumstances')} />
      <Field label={say('logging.others')} {...long('others')} />
      {kind === 'told' && <Told draft={draft} change={change} />}
      {(kind !== 'told' || draft.dealtWith === 'yes') && (
        <Field label={say('logging.dealt-how')} {...long('dealtHow')} />
      )}
      <YesNo
        label={say('logging.decision')}
        value={draft.decisionWanted}
        onChange={(decisionWanted) => change({ decisionWanted })}
      />
      {kind === 'told' && (
        <>
          <h2>{say('logging.person')}</h2>
          <Field label={say('take.reporterName.label')} {...text('reporterName')} />
          <Field label={say('take.reach.label')} {...text('reach')} />
        </>
      )}
      <fieldset className="field choice">
        <legend className="label">{say('logging.involved')}</legend>
        <p className="hint">{say('logging.involved.hint')}</p>
        <div className="choices">
          {listed.map(({ id, name }) => (
            <Tick
              key={id}
              label={name}
              isOn={draft.involved.includes(id)}
              onChange={(isOn) =>
                change({
                  involved: isOn ? [...draft.involved, id] : draft.involved.filter((other) => other !== id),
                })
              }
            />
          ))}
        </div>
      </fieldset>
      {note !== null && (
        <Notice tone="danger" role="alert">
          {say(note)}
        </Notice>
      )}
      <Mishap error={mishap} />
      <div className="save-bar">
        <Button look="main" type="submit" isPending={isBusy}>
          {say(isBusy ? 'logging.sealing' : 'logging.send')}
        </Button>
      </div>
    </form>
  )
}

interface ToldProps {
  readonly draft: LogDraft
  readonly change: (some: Partial<LogDraft>) => void
}

/** What is asked where somebody else spoke (B2, B4). */
function Told({ draft, change }: ToldProps) {
  const { say } = useDesk()
  return (
    <>
      <YesNo
        label={say('logging.done')}
        value={draft.dealtWith}
        onChange={(dealtWith) => change({ dealtWith })}
      />
      <h2>{say('logging.supports')}</h2>
      <p className="soft">{say('take.supports.hint')}</p>
      {supportKeys.map((key) => (
        <Choice
          key={key}
          label={say(`report.${key}.label`)}
          isRow={true}
          value={draft.supports[key] ?? 'none'}
          onChange={(state) => {
            const { [key]: _, ...others } = draft.supports
            change({ supports: state === 'none' ? others : { ...others, [key]: state } })
          }}
          choices={[
            ...supportStates.map((state) => ({ value: state, label: say(`report.choice.${state}`) })),
            { value: 'none', label: say('take.not-asked') } as const,
          ]}
        />
      ))}
      <Field
        label={say('take.needs.label')}
        rows={2}
        maxLength={10_000}
        value={draft.needs}
        onChange={(needs) => change({ needs })}
      />
    </>
  )
}

interface YesNoProps {
  readonly label: string
  readonly value: 'yes' | 'no' | ''
  readonly onChange: (value: 'yes' | 'no' | '') => void
}

function YesNo({ label, value, onChange }: YesNoProps) {
  const { say } = useDesk()
  return (
    <Choice
      label={label}
      isRow={true}
      value={value}
      onChange={onChange}
      choices={[
        { value: 'yes', label: say('report.choice.yes') },
        { value: 'no', label: say('report.choice.no') },
        { value: '', label: say('report.not-said') },
      ]}
    />
  )
}

/** It is sealed: sent, or waiting for a connection. */
function Logged({ id }: { readonly id: string }) {
  const { say } = useDesk()
  const { lines } = useKept()
  const state = lines.find((line) => line.id === id)?.state ?? 'waiting'
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        {say('logging.kept.title')}
      </h2>
      <div role="status">
        {state === 'sent' && <p>{say('logging.kept.text')}</p>}
        {(state === 'waiting' || state === 'sending') && <p>{say('logging.kept.waiting')}</p>}
        {state === 'refused' && (
          <p>
            {say('kept.refused')}. {say('kept.refused.hint')}
          </p>
        )}
      </div>
      <p>
        <Link to="/console" className="button main">
          {say('logging.back')}
        </Link>
      </p>
    </>
  )
}
