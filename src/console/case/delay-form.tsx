import { useState } from 'react'
import { limits } from '../../procedure/records.ts'
import { useDesk } from '../desk.tsx'
import { Field } from '../pieces/field.tsx'
import { instantOf, wallClockOf } from '../wall-time.ts'
import { dateAndTime } from '../when.ts'
import { StepForm, type StepProps } from './step-form.tsx'
import { useDraft } from './use-draft.ts'
import { useWrite } from './use-write.ts'

/** Why a case takes longer, and the new date, at the time of day it was due before (I4, L5). */
export function DelayForm({ opened, me, nameOf, onWritten }: StepProps) {
  const { say, now, language } = useDesk()
  const { view } = opened
  const { timeZone } = view.community
  const dueAt = view.delayedTo ?? view.times.resolveBy
  const [fields, change, forget] = useDraft(`${me.id}/${view.id}/delay`, { reason: '', day: '' })
  const [isTried, setTried] = useState(false)
  const write = useWrite(opened, me.id, () => {
    forget()
    onWritten()
  })
  const reason = fields.reason.trim()
  const until = instantOf(`${fields.day}T${wallClockOf(dueAt, timeZone).slice(11)}`, timeZone)
  const isLater = until !== null && until > dueAt && until > now()
  const submit = (): void => {
    setTried(true)
    if (reason === '' || !isLater) return
    write.mutate({
      deed: 'step',
      step: 'delay',
      writing: { kind: 'delay', body: { reason } },
      more: { until },
    })
  }
  return (
    <StepForm write={write} nameOf={nameOf} action={say('delay.do')} onSubmit={submit}>
      <Field
        label={say('delay.reason')}
        hint={say('back.hint')}
        rows={3}
        maxLength={limits.long}
        value={fields.reason}
        onChange={(typed) => change({ reason: typed })}
        error={isTried && reason === '' ? say('back.missing') : null}
      />
      <Field
        label={say('delay.until')}
        hint={say('delay.until.hint', { time: dateAndTime(dueAt, now(), timeZone, language) })}
        type="date"
        value={fields.day}
        onChange={(day) => change({ day })}
        error={isTried && !isLater ? say('delay.until.missing') : null}
      />
      <p className="soft small">{say('delay.then')}</p>
    </StepForm>
  )
}
