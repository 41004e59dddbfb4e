import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { date } from '../when.ts'
import { type Part, type SwapLine, useNames, useRosterChange } from './roster.ts'

/** The turns that are offered and not yet answered (G5). */
export function Swaps(part: Part) {
  const { say } = useDesk()
  const open = part.roster.swaps.filter(({ answer }) => answer === null)
  if (open.length === 0) return null
  return (
    <section className="panel">
      <h2>{say('roster.swaps')}</h2>
      <ul className="members">
        {open.map((swap) => (
          <li key={swap.id}>
            <Offer {...part} swap={swap} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Offer({ me, members, swap }: Part & { readonly swap: SwapLine }) {
  const { say, language } = useDesk()
  const { nameOf } = useNames(members)
  const answering = useRosterChange(me.community.shortName)
  const on = (day: string) => date(Date.parse(day), 'UTC', language)
  const answer = (given: string) =>
    answering.mutate({ method: 'POST', at: `swaps/${swap.id}/answer`, body: { answer: given } })
  const isForMe = swap.offeredTo === me.id
  const isMine = swap.offeredBy === me.id
  return (
    <>
      <p>
        {say(isForMe ? 'roster.swap.for-you' : isMine ? 'roster.swap.from-you' : 'roster.swap.others', {
          name: nameOf(isMine ? swap.offeredTo : swap.offeredBy),
          other: nameOf(swap.offeredTo),
          gives: on(swap.gives),
        })}
        {swap.takes !== null && ` ${say('roster.swap.exchange', { takes: on(swap.takes) })}`}.
      </p>
      {swap.why !== null && (
        <p className="small">{say('roster.reason', { name: nameOf(swap.offeredBy), why: swap.why })}</p>
      )}
      <p className="buttons">
        {isForMe && (
          <>
            <Button look="main" isPending={answering.isPending} onPress={() => answer('accepted')}>
              {say('roster.swap.accept')}
            </Button>
            <Button isPending={answering.isPending} onPress={() => answer('declined')}>
              {say('roster.swap.decline')}
            </Button>
          </>
        )}
        {isMine && (
          <Button look="quiet" isPending={answering.isPending} onPress={() => answer('withdrawn')}>
            {say('roster.swap.withdraw')}
          </Button>
        )}
      </p>
      <Mishap error={answering.error} />
    </>
  )
}
