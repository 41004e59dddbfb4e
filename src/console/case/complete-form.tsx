import { type FormEvent, useState } from 'react'
import type { Membership } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Choice, Field } from '../pieces/field.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { MeanwhileNotice } from './meanwhile-notice.tsx'
import type { NameOf } from './name-of.ts'
import type { OpenedCase } from './open-case.ts'
import { useWrite } from './use-write.ts'

type Fact = 'yes' | 'no' | 'unknown'

const asFact = (fact: boolean | null): Fact => (fact === null ? 'unknown' : fact ? 'yes' : 'no')
const fromFact = (fact: Fact): boolean | null => (fact === 'unknown' ? null : fact === 'yes')

interface Props {
  readonly opened: OpenedCase
  readonly me: Membership
  readonly nameOf: NameOf
  readonly onWritten: () => void
}

/**
 * What the first responder adds to the record the system made (H4): who, what kind, and the two facts H3 turns on
 * where the report does not say them itself.
 */
export function CompleteForm({ opened, me, nameOf, onWritten }: Props) {
  const { say, drafts } = useDesk()
  const { completion, onFile, view } = opened
  const place = `${me.id}/${view.id}/complete`
  const [fields, setFields] = useState(() => {
    const kept = drafts.read(place)
    if (kept !== undefined)
      return JSON.parse(kept) as { who: string; what: string; action: Fact; decision: Fact }
    return {
      who: completion?.who ?? '',
      what: completion?.what ?? '',
      action: asFact(completion?.actionTaken ?? null),
      decision: asFact(completion?.decisionWanted ?? null),
    }
  })
  const change = (some: Partial<typeof fields>): void => {
    const next = { ...fields, ...some }
    setFields(next)
    drafts.write(place, JSON.stringify(next))
  }
  const write = useWrite(opened, me.id, () => {
    drafts.drop(place)
    onWritten()
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (write.isPending) return
    write.mutate({
      deed: 'add',
      writing: {
        kind: 'completion',
        body: {
          who: fields.who.trim(),
          what: fields.what.trim(),
          actionTaken: onFile.saidByReport.actionTaken ? null : fromFact(fields.action),
          decisionWanted: onFile.saidByReport.decisionWanted ? null : fromFact(fields.decision),
        },
      },
    })
  }
  const facts = [
    { value: 'yes', label: say('report.choice.yes') },
    { value: 'no', label: say('report.choice.no') },
    { value: 'unknown', label: say('complete.unknown') },
  ] as const
  return (
    <form onSubmit={submit}>
      <p className="soft small">{say('complete.intro')}</p>
      <Field
        label={say('complete.who')}
        hint={say('complete.who.hint')}
        rows={2}
        value={fields.who}
        onChange={(who) => change({ who })}
      />
      <Field
        label={say('complete.what')}
        hint={say('complete.what.hint')}
        rows={2}
        value={fields.what}
        onChange={(what) => change({ what })}
      />
      {!onFile.saidByReport.actionTaken && (
        <Choice
          label={say('complete.action.ask')}
          value={fields.action}
          onChange={(action) => change({ action })}
          choices={facts}
          isRow={true}
        />
      )}
      {!onFile.saidByReport.decisionWanted && (
        <Choice
          label={say('complete.decision.ask')}
          value={fields.decision}
          onChange={(decision) => change({ decision })}
          choices={facts}
          isRow={true}
        />
      )}
      <MeanwhileNotice meanwhile={write.meanwhile} nameOf={nameOf} />
      {write.meanwhile === null && <Mishap error={write.error} />}
      <div className="buttons end">
        <Button look="main" type="submit" isPending={write.isPending}>
          {say(write.isPending ? 'write.sealing' : 'complete.save')}
        </Button>
      </div>
    </form>
  )
}
