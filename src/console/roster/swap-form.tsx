import { type FormEvent, useState } from 'react'
import { newId } from '../../sealing/bytes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Pick } from '../pieces/field.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { dateAndTime } from '../when.ts'
import { type Part, type Shift, useNames, useRosterChange } from './roster.ts'
import { WhyField } from './why-field.tsx'

/** Offers one's own turn to somebody (G5). */
export function SwapForm(props: Part & { readonly shift: Shift; readonly onDone: () => void }) {
  const { me, roster, members, shift, onDone } = props
  const { say, now, language } = useDesk()
  const { choices } = useNames(members)
  const others = choices.filter(({ value }) => value !== me.id)
  const [id] = useState(newId)
  const [to, setTo] = useState(others[0]?.value ?? '')
  const [takes, setTakes] = useState('')
  const [why, setWhy] = useState('')
  const offering = useRosterChange(me.community.shortName, onDone)
  const theirs = roster.shifts.filter(
    ({ from, turn, primary }) =>
      turn !== null && primary === to && roster.handOvers.some(({ at }) => at === from && at > now()),
  )
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (offering.isPending) return
    const body = { id, to, gives: shift.turn, takes: takes === '' ? null : takes, why }
    offering.mutate({ method: 'POST', at: 'swaps', body })
  }
  return (
    <form onSubmit={submit}>
      <p className="soft">{say('roster.swap.text')}</p>
      <Pick
        label={say('roster.swap.to')}
        value={to}
        onChange={(member) => {
          setTo(member)
          setTakes('')
        }}
        choices={others}
      />
      <Pick
        label={say('roster.swap.takes')}
        value={takes}
        onChange={setTakes}
        choices={[
          { value: '', label: say('roster.swap.takes.none') },
          ...theirs.map(({ turn, from }) => ({
            value: turn as string,
            label: say('roster.swap.takes.turn', {
              date: dateAndTime(from, now(), me.community.timeZone, language),
            }),
          })),
        ]}
      />
      <WhyField why={why} onWhy={setWhy} />
      <p className="buttons">
        <Button look="main" type="submit" isPending={offering.isPending}>
          {say('roster.swap.do')}
        </Button>
        <Button onPress={onDone}>{say('app.cancel')}</Button>
      </p>
      <Mishap error={offering.error} />
    </form>
  )
}
