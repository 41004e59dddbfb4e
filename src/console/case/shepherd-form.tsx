import { type FormEvent, useState } from 'react'
import { limits, type ShepherdAnswer } from '../../procedure/records.ts'
import { actsOf, type PickAct } from '../../procedure/shepherd.ts'
import type { CaseView, Membership } from '../api/shapes.ts'
import { type Say, useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Choice, Field, Pick } from '../pieces/field.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { MeanwhileNotice } from './meanwhile-notice.tsx'
import type { NameOf } from './name-of.ts'
import type { OpenedCase } from './open-case.ts'
import { type Deed, useWrite } from './use-write.ts'

interface Props {
  readonly opened: OpenedCase
  readonly me: Membership
  readonly nameOf: NameOf
  readonly onWritten: () => void
}

/** What can be done: what the member says, or what the reporter told them. */
type Act = PickAct | ShepherdAnswer

type Bias = 'yes' | 'no'

/** Says who is to be shepherd, whether there is a bias, and whether it matters (I2 to I4, I6). */
export function ShepherdForm({ opened, me, nameOf, onWritten }: Props) {
  const { say, now } = useDesk()
  const { view } = opened
  const acts = actsIn(view, me.id, now())
  const [chosen, setAct] = useState<Act | null>(null)
  const act = acts.includes(chosen as Act) ? (chosen as Act) : acts.length === 1 ? (acts[0] as Act) : null
  const [who, setWho] = useState('')
  const [bias, setBias] = useState<Bias | null>(null)
  const [text, setText] = useState('')
  const [isTried, setTried] = useState(false)
  const write = useWrite(opened, me.id, onWritten)
  const asksBias = act === 'declare' || (act === 'propose' && who === me.id)
  const isMissing = {
    who: act === 'propose' && who === '',
    bias: asksBias && bias === null,
    text: asksBias && bias === 'yes' && text.trim() === '',
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    setTried(true)
    if (act === null || write.isPending || Object.values(isMissing).some(Boolean)) return
    const about = act === 'propose' ? who : (standingIn(view)?.member ?? '')
    write.mutate(deedOf(act, { about, bias: asksBias ? bias === 'yes' : null, text: text.trim() }, say))
  }
  const missing = (which: keyof typeof isMissing): string | null =>
    isTried && isMissing[which] ? say(`shepherd.${which}.missing`) : null
  const standing = standingIn(view)
  const name = nameOf(standing?.member ?? null)
  return (
    <form onSubmit={submit}>
      {acts.length > 1 && (
        <Choice
          label={say('shepherd.what')}
          value={act}
          onChange={setAct}
          choices={acts.map((each) => ({ value: each, label: labelOf(each, view, name, say) }))}
        />
      )}
      {act === 'propose' && (
        <>
          <Pick
            label={acts.length === 1 ? say('shepherd.act.propose') : say('shepherd.who')}
            value={who}
            onChange={setWho}
            choices={[
              { value: '', label: say('shepherd.who.choose') },
              ...candidates(view).map((person) => ({
                value: person.id,
                label: person.id === me.id ? say('shepherd.who.me', { name: person.name }) : person.name,
              })),
            ]}
          />
          {missing('who') && <p className="field-error">{missing('who')}</p>}
        </>
      )}
      {asksBias && (
        <Choice
          label={say('shepherd.bias')}
          hint={say('shepherd.bias.hint')}
          value={bias}
          onChange={setBias}
          choices={[
            { value: 'no', label: say('shepherd.bias.no') },
            { value: 'yes', label: say('shepherd.bias.yes') },
          ]}
          error={missing('bias')}
        />
      )}
      {act !== null && (
        <Field
          label={say(
            act === 'agrees' || act === 'objects'
              ? 'shepherd.text.how'
              : asksBias && bias === 'yes'
                ? 'shepherd.text.bias'
                : 'shepherd.text',
          )}
          {...(asksBias && bias === 'yes' ? {} : { isOptional: say('shepherd.optional') })}
          rows={3}
          maxLength={limits.long}
          value={text}
          onChange={setText}
          error={missing('text')}
        />
      )}
      <MeanwhileNotice meanwhile={write.meanwhile} nameOf={nameOf} />
      {write.meanwhile === null && <Mishap error={write.error} />}
      <div className="buttons end">
        <Button look="main" type="submit" isDisabled={act === null} isPending={write.isPending}>
          {say(write.isPending ? 'write.sealing' : 'shepherd.do')}
        </Button>
      </div>
    </form>
  )
}

/** Who stands: proposed, or shepherd. */
const standingIn = ({ picks }: CaseView) => picks.find(({ ended }) => ended === null) ?? null

function actsIn(view: CaseView, me: string, now: number): Act[] {
  const pick = standingIn(view)
  const standing = pick && {
    member: pick.member,
    declared: pick.declaredAt !== null,
    assigned: pick.assignedAt !== null,
  }
  const canObject = view.objectionEndsAt !== null && now < view.objectionEndsAt
  return [...actsOf(me, standing), ...(canObject ? (['agrees', 'objects'] as const) : [])]
}

/** Those who can read the case and whom the reporter has not turned down. */
const candidates = ({ readers, picks }: CaseView) =>
  readers.filter(
    ({ id }) => !picks.some(({ member, ended }) => member === id && (ended === 'objected' || ended === null)),
  )

function labelOf(act: Act, view: CaseView, name: string, say: Say): string {
  if (act === 'propose' && standingIn(view) !== null) return say('shepherd.act.propose-other')
  if (act === 'matters' && view.shepherd !== null) return say('shepherd.act.replace')
  return say(`shepherd.act.${act}`, { name })
}

function deedOf(
  act: Act,
  { about, bias, text }: { readonly about: string; readonly bias: boolean | null; readonly text: string },
  say: Say,
): Deed {
  if (act === 'agrees' || act === 'objects') {
    // A note is never without words.
    const noted = text === '' ? say(`record.answer.${act}`) : text
    const writing = { kind: 'note', body: { text: noted } } as const
    return { deed: 'step', step: 'objection', writing, more: { said: act } }
  }
  const declared = act === 'propose' && bias !== null
  const writing = { kind: 'shepherd', body: { act, member: about, bias, text } } as const
  return { deed: 'step', step: 'shepherd', writing, more: { act, about, declared } }
}
