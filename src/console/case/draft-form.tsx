import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { languages, type Playbook } from '../../procedure/playbook.ts'
import { limits } from '../../procedure/records.ts'
import { newId } from '../../sealing/bytes.ts'
import { outgoingDigest } from '../../sealing/outgoing.ts'
import { useDesk } from '../desk.tsx'
import { Choice, Field } from '../pieces/field.tsx'
import { Notice } from '../pieces/notice.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { useSession } from '../sign-in/session.ts'
import { playbookQuery } from './case.ts'
import { draftMessage } from './message-draft.ts'
import { StepForm, type StepProps } from './step-form.tsx'
import { useDraft } from './use-draft.ts'
import { useWrite } from './use-write.ts'

/** A message to somebody else (M6, L2), which another member confirms before it is sent. */
export function DraftForm(props: StepProps) {
  const desk = useDesk()
  const playbook = useQuery(playbookQuery(desk, props.opened.view.community.shortName))
  if (playbook.isPending) return <Waiting />
  if (playbook.isError) return <CouldNotLoad error={playbook.error} again={playbook.refetch} />
  return <Filled {...props} playbook={playbook.data} />
}

function Filled({ opened, me, nameOf, onWritten, playbook }: StepProps & { readonly playbook: Playbook }) {
  const { say, now, language: own } = useDesk()
  const { account } = useSession()
  const { view } = opened
  const language = languages.find((each) => each === view.language) ?? own
  const [fields, change, forget] = useDraft(`${me.id}/${view.id}/draft`, {
    to: '',
    how: 'mail' as 'mail' | 'hand',
    address: '',
    subject: playbook.messages[language].M6.subject,
    text: draftMessage('M6', opened, playbook, {
      member: account.name,
      shepherd: account.name,
      language,
      now: now(),
    }).text,
  })
  const [isTried, setTried] = useState(false)
  const write = useWrite(opened, me.id, () => {
    forget()
    onWritten()
  })
  const [to, subject, text] = [fields.to.trim(), fields.subject.trim(), fields.text.trim()]
  const address = fields.how === 'mail' ? fields.address.trim() : null
  const isAddressWrong = address !== null && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(address)
  const missing = (is: boolean, words: 'draft.missing' | 'draft.address.missing' = 'draft.missing') =>
    isTried && is ? say(words) : null
  const submit = (): void => {
    setTried(true)
    if (to === '' || subject === '' || text === '' || isAddressWrong) return
    const body = { to, address, subject, text, salt: newId() }
    const writing = { kind: 'draft', body } as const
    write.mutate({ deed: 'step', step: 'drafts', writing, more: { digest: outgoingDigest(body) } })
  }
  const open = [...new Set(fields.text.match(/\{[A-Za-z]\w*\}/g) ?? [])]
  return (
    <StepForm write={write} nameOf={nameOf} action={say('draft.do')} onSubmit={submit}>
      <Field
        label={say('draft.to')}
        maxLength={limits.line}
        value={fields.to}
        onChange={(typed) => change({ to: typed })}
        error={missing(to === '')}
      />
      <Choice
        label={say('draft.how')}
        value={fields.how}
        onChange={(how) => change({ how })}
        choices={[
          { value: 'mail', label: say('draft.how.mail'), hint: say('draft.how.mail.hint') },
          { value: 'hand', label: say('draft.how.hand'), hint: say('draft.how.hand.hint') },
        ]}
      />
      {fields.how === 'mail' && (
        <Field
          label={say('draft.address')}
          type="email"
          maxLength={254}
          value={fields.address}
          onChange={(typed) => change({ address: typed })}
          error={missing(isAddressWrong, 'draft.address.missing')}
        />
      )}
      <Field
        label={say('draft.subject')}
        maxLength={limits.line}
        value={fields.subject}
        onChange={(typed) => change({ subject: typed })}
        error={missing(subject === '')}
      />
      <Field
        label={say('draft.text')}
        rows={12}
        maxLength={limits.message}
        value={fields.text}
        onChange={(typed) => change({ text: typed })}
        error={missing(text === '')}
      />
      {open.length > 0 && <Notice tone="warn">{say('write.open', { names: open.join(' ') })}</Notice>}
    </StepForm>
  )
}
