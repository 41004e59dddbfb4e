import { ArrowUp, Plus, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Choice, Field, Pick } from '../pieces/field.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { type Part, type Rule, useNames, useRosterChange } from './roster.ts'
import { datesOf, draftOf, type Nth, type RuleDraft, ruleOf } from './rule-draft.ts'
import { type Weekday, weekdayName, weekdays } from './weekdays.ts'

interface Props extends Part {
  readonly rule: Rule | null
  readonly onDone: () => void
}

/** Sets by which rule duty goes round (G1). */
export function RuleForm(props: Props) {
  const { me, members, rule, onDone } = props
  const { say, now } = useDesk()
  const [draft, setDraft] = useState(() => draftOf(props, rule, now()))
  const setting = useRosterChange(me.community.shortName, onDone)
  const change = (part: Partial<RuleDraft>) => setDraft({ ...draft, ...part })
  const asked = ruleOf(draft)
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (asked === undefined || setting.isPending) return
    setting.mutate({ method: 'PUT', at: 'rule', body: { rule: asked } })
  }
  const kinds = ['monthly', 'weekly', 'event', 'none'] as const
  return (
    <form onSubmit={submit}>
      <Choice
        label={say('roster.kind')}
        value={draft.kind}
        onChange={(kind) => change({ kind })}
        choices={kinds.map((kind) => ({ value: kind, label: say(`roster.kind.${kind}`) }))}
      />
      {draft.kind !== 'none' && (
        <>
          <Days draft={draft} change={change} />
          <Field
            label={say('roster.time')}
            hint={say('roster.time.hint', { zone: me.community.timeZone.replaceAll('_', ' ') })}
            type="time"
            value={draft.time}
            onChange={(time) => change({ time })}
          />
          <Field
            label={say('roster.start')}
            hint={say('roster.start.hint')}
            type="date"
            value={draft.start}
            onChange={(start) => change({ start })}
            error={draft.start === '' ? say('roster.start.wrong') : null}
          />
          <Order members={members} order={draft.order} onOrder={(order) => change({ order })} />
        </>
      )}
      <p className="buttons">
        <Button look="main" type="submit" isPending={setting.isPending}>
          {say('roster.rule.set')}
        </Button>
        <Button onPress={onDone}>{say('app.cancel')}</Button>
      </p>
      <Mishap error={setting.error} />
    </form>
  )
}

interface DaysProps {
  readonly draft: RuleDraft
  readonly change: (part: Partial<RuleDraft>) => void
}

/** The days of the hand-overs. */
function Days({ draft, change }: DaysProps) {
  const { say, language } = useDesk()
  const onWeekday = (
    <Pick
      label={say('roster.day.weekday')}
      value={String(draft.weekday)}
      onChange={(weekday) => change({ weekday: Number(weekday) as Weekday })}
      choices={weekdays.map((each) => ({ value: String(each), label: weekdayName(each, language) }))}
    />
  )
  if (draft.kind === 'weekly') return onWeekday
  if (draft.kind === 'event')
    return (
      <Field
        label={say('roster.dates')}
        hint={say('roster.dates.hint')}
        rows={5}
        value={draft.dates}
        onChange={(dates) => change({ dates })}
        error={datesOf(draft) === null ? say('roster.dates.wrong') : null}
      />
    )
  return (
    <>
      <Choice
        label={say('roster.day')}
        value={draft.byMonth}
        onChange={(byMonth) => change({ byMonth })}
        isRow
        choices={[
          { value: 'weekday', label: say('roster.day.of-week') },
          { value: 'number', label: say('roster.day.of-month') },
        ]}
      />
      {draft.byMonth === 'number' ? (
        <Field
          label={say('roster.day.number')}
          hint={say('roster.day.number.hint')}
          type="number"
          inputMode="numeric"
          value={draft.day}
          onChange={(day) => change({ day })}
        />
      ) : (
        <>
          <Pick
            label={say('roster.day.nth')}
            value={String(draft.nth)}
            onChange={(nth) => change({ nth: Number(nth) as Nth })}
            choices={([1, 2, 3, 4, 5] as const).map((each) => ({
              value: String(each),
              label: say(`roster.nth.${each}`),
            }))}
          />
          {onWeekday}
        </>
      )}
    </>
  )
}

interface OrderProps {
  readonly members: Part['members']
  readonly order: readonly string[]
  readonly onOrder: (order: readonly string[]) => void
}

/** Who takes turns, one after the other. */
function Order({ members, order, onOrder }: OrderProps) {
  const { say } = useDesk()
  const { nameOf, choices } = useNames(members)
  const outside = choices.filter(({ value }) => !order.includes(value))
  const earlier = (place: number) => {
    const [before, moved] = [order[place - 1] as string, order[place] as string]
    onOrder([...order.slice(0, place - 1), moved, before, ...order.slice(place + 1)])
  }
  return (
    <fieldset className="field">
      <legend className="label">{say('roster.order')}</legend>
      <p className="hint">{say('roster.order.hint')}</p>
      <ol className="turn-order">
        {order.map((id, place) => (
          <li key={id}>
            <span>{nameOf(id)}</span>
            {place > 0 && (
              <Button
                look="quiet"
                aria-label={say('roster.order.earlier', { name: nameOf(id) })}
                onPress={() => earlier(place)}
              >
                <ArrowUp aria-hidden="true" />
              </Button>
            )}
            <Button
              look="quiet"
              aria-label={say('roster.order.out', { name: nameOf(id) })}
              onPress={() => onOrder(order.filter((one) => one !== id))}
            >
              <X aria-hidden="true" />
            </Button>
          </li>
        ))}
      </ol>
      <p className="buttons">
        {outside.map(({ value, label }) => (
          <Button key={value} onPress={() => onOrder([...order, value])}>
            <Plus aria-hidden="true" /> {say('roster.order.in', { name: label })}
          </Button>
        ))}
      </p>
    </fieldset>
  )
}
