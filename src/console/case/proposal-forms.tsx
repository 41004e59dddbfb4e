import { useState } from 'react'
import { limits } from '../../procedure/records.ts'
import { useSay } from '../desk.tsx'
import { Choice, Field, Tick } from '../pieces/field.tsx'
import { bodyOf } from './open-case.ts'
import { StepForm, type StepProps } from './step-form.tsx'
import { useDraft } from './use-draft.ts'
import { useWrite } from './use-write.ts'

/** What the shepherd proposes, and whether the organizers have to be asked too (J2, J3). */
export function ProposalForm({ opened, me, nameOf, onWritten }: StepProps) {
  const say = useSay()
  const [fields, change, forget] = useDraft(`${me.id}/${opened.view.id}/proposal`, { text: '', group: false })
  const [isTried, setTried] = useState(false)
  const write = useWrite(opened, me.id, () => {
    forget()
    onWritten()
  })
  const text = fields.text.trim()
  const submit = (): void => {
    setTried(true)
    if (text === '') return
    const writing = { kind: 'proposal', body: { text } } as const
    write.mutate({ deed: 'step', step: 'proposals', writing, more: { groupLevel: fields.group } })
  }
  return (
    <StepForm write={write} nameOf={nameOf} action={say('propose.do')} onSubmit={submit}>
      <Field
        label={say('propose.text')}
        hint={say('propose.hint')}
        rows={6}
        maxLength={limits.long}
        value={fields.text}
        onChange={(typed) => change({ text: typed })}
        error={isTried && text === '' ? say('write.empty') : null}
      />
      <Tick
        label={say('propose.group')}
        hint={say('propose.group.hint')}
        isOn={fields.group}
        onChange={(group) => change({ group })}
      />
    </StepForm>
  )
}

type Said = 'yes' | 'no'

/** Whether a member agrees to what is proposed; if not, why (J2). */
export function AgreementForm({ opened, me, nameOf, onWritten }: StepProps) {
  const say = useSay()
  const proposal = opened.view.decisions.proposals.find(({ ended }) => ended === null)
  const [said, setSaid] = useState<Said | null>(null)
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const write = useWrite(opened, me.id, onWritten)
  if (proposal === undefined) return null
  const isReasonMissing = said === 'no' && reason.trim() === ''
  const submit = (): void => {
    setTried(true)
    if (said === null || isReasonMissing) return
    const agrees = said === 'yes'
    const writing = { kind: 'agreement', body: { agrees, reason: reason.trim() } } as const
    write.mutate({ deed: 'step', step: 'answer-proposal', writing, more: { proposal: proposal.id, agrees } })
  }
  return (
    <StepForm write={write} nameOf={nameOf} action={say('decide.do')} onSubmit={submit}>
      <div className="sheet words">{bodyOf(opened, proposal.record, 'proposal')?.text}</div>
      {proposal.groupLevel && <p className="soft small">{say('decide.group')}</p>}
      <Choice
        label={say('decide.what')}
        value={said}
        onChange={setSaid}
        choices={[
          { value: 'yes', label: say('decide.yes') },
          { value: 'no', label: say('decide.no') },
        ]}
        error={isTried && said === null ? say('decide.missing') : null}
      />
      {said !== null && (
        <Field
          label={say(said === 'no' ? 'decide.reason' : 'decide.reason.yes')}
          {...(said === 'yes' ? { isOptional: say('decide.optional') } : {})}
          rows={3}
          maxLength={limits.long}
          value={reason}
          onChange={setReason}
          error={isTried && isReasonMissing ? say('decide.reason.missing') : null}
        />
      )}
    </StepForm>
  )
}
