import { mayPick } from '../../procedure/shepherd.ts'
import type { CaseView } from '../api/shapes.ts'
import { type Say, useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { dateAndTime } from '../when.ts'
import type { Mode } from './composer.tsx'
import type { NameOf } from './name-of.ts'

interface Props {
  readonly view: CaseView
  readonly nameOf: NameOf
  readonly onMode: (mode: Mode) => void
}

/** Who is shepherd or is proposed, and what the reporter knows of it (I2 to I6). */
export function ShepherdPanel({ view, nameOf, onMode }: Props) {
  const { say, now, language } = useDesk()
  if (mayPick(view.state) !== null) return null
  const { shepherd, objectionEndsAt } = view
  const isOpen = objectionEndsAt !== null && now() < objectionEndsAt
  return (
    <section className="panel">
      <h2>{say('shepherd.title')}</h2>
      <p>{standing(view, nameOf, say)}</p>
      {shepherd !== null && (
        <p className="soft small">
          {view.shepherdNamedAt === null
            ? say('shepherd.not-named')
            : isOpen
              ? say('shepherd.objection', {
                  time: dateAndTime(objectionEndsAt, now(), view.community.timeZone, language),
                })
              : say('shepherd.agreed')}
        </p>
      )}
      {view.nextStep?.task !== 'pick-shepherd' && (
        <Button look="quiet" onPress={() => onMode('shepherd')}>
          {say('shepherd.what')}
        </Button>
      )}
    </section>
  )
}

function standing({ shepherd, picks }: CaseView, nameOf: NameOf, say: Say): string {
  if (shepherd !== null) return say('shepherd.assigned', { name: nameOf(shepherd) })
  const pick = picks.find(({ ended }) => ended === null)
  if (pick === undefined) return say('shepherd.none')
  return say(pick.declaredAt === null ? 'shepherd.proposed' : 'shepherd.declared', {
    name: nameOf(pick.member),
  })
}
