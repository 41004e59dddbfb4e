import { type FormEvent, useState } from 'react'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Field } from '../pieces/field.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { instantOf, wallClockOf } from '../wall-time.ts'
import { type Part, type Shift, useRosterChange } from './roster.ts'
import { WhyField } from './why-field.tsx'

/** Moves a hand-over to another day or time (G1). */
export function MoveForm({
  me,
  shift,
  onDone,
}: Part & { readonly shift: Shift; readonly onDone: () => void }) {
  const { say } = useDesk()
  const { shortName, timeZone } = me.community
  const [to, setTo] = useState(() => wallClockOf(shift.from, timeZone))
  const [why, setWhy] = useState('')
  const moving = useRosterChange(shortName, onDone)
  const isRight = instantOf(to, timeZone) !== null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    const [date, time] = to.split('T')
    if (isRight && !moving.isPending)
      moving.mutate({ method: 'POST', at: 'hand-overs', body: { instead: shift.turn, date, time, why } })
  }
  return (
    <form onSubmit={submit}>
      <Field
        label={say('roster.move.to')}
        hint={say('roster.time.hint', { zone: timeZone.replaceAll('_', ' ') })}
        type="datetime-local"
        value={to}
        onChange={setTo}
        error={isRight ? null : say('roster.override.wrong')}
      />
      <WhyField why={why} onWhy={setWhy} />
      <p className="buttons">
        <Button look="main" type="submit" isPending={moving.isPending}>
          {say('roster.move.do')}
        </Button>
        <Button onPress={onDone}>{say('app.cancel')}</Button>
      </p>
      <Mishap error={moving.error} />
    </form>
  )
}
