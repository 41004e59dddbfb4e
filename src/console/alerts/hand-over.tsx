import { useState } from 'react'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Pick } from '../pieces/field.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { type AlertProps, useDeed } from './deed.ts'

/** Hands a call over to another responder, who is called at once. */
export function HandOver({ alert }: AlertProps) {
  const { say } = useDesk()
  const [to, setTo] = useState('')
  const handing = useDeed(alert, 'hand-over')
  const others = alert.responders.filter(({ id }) => id !== alert.takenBy)
  if (others.length === 0) return null
  return (
    <section className="panel">
      <h2>{say('alerts.hand-over')}</h2>
      <Pick
        label={say('alerts.hand-over.to')}
        hint={say('alerts.hand-over.hint')}
        value={to}
        onChange={setTo}
        choices={[
          { value: '', label: say('alerts.choose') },
          ...others.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Button isDisabled={to === ''} isPending={handing.isPending} onPress={() => handing.mutate({ to })}>
        {say('alerts.hand-over.do')}
      </Button>
      <Mishap error={handing.error} />
    </section>
  )
}
