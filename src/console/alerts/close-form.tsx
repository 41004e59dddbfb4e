import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { alertLimits, type CloseReason, closeReasons } from '../../procedure/alert.ts'
import { sealAlertWords } from '../../sealing/alert-words.ts'
import { toBase64 } from '../../sealing/bytes.ts'
import { directoryQuery } from '../case/case.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Choice, Field } from '../pieces/field.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { type AlertProps, useDeed } from './deed.ts'

/** Closes a call with a reason; a note is sealed here, to every responder. */
export function CloseForm({ alert, me }: AlertProps) {
  const desk = useDesk()
  const { say } = desk
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [reason, setReason] = useState<CloseReason | null>(null)
  const [note, setNote] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  const closing = useDeed(alert, 'close')
  const close = async (): Promise<void> => {
    setFailure(null)
    try {
      const directory = await queries.fetchQuery({ ...directoryQuery(desk, me.community), staleTime: 0 })
      const readers = alert.responders.map(({ id }) => id)
      const sealed =
        note.trim() === ''
          ? null
          : toBase64(await sealAlertWords(me.community.id, note.trim(), directory, readers))
      closing.mutate({ reason, note: sealed })
    } catch (error) {
      setFailure(error)
    }
  }
  if (!isOpen)
    return (
      <p>
        <Button onPress={() => setOpen(true)}>{say('alerts.close')}</Button>
      </p>
    )
  return (
    <section className="panel">
      <h2>{say('alerts.close')}</h2>
      <Choice
        label={say('alerts.close.why')}
        value={reason}
        onChange={setReason}
        choices={closeReasons.map((value) => ({ value, label: say(`alert.close.${value}`) }))}
      />
      <Field
        label={say('alerts.close.note')}
        hint={say('alerts.close.note.hint')}
        rows={2}
        maxLength={alertLimits.note}
        value={note}
        onChange={setNote}
      />
      <p className="buttons">
        <Button
          look="main"
          isDisabled={reason === null}
          isPending={closing.isPending}
          onPress={() => void close()}
        >
          {say('alerts.close.do')}
        </Button>
        <Button look="quiet" onPress={() => setOpen(false)}>
          {say('app.cancel')}
        </Button>
      </p>
      <Mishap error={failure ?? closing.error} />
    </section>
  )
}
