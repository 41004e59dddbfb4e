import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Playbook } from '../../procedure/playbook.ts'
import { limits } from '../../procedure/records.ts'
import { toBase64 } from '../../sealing/bytes.ts'
import { sealRecord } from '../../sealing/record.ts'
import { useDesk, useOwnKeys } from '../desk.tsx'
import { Field } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { useSession } from '../sign-in/session.ts'
import { directoryQuery, playbookQuery } from './case.ts'
import { draftMessage } from './message-draft.ts'
import { bodyOf } from './open-case.ts'
import { StepForm, type StepProps } from './step-form.tsx'
import { useDraft } from './use-draft.ts'
import { useWrite } from './use-write.ts'

/** The confidential report and the motion to the organizers (M9, J3). */
export function MotionForm(props: StepProps) {
  const desk = useDesk()
  const { view } = props.opened
  const playbook = useQuery(playbookQuery(desk, view.community.shortName))
  if (view.decisions.organizers.names.length === 0)
    return <Notice tone="warn">{desk.say('motion.nobody')}</Notice>
  if (playbook.isPending) return <Waiting />
  if (playbook.isError) return <CouldNotLoad error={playbook.error} again={playbook.refetch} />
  return <Filled {...props} playbook={playbook.data} />
}

function Filled({ opened, me, nameOf, onWritten, playbook }: StepProps & { readonly playbook: Playbook }) {
  const desk = useDesk()
  const { say, language } = desk
  const { account } = useSession()
  const queries = useQueryClient()
  const { keyring } = useOwnKeys()
  const { view } = opened
  const agreed = view.decisions.proposals.findLast(({ ended }) => ended === 'agreed')
  const names = { member: account.name, shepherd: account.name, language, now: desk.now() }
  const [fields, change, forget] = useDraft(`${me.id}/${view.id}/motion`, {
    text: draftMessage('M9', opened, playbook, names, {
      agreed: String(agreed?.agreed ?? ''),
      ...(agreed ? { motion: bodyOf(opened, agreed.record, 'proposal')?.text ?? '' } : {}),
    }).text,
  })
  const [isTried, setTried] = useState(false)
  const write = useWrite(opened, me.id, () => {
    forget()
    onWritten()
  })
  const text = fields.text.trim()
  // Sealed to whoever the verified directory says the organizers are, never by the server's word.
  const sealing = useMutation({
    mutationFn: async () => {
      const newest = await queries.fetchQuery({ ...directoryQuery(desk, view.community), staleTime: 0 })
      const organizers = [...newest.members.values()].filter(
        ({ standing, active }) => standing === 'organizer' && active,
      )
      const record = {
        v: 1,
        community: view.community.id,
        case: view.id,
        epoch: view.epoch,
        kind: 'motion',
        author: { who: 'member', id: me.id },
        at: desk.now(),
        body: { text },
        after: null,
        afterShared: null,
      } as const
      const recipients = organizers.map(({ recipient }) => recipient)
      const sealed = await sealRecord(record, keyring.signingSeed, recipients)
      return { sealed: toBase64(sealed), directory: newest.head }
    },
    onSuccess: (forOrganizers) => {
      const writing = { kind: 'motion', body: { text } } as const
      write.mutate({ deed: 'step', step: 'motion', writing, more: { forOrganizers } })
    },
  })
  const submit = (): void => {
    setTried(true)
    if (text !== '' && !sealing.isPending) sealing.mutate()
  }
  const open = [...new Set(fields.text.match(/\{[A-Za-z]\w*\}/g) ?? [])]
  const list = new Intl.ListFormat(say('language.tag')).format(view.decisions.organizers.names)
  return (
    <StepForm write={write} nameOf={nameOf} action={say('motion.do')} onSubmit={submit}>
      <Field
        label={say('motion.text')}
        hint={say('motion.hint', { names: list })}
        rows={14}
        maxLength={limits.message}
        value={fields.text}
        onChange={(typed) => change({ text: typed })}
        error={isTried && text === '' ? say('write.empty') : null}
      />
      {open.length > 0 && <Notice tone="warn">{say('write.open', { names: open.join(' ') })}</Notice>}
      <Mishap error={sealing.error} />
    </StepForm>
  )
}
