import type { FormEvent, ReactNode } from 'react'
import type { Membership } from '../api/shapes.ts'
import { useSay } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { MeanwhileNotice } from './meanwhile-notice.tsx'
import type { NameOf } from './name-of.ts'
import type { OpenedCase } from './open-case.ts'
import type { useWrite } from './use-write.ts'

/** What every form of the composer gets. */
export interface StepProps {
  readonly opened: OpenedCase
  readonly me: Membership
  readonly nameOf: NameOf
  readonly onWritten: () => void
}

interface Props {
  readonly write: ReturnType<typeof useWrite>
  readonly nameOf: NameOf
  /** What the button says. */
  readonly action: string
  readonly onSubmit: () => void
  readonly children: ReactNode
}

/** A form that takes a step: its fields, what went wrong or came in between, and its button. */
export function StepForm({ write, nameOf, action, onSubmit, children }: Props) {
  const say = useSay()
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!write.isPending) onSubmit()
  }
  return (
    <form onSubmit={submit}>
      {children}
      <MeanwhileNotice meanwhile={write.meanwhile} nameOf={nameOf} />
      {write.meanwhile === null && <Mishap error={write.error} />}
      <div className="buttons end">
        <Button look="main" type="submit" isPending={write.isPending}>
          {write.isPending ? say('write.sealing') : action}
        </Button>
      </div>
    </form>
  )
}
