import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button as Trigger } from 'react-aria-components/Button'
import { Disclosure, DisclosurePanel } from 'react-aria-components/Disclosure'
import type { LogLine } from '../api/shapes.ts'
import { type Say, useDesk } from '../desk.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { dateAndTime } from '../when.ts'
import { logQuery } from './case.ts'
import type { NameOf } from './name-of.ts'

interface Props {
  readonly id: string
  readonly nameOf: NameOf
  readonly zone: string
}

/** Everything that was read or done in the case (N3), on request. */
export function CaseLog(props: Props) {
  const { say } = useDesk()
  const [isOpen, setOpen] = useState(false)
  return (
    <Disclosure className="disclosure" isExpanded={isOpen} onExpandedChange={setOpen}>
      <h2>
        <Trigger slot="trigger" className="disclosure-trigger">
          {say('log.title')}
        </Trigger>
      </h2>
      <DisclosurePanel>{isOpen && <Lines {...props} />}</DisclosurePanel>
    </Disclosure>
  )
}

function Lines({ id, nameOf, zone }: Props) {
  const desk = useDesk()
  const { say, now, language } = desk
  const log = useQuery(logQuery(desk, id))
  if (log.isPending) return <Waiting />
  if (log.isError) return <CouldNotLoad error={log.error} again={log.refetch} />
  return (
    <>
      <p className="soft small">{say('log.intro')}</p>
      <ol className="log">
        {log.data.map((line) => (
          <li key={`${line.at} ${line.actor} ${line.deed}`}>
            <time className="soft">{dateAndTime(line.at, now(), zone, language)}</time>
            <span>
              <b>{actorName(line, nameOf, say)}</b> {deedText(line, say)}
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

function actorName({ actor }: LogLine, nameOf: NameOf, say: Say): string {
  if (actor === 'reporter') return say('record.by.reporter')
  if (actor === 'recovery-kit') return say('log.by.recovery-kit')
  return actor === 'server' ? say('log.by.server') : nameOf(actor)
}

function deedText({ deed }: LogLine, say: Say): string {
  return isKnownDeed(deed) ? say(`log.${deed}`) : deed
}

const knownDeeds = [
  'report-filed',
  'opened',
  'file-opened',
  'answered',
  'delivered',
  'case-handed-on',
  'secondary-inherited',
  'opened-to-all',
  'acknowledged',
  'kept-on-file',
  'note-added',
  'message-sent',
  'completed',
  'brought',
  'granted-again',
  'support-recorded',
  'support-reminded',
  'case-taken',
  'case-handed-over',
  'shepherd-proposed',
  'bias-declared',
  'shepherd-declined',
  'shepherd-assigned',
  'bias-matters',
  'shepherd-stepped-down',
  'shepherd-named',
  'shepherd-introduced',
  'shepherd-agreed',
  'shepherd-objected',
  'objection-over',
  'shepherd-left',
  'proposed',
  'agreed',
  'disagreed',
  'returned-to-discussion',
  'reporter-informed',
  'went-on',
  'reopened',
  'delayed',
  'resolved',
  'drafted',
  'draft-confirmed',
  'draft-withdrawn',
  'draft-sent',
  'draft-handed-over',
  'motion-moved',
  'motion-passed',
  'motion-failed',
  'resolve-reminded',
  'became-overdue',
  'review-reminded',
  'set-aside-proposed',
  'set-aside-withdrawn',
  'set-aside',
  'stepped-aside',
  'epoch-renewed',
] as const

const isKnownDeed = (deed: string): deed is (typeof knownDeeds)[number] =>
  knownDeeds.some((known) => known === deed)
