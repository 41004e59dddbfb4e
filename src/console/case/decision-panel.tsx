import { useSay } from '../desk.tsx'
import { Notice } from '../pieces/notice.tsx'
import type { NameOf } from './name-of.ts'
import { bodyOf, type OpenedCase } from './open-case.ts'

interface Props {
  readonly opened: OpenedCase
  readonly nameOf: NameOf
}

/** What is proposed and who agrees (J2); the organizers' vote (J3); the way out where nothing can be decided (J4). */
export function DecisionPanel({ opened, nameOf }: Props) {
  const say = useSay()
  const { decisions, nextStep, state } = opened.view
  const proposal = decisions.proposals.at(-1)
  const motion = decisions.motions.at(-1)
  const list = (ids: readonly string[]): string =>
    new Intl.ListFormat(say('language.tag')).format(ids.map(nameOf))
  const isStanding = proposal !== undefined && proposal.ended !== 'returned' && state !== 'discussion'
  const yes = proposal?.answers.filter(({ agrees }) => agrees).map(({ member }) => member) ?? []
  const no = proposal?.answers.filter(({ agrees }) => !agrees).map(({ member }) => member) ?? []
  return (
    <>
      {nextStep?.task === 'ask-organizers' && <Blocked opened={opened} />}
      {isStanding && (
        <section className="panel">
          <h2>{say('decide.title')}</h2>
          <div className="sheet words">{bodyOf(opened, proposal.record, 'proposal')?.text}</div>
          <p>
            {say('decide.by', {
              name: nameOf(proposal.by),
              agreed: proposal.agreed,
              needed: proposal.needed,
            })}
          </p>
          {yes.length > 0 && <p className="small">{say('decide.agreed-by', { names: list(yes) })}</p>}
          {no.length > 0 && <p className="small">{say('decide.against', { names: list(no) })}</p>}
          {proposal.groupLevel && motion === undefined && <p className="soft small">{say('decide.group')}</p>}
          {motion !== undefined && <p className="small">{say(`motion.${motion.outcome ?? 'waiting'}`)}</p>}
        </section>
      )}
    </>
  )
}

function Blocked({ opened }: Pick<Props, 'opened'>) {
  const say = useSay()
  const { names, email } = opened.view.decisions.organizers
  const list = new Intl.ListFormat(say('language.tag')).format(names)
  return (
    <Notice tone="danger">
      <b>{say('blocked.title')}</b>
      <p>{say('blocked.text')}</p>
      <p>
        {names.length === 0 && email === null
          ? say('blocked.nobody')
          : say('blocked.way-out', { names: names.length === 0 ? (email ?? '') : list })}{' '}
        {email !== null && names.length > 0 && <a href={`mailto:${email}`}>{email}</a>}
      </p>
    </Notice>
  )
}
