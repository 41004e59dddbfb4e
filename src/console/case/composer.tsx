import { useQuery } from '@tanstack/react-query'
import { SendHorizontal } from 'lucide-react'
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { mayKeepOnFile, possibleSteps } from '../../procedure/lifecycle.ts'
import { type Language, languages, type Placeholder } from '../../procedure/playbook.ts'
import { limits } from '../../procedure/records.ts'
import { mayPick } from '../../procedure/shepherd.ts'
import type { CaseView, Membership } from '../api/shapes.ts'
import { type Say, useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Field } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { useSession } from '../sign-in/session.ts'
import { dayOf } from '../when.ts'
import { BackForm } from './back-form.tsx'
import { playbookQuery } from './case.ts'
import { ClosingForm } from './closing-form.tsx'
import { CompleteForm } from './complete-form.tsx'
import { type DecidingMode, decidingModes } from './deciding-modes.ts'
import { DelayForm } from './delay-form.tsx'
import { DraftForm } from './draft-form.tsx'
import { MeanwhileNotice } from './meanwhile-notice.tsx'
import { draftMessage } from './message-draft.ts'
import { MotionForm } from './motion-form.tsx'
import type { NameOf } from './name-of.ts'
import { bodyOf, type OpenedCase } from './open-case.ts'
import { AgreementForm, ProposalForm } from './proposal-forms.tsx'
import { ShepherdForm } from './shepherd-form.tsx'
import type { StepProps } from './step-form.tsx'
import { type Deed, useWrite } from './use-write.ts'

/** What is being written. */
export type Mode = 'note' | 'message' | 'M1' | 'M2' | 'M3' | 'M4' | 'complete' | 'shepherd' | DecidingMode

interface Props {
  readonly opened: OpenedCase
  readonly me: Membership
  /** null: nothing chosen yet, so a note. */
  readonly mode: Mode | null
  readonly onMode: (mode: Mode | null) => void
  readonly nameOf: NameOf
}

/** The modes that the state of a case allows. */
function modesOf({ view }: OpenedCase, me: string): Mode[] {
  const steps = possibleSteps(view.state).map(({ step }) => step)
  return [
    'note',
    ...(view.reporterRecipient === null && view.channel !== 'member' ? [] : (['message'] as const)),
    ...(steps.includes('acknowledge') ? (['M1'] as const) : []),
    ...(steps.includes('keep-on-file') ? (['M2'] as const) : []),
    ...shepherdModes(view, me),
    ...decidingModes(view, me),
    'complete',
  ]
}

/** What is to be said of the shepherd (I2 to I7): to the committee, and to the reporter. */
function shepherdModes({ state, shepherd, ...view }: CaseView, me: string): Mode[] {
  if (mayPick(state) !== null) return []
  const isNamed = view.shepherdNamedAt !== null
  const isIntroduced = view.shepherdIntroducedAt !== null
  return [
    'shepherd',
    ...(shepherd !== null && !isNamed && shepherd !== view.responder ? (['M3'] as const) : []),
    ...(shepherd === me && !isIntroduced && (isNamed || shepherd === view.responder)
      ? (['M4'] as const)
      : []),
  ]
}

/** Where a member writes: a note, a message, an answer from its template, or what completes the record. */
export function Composer({ opened, me, mode, onMode, nameOf }: Props) {
  const { say } = useDesk()
  const section = useRef<HTMLElement>(null)
  const [lastWritten, setWritten] = useState<Mode | null>(null)
  const modes = modesOf(opened, me.id)
  const shown = mode !== null && modes.includes(mode) ? mode : 'note'
  useEffect(() => {
    if (mode === null) return
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
    section.current?.scrollIntoView({ behavior: calm ? 'auto' : 'smooth', block: 'start' })
    section.current?.querySelector('textarea')?.focus({ preventScroll: true })
  }, [mode])
  const written = (): void => {
    setWritten(shown)
    onMode(null)
    // What was pressed is gone: the focus goes where one would go on.
    section.current?.focus({ preventScroll: true })
  }
  const common = { opened, me, nameOf, onWritten: written }
  return (
    <section className="composer" ref={section} tabIndex={-1} aria-label={say('write.title')}>
      <p className="written" role="status">
        {mode === null && lastWritten !== null && say(`write.done.${lastWritten}`)}
      </p>
      <fieldset className="switch">
        <legend className="unseen">{say('write.title')}</legend>
        {modes.map((each) => (
          <label key={each}>
            <input type="radio" name="mode" checked={shown === each} onChange={() => onMode(each)} />
            <span>{say(`write.mode.${each}`)}</span>
          </label>
        ))}
      </fieldset>
      {shown === 'complete' ? (
        <CompleteForm key="complete" {...common} />
      ) : shown === 'shepherd' ? (
        <ShepherdForm key={`shepherd ${opened.view.picks.length}`} {...common} />
      ) : isForm(shown) ? (
        <DecidingForm key={shown} mode={shown} {...common} />
      ) : isTemplate(shown) ? (
        <Answer key={shown} template={shown} onMode={onMode} {...common} />
      ) : (
        <Writing key={shown} mode={shown} start="" {...common} />
      )}
    </section>
  )
}

/** The messages that are written from a template here. */
type Template = 'M1' | 'M2' | 'M3' | 'M4' | 'M5' | 'M10'
const isTemplate = (mode: Mode): mode is Template => /^M\d+$/.test(mode)

/** What from discussion on has a form of its own. */
type Form = Exclude<DecidingMode, 'M5' | 'M10'>
const forms: Readonly<Record<Form, (props: StepProps) => ReactNode>> = {
  proposal: ProposalForm,
  agreement: AgreementForm,
  'return-to-discussion': (props) => <BackForm step="return-to-discussion" {...props} />,
  motion: MotionForm,
  draft: DraftForm,
  'go-on': (props) => <BackForm step="go-on" {...props} />,
  closing: ClosingForm,
  delay: DelayForm,
  reopen: (props) => <BackForm step="reopen" {...props} />,
}
const isForm = (mode: Mode): mode is Form => mode in forms

function DecidingForm({ mode, ...props }: StepProps & { readonly mode: Form }) {
  const Shown = forms[mode]
  return <Shown {...props} />
}

interface AnswerProps extends Pick<Props, 'opened' | 'me' | 'nameOf' | 'onMode'> {
  readonly template: Template
  readonly onWritten: () => void
}

/** A message of the procedure: from the template, filled as far as the software knows, edited before it is sent. */
function Answer({ template, opened, me, nameOf, onMode, onWritten }: AnswerProps) {
  const desk = useDesk()
  const { say } = desk
  const { account } = useSession()
  const playbook = useQuery(playbookQuery(desk, opened.view.community.shortName))
  if (template === 'M2') {
    const may = mayKeepOnFile(opened.onFile)
    if (!may.ok)
      return (
        <>
          <Notice tone="warn">{say(`on-file.${may.reason}`)}</Notice>
          {may.reason === 'not-said' && (
            <Button onPress={() => onMode('complete')}>{say('complete.open')}</Button>
          )}
        </>
      )
  }
  if (playbook.isPending) return <Waiting />
  if (playbook.isError) return <CouldNotLoad error={playbook.error} again={playbook.refetch} />
  const language = languages.find((each) => each === opened.view.language) ?? desk.language
  const draft = draftMessage(
    template,
    opened,
    playbook.data,
    {
      member: account.name,
      shepherd: opened.view.shepherd === null ? null : nameOf(opened.view.shepherd),
      now: desk.now(),
      language,
    },
    known(template, opened, language),
  )
  return (
    <Writing
      mode={template}
      start={draft.text}
      opened={opened}
      me={me}
      nameOf={nameOf}
      onWritten={onWritten}
    />
  )
}

/** What the case itself says of a message: the decision, and the new date. */
function known(
  template: Template,
  opened: OpenedCase,
  language: Language,
): Partial<Record<Placeholder, string>> {
  const { decisions, delayedTo, community } = opened.view
  const agreed = decisions.proposals.findLast(({ ended }) => ended === 'agreed')
  const decision = agreed && bodyOf(opened, agreed.record, 'proposal')?.text
  if (template === 'M5' && decision) return { decision }
  if (template === 'M10' && delayedTo !== null)
    return { newDate: dayOf(delayedTo, community.timeZone, language) }
  return {}
}

interface WritingProps extends Pick<Props, 'opened' | 'me' | 'nameOf'> {
  readonly mode: Exclude<Mode, 'complete' | 'shepherd' | Form>
  /** The text to begin with. */
  readonly start: string
  readonly onWritten: () => void
}

const placeholderIn = /\{[A-Za-z]\w*\}/g

function Writing({ mode, start, opened, me, nameOf, onWritten }: WritingProps) {
  const { say, drafts } = useDesk()
  const place = `${me.id}/${opened.view.id}/${mode}`
  const [text, setText] = useState(drafts.read(place) ?? start)
  const [isTried, setTried] = useState(false)
  const write = useWrite(opened, me.id, () => {
    drafts.drop(place)
    setText('')
    setTried(false)
    onWritten()
  })
  const change = (typed: string): void => {
    setText(typed)
    if (typed === '' || typed === start) drafts.drop(place)
    else drafts.write(place, typed)
  }
  const open = [...new Set(text.match(placeholderIn) ?? [])]
  const isMessage = mode !== 'note'
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (text.trim() !== '' && !write.isPending) write.mutate(deedOf(mode, text))
  }
  return (
    <form onSubmit={submit}>
      <Field
        label={say(`write.label.${mode}`)}
        hint={isMessage ? whoGetsIt(opened, nameOf, say) : say('write.hint.note')}
        rows={isTemplate(mode) ? 12 : 4}
        maxLength={limits.message}
        value={text}
        onChange={change}
        error={isTried && text.trim() === '' ? say('write.empty') : null}
      />
      {isMessage && open.length > 0 && (
        <Notice tone="warn">{say('write.open', { names: open.join(' ') })}</Notice>
      )}
      <MeanwhileNotice meanwhile={write.meanwhile} nameOf={nameOf} />
      {write.meanwhile === null && <Mishap error={write.error} />}
      <div className="buttons end">
        {mode !== 'note' && isMessage && text !== start && start !== '' && (
          <Button look="quiet" onPress={() => change(start)}>
            {say('write.reset')}
          </Button>
        )}
        <Button look="main" type="submit" isPending={write.isPending}>
          <SendHorizontal aria-hidden="true" />{' '}
          {say(write.isPending ? 'write.sealing' : `write.send.${mode}`)}
        </Button>
      </div>
    </form>
  )
}

/** For whom a message is: the reporter, the member who logged it (E2), or nobody who could read it. */
function whoGetsIt({ view, records }: OpenedCase, nameOf: NameOf, say: Say): string {
  if (view.reporterRecipient !== null) return say('write.hint.reporter')
  const filer = records[0]?.author
  if (view.channel === 'member' && filer?.who === 'member')
    return say('write.hint.filer', { name: nameOf(filer.id) })
  return say('write.hint.no-reporter')
}

function deedOf(mode: WritingProps['mode'], text: string): Deed {
  if (mode === 'note') return { deed: 'add', writing: { kind: 'note', body: { text } } }
  if (mode === 'message') return { deed: 'add', writing: { kind: 'message', body: { template: null, text } } }
  if (mode === 'M1' || mode === 'M2') return { deed: 'acknowledge', template: mode, text }
  if (mode === 'M10') return { deed: 'add', writing: { kind: 'message', body: { template: mode, text } } }
  const step = mode === 'M5' ? 'inform' : mode === 'M3' ? 'name-shepherd' : 'introduce-shepherd'
  return { deed: 'step', step, writing: { kind: 'message', body: { template: mode, text } } }
}
