import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { mayKeepOnFile, type Turn } from '../../procedure/lifecycle.ts'
import { Problem, path } from '../api/client.ts'
import type { CaseView } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import type { Mode } from './composer.tsx'
import { decidingModes } from './deciding-modes.ts'
import type { NameOf } from './name-of.ts'
import type { OpenedCase } from './open-case.ts'
import { progressOf } from './progress.ts'

interface Props {
  readonly opened: OpenedCase
  /** Member id. */
  readonly me: string
  readonly nameOf: NameOf
  readonly onMode: (mode: Mode) => void
  /** Something is being written: on a phone the panel then makes room. */
  readonly isWriting: boolean
}

/** The next step of the procedure, whose it is, and the button that takes it. Pinned to the foot of a phone. */
export function NextStepPanel({ opened, me, nameOf, onMode, isWriting }: Props) {
  const { say } = useDesk()
  const { nextStep, state } = opened.view
  const turn = nextStep && say(`turn.${nextStep.turn as Turn}`)
  const stations = progressOf(state)
  return (
    <section className={isWriting ? 'panel next-step at-rest' : 'panel next-step'}>
      <h2>{say('next.title')}</h2>
      {nextStep === null ? (
        <Closed opened={opened} onMode={onMode} />
      ) : (
        <>
          <p className="next-task">{say(`task.${nextStep.task}`)}</p>
          <p className="soft small next-whose">
            {nextStep.member === me
              ? say('next.yours')
              : nextStep.member === null
                ? turn
                : say('next.whose', { name: nameOf(nextStep.member), turn: turn ?? '' })}
          </p>
        </>
      )}
      {opened.canWrite &&
        (waitsForAnswer(opened, me) ? (
          <p className="soft small">{say('next.answer-for-filer')}</p>
        ) : (
          <StepButtons opened={opened} me={me} onMode={onMode} />
        ))}
      {stations.length > 0 && (
        <ol className="stations">
          {stations.map(({ station, is }) => (
            <li key={station} className={is} aria-current={is === 'now' ? 'step' : undefined}>
              {say(`progress.${station}`)}
              {is === 'done' && <span className="unseen"> {say('progress.done')}</span>}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

/** Whoever logged something does not answer it themselves while somebody on call is to do that (E2). */
const waitsForAnswer = ({ view, records }: OpenedCase, me: string): boolean => {
  const filer = records[0]?.author
  const isFiler = view.channel === 'member' && filer?.who === 'member' && filer.id === me
  const { nextStep } = view
  return isFiler && nextStep?.task === 'answer-reporter' && nextStep.member !== null && nextStep.member !== me
}

function StepButtons({ opened, me, onMode }: Pick<Props, 'opened' | 'me' | 'onMode'>) {
  const { say } = useDesk()
  switch (opened.view.nextStep?.task) {
    case 'answer-reporter': {
      const may = mayKeepOnFile(opened.onFile)
      return (
        <>
          <Button look="main" onPress={() => onMode('M1')}>
            {say('step.acknowledge')}
          </Button>
          <div className="second-choice">
            <Button onPress={() => onMode('M2')}>{say('step.keep-on-file')}</Button>
            {!may.ok && may.reason !== 'not-said' && (
              <p className="soft small">{say(`on-file.${may.reason}`)}</p>
            )}
          </div>
        </>
      )
    }
    case 'bring-to-committee':
      return <Bring opened={opened} />
    case 'pick-shepherd':
      return (
        <Button look="main" onPress={() => onMode('shepherd')}>
          {say('step.pick-shepherd')}
        </Button>
      )
    case 'name-shepherd':
      return (
        <Button look="main" onPress={() => onMode('M3')}>
          {say('step.name-shepherd')}
        </Button>
      )
    case 'wait-for-objection':
    case 'introduce-shepherd':
      return opened.view.shepherd === me ? (
        <Button look="main" onPress={() => onMode('M4')}>
          {say('step.introduce-shepherd')}
        </Button>
      ) : null
    case 'ask-organizers':
    case undefined:
      return null
    default:
      return <DecidingButtons view={opened.view} me={me} onMode={onMode} />
  }
}

/** From discussion on: the steps that are this member's now (J2 to L4). */
function DecidingButtons({ view, me, onMode }: Pick<Props, 'me' | 'onMode'> & { readonly view: CaseView }) {
  const { say } = useDesk()
  const modes = decidingModes(view, me)
  const task = view.nextStep?.task
  if (task === 'decide' && !modes.includes('agreement'))
    return <p className="soft small">{say('decide.waits')}</p>
  if (task === 'wait-for-vote') return null
  const main = mainModes.find(([mode]) => modes.includes(mode))
  return (
    <>
      {main !== undefined && (
        <Button look="main" onPress={() => onMode(main[0])}>
          {say(main[1])}
        </Button>
      )}
      {modes.includes('go-on') && (
        <div className="second-choice">
          <Button onPress={() => onMode('go-on')}>{say('step.go-on')}</Button>
        </div>
      )}
    </>
  )
}

const mainModes = [
  ['proposal', 'step.propose'],
  ['agreement', 'decide.what'],
  ['motion', 'step.move-motion'],
  ['M5', 'step.inform-reporter'],
  ['closing', 'step.resolve'],
] as const

/** Nothing is left to do, unless the reporter has written since, or something else is new (L6). */
function Closed({ opened: { view, records, canWrite }, onMode }: Pick<Props, 'opened' | 'onMode'>) {
  const { say } = useDesk()
  const isNew = records.at(-1)?.content?.kind === 'answer'
  return (
    <>
      <p>{say(view.state === 'on-file' ? 'next.on-file' : 'next.closed')}</p>
      {isNew && <Notice tone="warn">{say('next.new-information')}</Notice>}
      {canWrite && (
        <Button look={isNew ? 'main' : 'plain'} onPress={() => onMode('reopen')}>
          {say('step.reopen')}
        </Button>
      )}
    </>
  )
}

/** I1: asked once more, with the names of those who can read it then. */
function Bring({ opened: { view } }: Pick<Props, 'opened'>) {
  const { api, say } = useDesk()
  const queries = useQueryClient()
  const [isAsked, setAsked] = useState(false)
  const bringing = useMutation({
    mutationFn: () => api.send('POST', path`/cases/${view.id}/bring`, { version: view.version }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['cases'] }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['case', view.id] }),
  })
  const readers = new Set(view.readers.map(({ id }) => id))
  const others = view.eligible.filter(({ id }) => !readers.has(id)).map(({ name }) => name)
  const { error } = bringing
  return (
    <>
      {isAsked ? (
        <>
          <p>
            {others.length === 0
              ? say('bring.nobody-else')
              : say('bring.confirm', { names: new Intl.ListFormat(say('language.tag')).format(others) })}
          </p>
          <Button look="main" isPending={bringing.isPending} onPress={() => bringing.mutate()}>
            {say('bring.do')}
          </Button>
          <Button look="quiet" onPress={() => setAsked(false)}>
            {say('app.cancel')}
          </Button>
        </>
      ) : (
        <Button look="main" onPress={() => setAsked(true)}>
          {say('step.bring-to-committee')}
        </Button>
      )}
      <Mishap error={error}>
        {error instanceof Problem && error.code === 'case-changed' ? say('bring.look-again') : null}
      </Mishap>
    </>
  )
}
