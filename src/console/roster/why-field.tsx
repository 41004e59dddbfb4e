import { useDesk } from '../desk.tsx'
import { Field } from '../pieces/field.tsx'

interface Props {
  readonly why: string
  readonly onWhy: (why: string) => void
}

/** Why somebody sets something by hand. */
export function WhyField({ why, onWhy }: Props) {
  const { say } = useDesk()
  return (
    <Field
      label={say('roster.why')}
      hint={say('roster.why.hint')}
      value={why}
      onChange={onWhy}
      maxLength={300}
    />
  )
}
