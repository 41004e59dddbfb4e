import { FileLock2, PenLine, ShieldCheck, TriangleAlert } from 'lucide-react'
import { useDesk, useSay } from '../desk.tsx'
import { dateAndTime, shortTime } from '../when.ts'
import { EvidenceFile } from './evidence-file.tsx'
import type { NameOf } from './name-of.ts'
import { filesOf, type OpenedCase, type ReadRecord } from './open-case.ts'
import { ReportFields } from './report-fields.tsx'
import { Said } from './said.tsx'

interface Props {
  readonly record: ReadRecord
  readonly opened: OpenedCase
  readonly nameOf: NameOf
  readonly zone: string
}

/** One record of the timeline: who, when, what, and how far it can be trusted. */
export function RecordCard({ record, opened, nameOf, zone }: Props) {
  const { say, now, language } = useDesk()
  const { content, author, at, shared, openedAt } = record
  const who = authorName(record, nameOf, say)
  return (
    <article className="record">
      <span className="dot" aria-hidden="true">
        {content?.kind === 'report' ? <FileLock2 /> : author?.who === 'member' ? initial(who) : <PenLine />}
      </span>
      <div className="record-main">
        <h2 className="record-head">
          <span className="who">{headline(record, who, nameOf, say)}</span>{' '}
          <span className="soft">
            {dateAndTime(at, now(), zone, language)}
            {content !== null && isInternal(content.kind) ? ` · ${say('record.committee-only')}` : ''}
            {content?.kind === 'message' && shared
              ? ` · ${
                  openedAt === null
                    ? say('record.not-opened')
                    : say('record.opened', { time: shortTime(openedAt, now(), zone, language) })
                }`
              : ''}
          </span>
          <Checked record={record} />
        </h2>
        <Trust record={record} hasKey={opened.identities.has(record.epoch)} />
        <Body record={record} opened={opened} nameOf={nameOf} />
        {filesOf(record).map((file) => (
          <EvidenceFile key={file.upload} file={file} opened={opened} />
        ))}
      </div>
    </article>
  )
}

/** Kinds that the reporter does not read. */
const internal: ReadonlySet<string> = new Set([
  'note',
  'completion',
  'support',
  'shepherd',
  'proposal',
  'agreement',
  'draft',
  'delay',
  'motion',
  'closing',
])
const isInternal = (kind: string): boolean => internal.has(kind)

type SayIt = ReturnType<typeof useSay>

const initial = (name: string): string => [...name][0]?.toUpperCase() ?? ''

function authorName({ author }: ReadRecord, nameOf: NameOf, say: SayIt): string {
  if (author === null) return say('record.by.unknown')
  if (author.who === 'member') return nameOf(author.id)
  return say(author.who === 'reporter' ? 'record.by.reporter' : 'record.by.server')
}

function headline({ content, author }: ReadRecord, who: string, nameOf: NameOf, say: SayIt): string {
  switch (content?.kind) {
    case 'report':
      return content.body.logged === undefined ? say('record.report') : say('record.logged', { name: who })
    case 'answer':
      return say('record.answer')
    case 'support':
      return say('record.support', { name: who })
    case 'shepherd': {
      const { act, member } = content.body
      const isSelf = act === 'propose' && author?.who === 'member' && author.id === member
      return say(isSelf ? 'record.shepherd.propose-self' : `record.shepherd.${act}`, {
        name: who,
        member: nameOf(member),
      })
    }
    case 'agreement':
      return say(content.body.agrees ? 'record.agreement.yes' : 'record.agreement.no', { name: who })
    case 'note':
    case 'proposal':
    case 'draft':
    case 'delay':
    case 'motion':
    case 'closing':
      return say(`record.${content.kind}`, { name: who })
    case 'completion':
      return say('record.completion', { name: who })
    case 'message': {
      const { template } = content.body
      if (template === null) return say('record.message', { name: who })
      return say('record.template', { name: who, message: say(`message.${template}.name`), key: template })
    }
    case 'epoch':
      return say('record.epoch', { name: who })
    case 'unknown':
    case undefined:
      return who
  }
}

/** Nothing speaks against the record: signed by its author, in its place. */
function Checked({ record: { doubts, sealedByServer } }: { readonly record: ReadRecord }) {
  const say = useSay()
  if (sealedByServer || doubts.length > 0) return null
  return (
    <span className="checked">
      <ShieldCheck aria-hidden="true" /> {say('record.checked')}
    </span>
  )
}

/** That the server sealed a record, and every reason to doubt it, in plain words. */
function Trust({
  record: { doubts, sealedByServer },
  hasKey,
}: {
  readonly record: ReadRecord
  readonly hasKey: boolean
}) {
  const say = useSay()
  // What one has no key for is sealed as it should be: nothing to be alarmed about.
  if (!hasKey) return <p className="soft small">{say('record.no-key')}</p>
  return (
    <>
      {sealedByServer && (
        <p className="trust warn">
          <TriangleAlert aria-hidden="true" /> {say('record.sealed-by-server')}
        </p>
      )}
      {doubts.map((doubt) => (
        <p className="trust danger" key={doubt}>
          <TriangleAlert aria-hidden="true" /> {say(`doubt.${doubt}`)}
        </p>
      ))}
    </>
  )
}

type BodyProps = Pick<Props, 'record' | 'opened' | 'nameOf'>

function Body({ record: { content }, opened, nameOf }: BodyProps) {
  const say = useSay()
  if (content === null) return null
  switch (content.kind) {
    case 'unknown':
      return <p className="soft">{say('record.unknown')}</p>
    case 'epoch':
      return <p className="soft small">{say('record.epoch.text')}</p>
    case 'report':
      return <ReportFields report={content.body} zone={opened.view.community.timeZone} nameOf={nameOf} />
    case 'completion':
      return (
        <dl className="sheet facts">
          <Said label={say('complete.who')} text={content.body.who} />
          <Said label={say('complete.what')} text={content.body.what} />
          <Said label={say('complete.action')} text={factText(content.body.actionTaken, say)} />
          <Said label={say('complete.decision')} text={factText(content.body.decisionWanted, say)} />
        </dl>
      )
    case 'support': {
      const { support, state } = content.body
      const what = say(`report.${support}.label`)
      return <p>{say('record.support.text', { what, state: say(`report.choice.${state}`) })}</p>
    }
    case 'shepherd': {
      const { bias, text } = content.body
      return (
        <>
          {bias !== null && <p>{say(bias ? 'record.shepherd.bias' : 'record.shepherd.no-bias')}</p>}
          {text !== '' && <div className="sheet words">{text}</div>}
        </>
      )
    }
    case 'agreement':
    case 'delay':
      return content.body.reason === '' ? null : <div className="sheet words">{content.body.reason}</div>
    case 'draft': {
      const { to, address, subject, text } = content.body
      return (
        <>
          <dl className="sheet facts">
            <Said label={say('draft.to')} text={to} />
            <Said label={say('draft.address')} text={address ?? ''} />
            <Said label={say('draft.subject')} text={subject} />
          </dl>
          <div className="sheet words">{text}</div>
        </>
      )
    }
    case 'closing': {
      const { actions, outcome, reviewOn, text } = content.body
      return (
        <>
          <dl className="sheet facts">
            <Said label={say('close.actions')} text={actions} />
            <Said label={say('close.outcome')} text={outcome} />
            <Said label={say('close.review')} text={reviewOn} />
          </dl>
          <div className="sheet words">{text}</div>
        </>
      )
    }
    case 'answer': {
      const { shepherd, text } = content.body
      return (
        <>
          {shepherd !== undefined && <p>{say(`record.answer.${shepherd}`)}</p>}
          {text !== '' && <div className="sheet words">{text}</div>}
        </>
      )
    }
    default:
      return content.body.text === '' ? null : <div className="sheet words">{content.body.text}</div>
  }
}

const factText = (fact: boolean | null, say: SayIt): string =>
  fact === null ? '' : say(fact ? 'report.choice.yes' : 'report.choice.no')
