import { type FormEvent, useState } from 'react'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Field } from '../pieces/field.tsx'
import { isEmail } from './community-names.ts'

interface PersonFormProps {
  readonly person: { readonly name: string; readonly email: string }
  readonly onChange: (person: { name: string; email: string }) => void
  readonly onDone: () => void
}

/** Who somebody is: name, and the address that notices go to. */
export function PersonForm({ person, onChange, onDone }: PersonFormProps) {
  const { say } = useDesk()
  const [isTried, setTried] = useState(false)
  const noName = person.name.trim() === ''
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!noName && isEmail(person.email)) onDone()
    else setTried(true)
  }
  return (
    <form onSubmit={submit} noValidate>
      <Field
        label={say('person.name')}
        hint={say('person.name.hint')}
        autoComplete="name"
        autoFocus={true}
        value={person.name}
        onChange={(name) => onChange({ ...person, name })}
        error={isTried && noName ? say('person.name.missing') : null}
      />
      <Field
        label={say('person.email')}
        hint={say('person.email.hint')}
        type="email"
        autoComplete="email"
        value={person.email}
        onChange={(email) => onChange({ ...person, email })}
        error={isTried && !isEmail(person.email) ? say('app.email.wrong') : null}
      />
      <Button look="main" type="submit">
        {say('app.next')}
      </Button>
    </form>
  )
}
