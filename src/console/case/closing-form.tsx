import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { languages, type Playbook } from '../../procedure/playbook.ts'
import { limits } from '../../procedure/records.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Field } from '../pieces/field.tsx'
import { Notice } from '../pieces/notice.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { useSession } from '../sign-in/session.ts'
import { instantOf } from '../wall-time.ts'
import { date } from '../when.ts'
import { playbookQuery } from './case.ts'
import { draftMessage } from './message-draft.ts'
import { StepForm, type StepProps } from './step-form.tsx'
import { useDraft } from './use-draft.ts'
import { useWrite } from './use-write.ts'

/** Closes a case (L4): actions, outcome and review date, and from them M7 to the reporter and M8 to the committee. */
export function ClosingForm(props: StepProps) {
  const desk = useDesk()
  const playbook = useQuery(playbookQuery(desk, props.opened.view.community.shortName))
  if (playbook.isPending) return <Waiting />
  if (playbook.isError) return <CouldNotLoad error={playbook.error} again={playbook.refetch} />
  return <Filled {...props} playbook={playbook.data} />
}

const start = { actions: '', outcome: '', reviewOn: '', reporter: '', committee: '', isWritten: false }

function Filled({ opened, me, nameOf, onWritten, playbook }: StepProps & { readonly playbook: Playbook }) {
  const { say, now, language } = useDesk()
  const { account } = useSession()
  const { view } = opened
  const zone = view.community.timeZone
  const [fields, change, forget] = useDraft(`${me.id}/${view.id}/closing`, start)
  const [isTried, setTried] = useState(false)
  const write = useWrite(opened, me.id, () => {
    forget()
    onWritten()
  })
  const actions = fields.actions.trim()
  const outcome = fields.outcome.trim()
  // In the morning, when whoever is reminded can do something about it.
  const reviewAt = instantOf(`${fields.reviewOn}T09:00`, zone)
  const isLater = reviewAt !== null && reviewAt > now()
  const isWhole = actions !== '' && outcome !== '' && isLater
  const missing = (is: boolean): string | null => (isTried && is ? say('close.missing') : null)

  const writeMessages = (): void => {
    setTried(true)
    if (!isWhole) return
    const filled = (key: 'M7' | 'M8'): string => {
      const to = key === 'M7' ? (languages.find((each) => each === view.language) ?? language) : language
      const names = { member: account.name, shepherd: account.name, language: to, now: now() }
      const reviewOn = date(reviewAt, zone, language)
      return draftMessage(key, opened, playbook, names, { actions, outcome, reviewOn }).text
    }
    change({ reporter: filled('M7'), committee: filled('M8'), isWritten: true })
    setTried(false)
  }
  const submit = (): void => {
    if (!fields.isWritten) {
      writeMessages()
      return
    }
    setTried(true)
    const [text, told] = [fields.committee.trim(), fields.reporter.trim()]
    if (!isWhole || text === '' || told === '') return
    const body = { actions, outcome, reviewOn: fields.reviewOn, text }
    write.mutate({
      deed: 'step',
      step: 'resolve',
      before: { as: 'closing', writing: { kind: 'closing', body } },
      writing: { kind: 'message', body: { template: 'M7', text: told } },
      more: { reviewAt },
    })
  }
  const open = [...new Set(`${fields.reporter}\n${fields.committee}`.match(/\{[A-Za-z]\w*\}/g) ?? [])]
  return (
    <StepForm
      write={write}
      nameOf={nameOf}
      action={say(fields.isWritten ? 'close.do' : 'close.write')}
      onSubmit={submit}
    >
      <p className="soft small">{say('close.intro')}</p>
      <Field
        label={say('close.actions')}
        rows={3}
        maxLength={limits.long}
        value={fields.actions}
        onChange={(typed) => change({ actions: typed })}
        error={missing(actions === '')}
      />
      <Field
        label={say('close.outcome')}
        rows={3}
        maxLength={limits.long}
        value={fields.outcome}
        onChange={(typed) => change({ outcome: typed })}
        error={missing(outcome === '')}
      />
      <Field
        label={say('close.review')}
        hint={say('close.review.hint')}
        type="date"
        value={fields.reviewOn}
        onChange={(reviewOn) => change({ reviewOn })}
        error={isTried && !isLater ? say('close.review.missing') : null}
      />
      {fields.isWritten && (
        <>
          <Field
            label={say('close.M7')}
            rows={10}
            maxLength={limits.message}
            value={fields.reporter}
            onChange={(typed) => change({ reporter: typed })}
            error={missing(fields.reporter.trim() === '')}
          />
          <Field
            label={say('close.M8')}
            rows={8}
            maxLength={limits.message}
            value={fields.committee}
            onChange={(typed) => change({ committee: typed })}
            error={missing(fields.committee.trim() === '')}
          />
          {open.length > 0 && <Notice tone="warn">{say('write.open', { names: open.join(' ') })}</Notice>}
          <Button look="quiet" onPress={writeMessages}>
            {say('write.reset')}
          </Button>
        </>
      )}
    </StepForm>
  )
}
