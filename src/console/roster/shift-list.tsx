import { useState } from 'react'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { dateAndTime } from '../when.ts'
import { MoveForm } from './move-form.tsx'
import { type Override, type Part, type Shift, useNames, useRosterChange } from './roster.ts'
import { SwapForm } from './swap-form.tsx'

/** Whoever is on call from now on, my own turns marked. */
export function ShiftList(part: Part) {
  const { say } = useDesk()
  const { shifts } = part.roster
  return (
    <section>
      <h2>{say('roster.coming')}</h2>
      {shifts.length === 0 && <p className="soft">{say('roster.coming.none')}</p>}
      <ol className="members turns">
        {shifts.slice(0, 13).map((shift) => (
          <li key={shift.from}>
            <Turn {...part} shift={shift} />
          </li>
        ))}
      </ol>
    </section>
  )
}

interface TurnProps extends Part {
  readonly shift: Shift
}

function Turn(props: TurnProps) {
  const { me, roster, shift } = props
  const { say, now, language } = useDesk()
  const [open, setOpen] = useState<'move' | 'swap' | null>(null)
  const at = (instant: number) => dateAndTime(instant, now(), me.community.timeZone, language)
  const close = () => setOpen(null)
  const isAhead = shift.from > now() && roster.handOvers.some(({ at: begins }) => begins === shift.from)
  const canSwap = isAhead && shift.turn !== null && shift.primary === me.id
  const date = at(shift.from)
  return (
    <div className="member">
      <ShiftLine {...props} />
      <Reasons {...props} />
      {(canSwap || (isAhead && me.chair)) && open === null && (
        <p className="buttons">
          {canSwap && (
            <Button
              look="quiet"
              aria-label={say('roster.swap.named', { date })}
              onPress={() => setOpen('swap')}
            >
              {say('roster.swap')}
            </Button>
          )}
          {isAhead && me.chair && (
            <Button
              look="quiet"
              aria-label={say('roster.move.named', { date })}
              onPress={() => setOpen('move')}
            >
              {say('roster.move')}
            </Button>
          )}
        </p>
      )}
      {open === 'swap' && <SwapForm {...props} onDone={close} />}
      {open === 'move' && <MoveForm {...props} onDone={close} />}
    </div>
  )
}

/** Who, and from when until when. */
export function ShiftLine({ me, members, shift, roster }: TurnProps) {
  const { say, now, language } = useDesk()
  const { nameOf } = useNames(members)
  const at = (instant: number) => dateAndTime(instant, now(), me.community.timeZone, language)
  const isMine = shift.primary === me.id || shift.secondary === me.id
  const isNow = roster.now?.from === shift.from
  return (
    <>
      <p className="member-head">
        <b>{nameOf(shift.primary)}</b>
        {shift.secondary !== null && <span className="soft"> · {nameOf(shift.secondary)}</span>}
        {isMine && <span className="tag due">{say('roster.you')}</span>}
        {isNow && <span className="tag">{say('roster.now.tag')}</span>}
        {shift.overrides.length > 0 && shift.turn !== null && (
          <span className="tag">{say('roster.by-hand')}</span>
        )}
      </p>
      <p className="soft small">
        {say('roster.from', { time: at(shift.from) })}{' '}
        {shift.to === null ? say('roster.no-end') : say('roster.until', { time: at(shift.to) })}
      </p>
    </>
  )
}

/** Who set it otherwise than the rule says, and why. */
function Reasons({ me, members, roster, shift }: TurnProps) {
  const { say, language, now } = useDesk()
  const { nameOf } = useNames(members)
  const set = roster.overrides.filter(({ id }) => shift.overrides.includes(id))
  const moved = roster.moved.filter(({ instead }) => instead === shift.turn).at(-1)
  return (
    <>
      {moved && moved.date !== moved.instead && (
        <p className="small">
          {say('roster.moved', {
            date: dateAndTime(Date.parse(moved.instead), now(), 'UTC', language).replace(/ \d\d:\d\d$/, ''),
            name: nameOf(moved.setBy),
            why: moved.why ?? '',
          })}
        </p>
      )}
      {set.map((one) => (
        <Reason key={one.id} me={me} override={one} name={nameOf(one.setBy)} />
      ))}
    </>
  )
}

interface ReasonProps {
  readonly me: Part['me']
  readonly override: Override
  readonly name: string
}

function Reason({ me, override, name }: ReasonProps) {
  const { say, now, language } = useDesk()
  const taking = useRosterChange(me.community.shortName)
  const canTakeBack = me.chair || (override.setBy === me.id && override.swap === null)
  return (
    <>
      {override.why !== null && <p className="small">{say('roster.reason', { name, why: override.why })}</p>}
      {canTakeBack && override.why !== null && (
        <p className="buttons">
          <Button
            look="quiet"
            isPending={taking.isPending}
            aria-label={say('roster.override.back.named', {
              time: dateAndTime(override.setAt, now(), me.community.timeZone, language),
            })}
            onPress={() => taking.mutate({ method: 'DELETE', at: `overrides/${override.id}` })}
          >
            {say('roster.override.back')}
          </Button>
        </p>
      )}
      <Mishap error={taking.error} />
    </>
  )
}
