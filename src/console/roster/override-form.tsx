import { type FormEvent, useState } from 'react'
import { newId } from '../../sealing/bytes.ts'
import { ChannelWarning } from '../channels/channel-warning.tsx'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Choice, Field, Pick } from '../pieces/field.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { instantOf, wallClockOf } from '../wall-time.ts'
import { type Part, useNames, useRosterChange } from './roster.ts'
import { WhyField } from './why-field.tsx'

/** Other people on call than the rule says: a chair names anybody, everybody else steps in themselves (G5). */
export function OverridePanel(part: Part) {
  const { say } = useDesk()
  const [isOpen, setOpen] = useState(false)
  const title = say(part.me.chair ? 'roster.override' : 'roster.override.mine')
  if (!isOpen)
    return (
      <p>
        <Button onPress={() => setOpen(true)}>{title}</Button>
      </p>
    )
  return (
    <section className="panel">
      <h2>{title}</h2>
      <p className="soft">{say(part.me.chair ? 'roster.override.text' : 'roster.override.mine.text')}</p>
      <OverrideForm {...part} onDone={() => setOpen(false)} />
    </section>
  )
}

function OverrideForm({ me, members, onDone }: Part & { readonly onDone: () => void }) {
  const { say, now } = useDesk()
  const { shortName, timeZone } = me.community
  const { choices } = useNames(members)
  const [id] = useState(newId)
  const [seat, setSeat] = useState<'primary' | 'secondary'>('primary')
  const [primary, setPrimary] = useState('')
  const [secondary, setSecondary] = useState('')
  const [from, setFrom] = useState(() => wallClockOf(now(), timeZone))
  const [to, setTo] = useState('')
  const [why, setWhy] = useState('')
  const setting = useRosterChange(shortName, onDone)
  const begins = instantOf(from, timeZone)
  const ends = to === '' ? null : instantOf(to, timeZone)
  const isWrong = to !== '' && ends === null
  const mine = { primary: seat === 'primary' ? me.id : null, secondary: seat === 'secondary' ? me.id : null }
  const seats = me.chair ? { primary: primary || null, secondary: secondary || null } : mine
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (begins === null || isWrong || setting.isPending) return
    const body = { id, from: begins, to: ends, ...seats, why: why.trim() === '' ? null : why }
    setting.mutate({ method: 'POST', at: 'overrides', body })
  }
  const none = { value: '', label: say('roster.override.none') }
  return (
    <form onSubmit={submit}>
      {me.chair ? (
        <>
          <Pick
            label={say('turn.primary')}
            value={primary}
            onChange={setPrimary}
            choices={[none, ...choices]}
          />
          <Pick
            label={say('turn.secondary')}
            value={secondary}
            onChange={setSecondary}
            choices={[none, ...choices.filter(({ value }) => value !== primary)]}
          />
        </>
      ) : (
        <Choice
          label={say('roster.seat')}
          value={seat}
          onChange={setSeat}
          isRow
          choices={[
            { value: 'primary', label: say('roster.primary') },
            { value: 'secondary', label: say('roster.secondary') },
          ]}
        />
      )}
      <ChannelWarning community={shortName} members={[seats.primary ?? '', seats.secondary ?? '']} />
      <Field
        label={say('roster.override.from')}
        hint={say('roster.override.from.hint', { zone: timeZone.replaceAll('_', ' ') })}
        type="datetime-local"
        value={from}
        onChange={setFrom}
        error={begins === null ? say('roster.override.wrong') : null}
      />
      <Field
        label={say('roster.override.to')}
        {...(me.chair && { hint: say('roster.override.to.hint') })}
        type="datetime-local"
        value={to}
        onChange={setTo}
        error={isWrong ? say('roster.override.wrong') : null}
      />
      <WhyField why={why} onWhy={setWhy} />
      <p className="buttons">
        <Button look="main" type="submit" isPending={setting.isPending}>
          {say('roster.override.do')}
        </Button>
        <Button onPress={onDone}>{say('app.cancel')}</Button>
      </p>
      <Mishap error={setting.error} />
    </form>
  )
}
