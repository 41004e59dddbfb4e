import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSentence } from '../desk.tsx'

type Tone = 'plain' | 'good' | 'warn' | 'danger'

const icons = { plain: Info, good: CircleCheck, warn: TriangleAlert, danger: CircleAlert }

interface Props {
  readonly tone?: Tone
  readonly children: ReactNode
  /** Read out at once (`alert`) or when there is time (`status`); neither for what is there from the start. */
  readonly role?: 'alert' | 'status'
}

/** A sentence that stands out. */
export function Notice({ tone = 'plain', role, children }: Props) {
  const Icon = icons[tone]
  return (
    <div className={`notice ${tone}`} role={role}>
      <Icon aria-hidden="true" />
      <div>{children}</div>
    </div>
  )
}

/** What went wrong, read out; nothing while nothing is. */
export function Mishap({ error, children }: { readonly error: unknown; readonly children?: ReactNode }) {
  const sentence = useSentence(error)
  if (sentence === null) return null
  return (
    <Notice tone="danger" role="alert">
      {sentence} {children}
    </Notice>
  )
}
