import { useState } from 'react'
import { limits } from '../../procedure/records.ts'
import { useSay } from '../desk.tsx'
import { Field } from '../pieces/field.tsx'
import { StepForm, type StepProps } from './step-form.tsx'
import { useDraft } from './use-draft.ts'
import { useWrite } from './use-write.ts'

/** Back to discussion, with the reason: a proposal (J2), what is not resolved yet (L3), or a closed case (L6). */
export function BackForm({
  step,
  opened,
  me,
  nameOf,
  onWritten,
}: StepProps & { readonly step: 'return-to-discussion' | 'go-on' | 'reopen' }) {
  const say = useSay()
  const [fields, change, forget] = useDraft(`${me.id}/${opened.view.id}/${step}`, { text: '' })
  const [isTried, setTried] = useState(false)
  const write = useWrite(opened, me.id, () => {
    forget()
    onWritten()
  })
  const text = fields.text.trim()
  const submit = (): void => {
    setTried(true)
    if (text !== '') write.mutate({ deed: 'step', step, writing: { kind: 'note', body: { text } } })
  }
  return (
    <StepForm write={write} nameOf={nameOf} action={say(`back.do.${step}`)} onSubmit={submit}>
      <Field
        label={say(`back.title.${step}`)}
        hint={say('back.hint')}
        rows={4}
        maxLength={limits.note}
        value={fields.text}
        onChange={(typed) => change({ text: typed })}
        error={isTried && text === '' ? say('back.missing') : null}
      />
    </StepForm>
  )
}
