import { useState } from 'react'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { type Part, type Rule, useNames } from './roster.ts'
import { RuleForm } from './rule-form.tsx'
import { weekdayName } from './weekdays.ts'

/** By which rule duty goes round, and for chairs the form that sets it (G1). */
export function RulePanel(part: Part) {
  const { say } = useDesk()
  const { me, roster, members } = part
  const { nameOf, committee } = useNames(members)
  const [isOpen, setOpen] = useState(false)
  const rule = roster.rule?.rule ?? null
  const missing = rule ? committee.filter(({ id }) => !rule.order.includes(id)) : []
  return (
    <section className="panel">
      <h2>{say('roster.rule')}</h2>
      {rule === null ? (
        <p>{say('roster.rule.none')}</p>
      ) : (
        <>
          <p>
            <RuleWords rule={rule} />
          </p>
          <p>
            {rule.order.length === 0
              ? say('roster.rule.by-hand')
              : say('roster.rule.order', { names: rule.order.map(nameOf).join(', ') })}
          </p>
          {rule.order.length > 0 && missing.length > 0 && (
            <p className="soft small">
              {say('roster.rule.missing', { names: missing.map(({ name }) => name).join(', ') })}
            </p>
          )}
          <p className="soft small">{say('roster.rule.zone', { zone: rule.zone.replaceAll('_', ' ') })}</p>
        </>
      )}
      {me.chair && rule === null && <p className="soft">{say('roster.rule.none.chair')}</p>}
      {me.chair && !isOpen && (
        <Button look={rule === null ? 'main' : 'plain'} onPress={() => setOpen(true)}>
          {say(rule === null ? 'roster.rule.set' : 'roster.rule.change')}
        </Button>
      )}
      {isOpen && <RuleForm {...part} rule={rule} onDone={() => setOpen(false)} />}
    </section>
  )
}

function RuleWords({ rule }: { readonly rule: Rule }) {
  const { say, language } = useDesk()
  const time = rule.handOverTime
  if (rule.kind === 'event') return say('roster.rule.event', { time })
  if (rule.kind === 'weekly')
    return say('roster.rule.weekly', { day: weekdayName(rule.handOverDay, language), time })
  const { handOverDay } = rule
  const day =
    'nth' in handOverDay
      ? say('roster.day.the-nth', {
          nth: say(`roster.nth.${handOverDay.nth}`),
          weekday: weekdayName(handOverDay.weekday, language),
        })
      : handOverDay.day === 31
        ? say('roster.day.the-last')
        : say('roster.day.the-number', { number: handOverDay.day })
  return say('roster.rule.monthly', { day, time })
}
