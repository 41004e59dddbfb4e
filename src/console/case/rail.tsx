import { useMutation, useQueryClient } from '@tanstack/react-query'
import { isClosed } from '../../procedure/lifecycle.ts'
import { path } from '../api/client.ts'
import type { CaseView, WaitingMember } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import type { CheckedDirectory } from '../keys/pins.ts'
import { Button } from '../pieces/button.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { date, dateAndTime, fromNow } from '../when.ts'
import { directoryQuery } from './case.ts'
import type { Mode } from './composer.tsx'
import { decidingModes } from './deciding-modes.ts'
import type { OpenedCase } from './open-case.ts'
import { grantTo } from './write-record.ts'

interface DueProps {
  /** Member id. */
  readonly me: string
  readonly view: CaseView
  readonly onMode: (mode: Mode) => void
}

/** What is due, and when; that it is overdue, and how to say that it takes longer (I4, L5); or the review date (L6). */
export function DuePanel({ me, view, onMode }: DueProps) {
  const { say, now, language } = useDesk()
  if (isClosed(view.state)) return <ReviewPanel view={view} />
  const mayDelay = decidingModes(view, me).includes('delay')
  const zone = view.community.timeZone
  const said = (at: number): string => dateAndTime(at, now(), zone, language)
  const { acknowledgeBy } = view.times
  const resolveBy = view.delayedTo ?? view.times.resolveBy
  return (
    <section className="panel">
      <h2>{say('due.title')}</h2>
      {view.acknowledgedAt === null && (
        <p>
          {say('due.answer')} <b>{said(acknowledgeBy)}</b>
          <span className={acknowledgeBy < now() ? 'due-late small' : 'soft small'}>
            {' '}
            {fromNow(acknowledgeBy, now(), language)}
          </span>
        </p>
      )}
      <p>
        {say(view.delayedTo === null ? 'due.resolve' : 'due.delayed')} <b>{said(resolveBy)}</b>
        <span className={resolveBy < now() ? 'due-late small' : 'soft small'}>
          {' '}
          {fromNow(resolveBy, now(), language)}
        </span>
      </p>
      {view.overdue && view.acknowledgedAt !== null && <Notice tone="warn">{say('due.overdue')}</Notice>}
      {mayDelay && (
        <Button look={view.overdue ? 'plain' : 'quiet'} onPress={() => onMode('delay')}>
          {say('due.takes-longer')}
        </Button>
      )}
    </section>
  )
}

function ReviewPanel({ view }: { readonly view: CaseView }) {
  const { say, language } = useDesk()
  if (view.reviewAt === null) return null
  return (
    <section className="panel">
      <h2>{say('due.title')}</h2>
      <p>
        {say('due.review')} <b>{date(view.reviewAt, view.community.timeZone, language)}</b>
      </p>
    </section>
  )
}

interface ReadersProps {
  /** Member id. */
  readonly me: string
  readonly opened: OpenedCase
  readonly directory: CheckedDirectory
}

/** Who can read the case now, and who would if somebody granted it to their new keys. */
export function ReadersPanel({ me, opened, directory }: ReadersProps) {
  const { say } = useDesk()
  const { view } = opened
  return (
    <section className="panel">
      <h2>{say('readers.title')}</h2>
      <ul className="people">
        {view.readers.map(({ id, name }) => (
          <li className="chip" key={id}>
            {name}
          </li>
        ))}
        {view.reporterRecipient !== null && <li className="chip soft">{say('readers.reporter')}</li>}
      </ul>
      <p className="soft small">{say(`readers.${whoReads(view)}`)}</p>
      {view.waiting
        .filter(({ id }) => id !== me)
        .map((person) => (
          <GrantAgain key={person.id} person={person} opened={opened} directory={directory} />
        ))}
    </section>
  )
}

/** By which rule its readers read it: as those on call (F1), as the committee (I1), or because nobody answered (G4). */
function whoReads({ broughtAt, readers, receivers }: CaseView): 'committee' | 'on-call' | 'open' {
  if (broughtAt !== null) return 'committee'
  return readers.every(({ id }) => receivers.includes(id)) ? 'on-call' : 'open'
}

/** K4: a member has new keys and cannot open the case any more. Whoever can, may grant it again. */
function GrantAgain({
  person,
  opened,
  directory,
}: Omit<ReadersProps, 'me'> & { readonly person: WaitingMember }) {
  const desk = useDesk()
  const { api, say } = desk
  const queries = useQueryClient()
  const { view } = opened
  const granting = useMutation({
    mutationFn: async () => {
      // Keys replaced a moment ago are in the newest directory only.
      const newest = await queries.fetchQuery({ ...directoryQuery(desk, view.community), staleTime: 0 })
      const grants = newest.since === 'replaced' ? [] : await grantTo(person, opened, newest)
      await api.send('POST', path`/cases/${view.id}/grants`, { directory: newest.head, grants })
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['case', view.id] }),
  })
  const isListed = directory.members.get(person.id)?.active === true && directory.since !== 'replaced'
  return (
    <Notice>
      <p>{say('readers.new-keys', { name: person.name })}</p>
      {isListed && opened.canWrite && (
        <Button isPending={granting.isPending} onPress={() => granting.mutate()}>
          {say('readers.grant', { name: person.name })}
        </Button>
      )}
      <Mishap error={granting.error} />
    </Notice>
  )
}
