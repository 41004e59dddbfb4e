import { type ReactNode, useId } from 'react'
import { FieldError } from 'react-aria-components/FieldError'
import { Input } from 'react-aria-components/Input'
import { Label } from 'react-aria-components/Label'
import { Text } from 'react-aria-components/Text'
import { TextArea } from 'react-aria-components/TextArea'
import { TextField } from 'react-aria-components/TextField'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly hint?: ReactNode
  /** What is wrong with it; null or missing: nothing. */
  readonly error?: string | null | undefined
  readonly type?: 'text' | 'email' | 'password' | 'tel' | 'url' | 'number' | 'date' | 'datetime-local'
  readonly rows?: number
  readonly autoComplete?: string
  readonly autoFocus?: boolean
  readonly isDisabled?: boolean
  readonly maxLength?: number
  readonly inputMode?: 'text' | 'numeric' | 'email'
  /** Off for codes and names. */
  readonly spellCheck?: 'true' | 'false'
  readonly isOptional?: string
}

/** A labelled line of text, or several where `rows` is given. */
export function Field({ label, hint, error, rows, isOptional, ...rest }: FieldProps) {
  const inner = rows === undefined ? <Input className="input" /> : <TextArea className="input" rows={rows} />
  return (
    <TextField {...rest} className="field" isInvalid={typeof error === 'string'} validationBehavior="aria">
      <Label className="label">
        {label}
        {isOptional !== undefined && <span className="soft"> {isOptional}</span>}
      </Label>
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      {inner}
      <FieldError className="field-error">{error}</FieldError>
    </TextField>
  )
}

interface ChoiceProps<V extends string> {
  readonly label: string
  readonly value: V | null
  readonly onChange: (value: V) => void
  readonly choices: readonly { readonly value: V; readonly label: string; readonly hint?: string }[]
  readonly hint?: string
  readonly error?: string | null
  /** Side by side where there is room. */
  readonly isRow?: boolean
}

/** One of a few. */
export function Choice<V extends string>({
  label,
  value,
  onChange,
  choices,
  hint,
  error,
  isRow,
}: ChoiceProps<V>) {
  const name = useId()
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <fieldset className="field choice" aria-describedby={described || undefined}>
      <legend className="label">{label}</legend>
      {hint && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <div className={isRow ? 'choices row' : 'choices'}>
        {choices.map((choice) => (
          <label key={choice.value} className="tick">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={value === choice.value}
              onChange={() => onChange(choice.value)}
            />
            <span>
              {choice.label}
              {choice.hint && <span className="hint">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p className="field-error" id={`${name}-error`}>
          {error}
        </p>
      )}
    </fieldset>
  )
}

interface TickProps {
  readonly label: ReactNode
  readonly hint?: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

/** Yes or no. */
export function Tick({ label, hint, isOn, onChange }: TickProps) {
  const id = useId()
  return (
    <div className="field">
      <label className="tick">
        <input
          type="checkbox"
          checked={isOn}
          aria-describedby={hint === undefined ? undefined : id}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span>{label}</span>
      </label>
      {hint !== undefined && (
        <p className="hint under-tick" id={id}>
          {hint}
        </p>
      )}
    </div>
  )
}

interface PickProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly choices: readonly { readonly value: string; readonly label: string }[]
  readonly hint?: string
}

/** One of many: the system's own list, which every phone knows how to show. */
export function Pick({ label, value, onChange, choices, hint }: PickProps) {
  const id = useId()
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <select
        id={id}
        className="input"
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </div>
  )
}
