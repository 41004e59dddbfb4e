import { useState } from 'react'
import { languages } from '../../procedure/playbook.ts'
import { useDesk } from '../desk.tsx'
import { Field, Tick } from '../pieces/field.tsx'
import {
  numberSettings,
  phoneSettings,
  problemsOf,
  settingAt,
  typedLines,
  typedNumber,
  typedNumbers,
  withSetting,
} from './playbook-draft.ts'
import { problemSentence } from './problem-words.ts'
import { type Editing, SavePlaybook } from './save-playbook.tsx'

/** Every number of the playbook, the telephone numbers and the address, and what takers are told. */
export function PlaybookSettings(editing: Editing) {
  const { say } = useDesk()
  const { draft, onDraft } = editing
  const problems = problemsOf(draft)
  const set = (path: string, value: unknown): void => onDraft(withSetting(draft, path, value))
  const wrong = (path: string): string | null => {
    const reason = problems.get(path)
    return reason === undefined ? null : problemSentence(path, reason, settingAt(draft, path), say)
  }
  return (
    <>
      <p className="soft">{say('playbook.intro')}</p>
      <section className="panel">
        <h2>{say('playbook.times')}</h2>
        {numberSettings.map((path) => (
          <TypedField
            key={path}
            label={say(`playbook.${path}`)}
            value={settingAt(draft, path)}
            show={(value) => (Number.isNaN(value) ? '' : String(value))}
            read={typedNumber}
            onChange={(value) => set(path, value)}
            error={wrong(path)}
            inputMode="numeric"
          />
        ))}
        <TypedField
          label={say('playbook.times.reminderDays')}
          hint={say('playbook.times.reminderDays.hint')}
          value={draft.times.reminderDays}
          show={(days) => (days as number[]).join(', ')}
          read={typedNumbers}
          onChange={(value) => set('times.reminderDays', value)}
          error={wrong('times.reminderDays')}
        />
      </section>
      <section className="panel">
        <h2>{say('playbook.phones')}</h2>
        {phoneSettings.map((phone) => (
          <Field
            key={phone}
            label={say(`playbook.phones.${phone}`)}
            type="tel"
            autoComplete="off"
            value={draft.phones[phone] ?? ''}
            onChange={(typed) => set(`phones.${phone}`, typed === '' && phone !== 'emergency' ? null : typed)}
            error={wrong(`phones.${phone}`)}
          />
        ))}
        <Field
          label={say('playbook.venue.name')}
          value={draft.venue.name ?? ''}
          onChange={(typed) => set('venue.name', typed === '' ? null : typed)}
          error={wrong('venue.name')}
        />
        <TypedField
          label={say('playbook.venue.address')}
          hint={say('playbook.venue.address.hint')}
          rows={3}
          value={draft.venue.address}
          show={(lines) => (lines as string[]).join('\n')}
          read={typedLines}
          onChange={(value) => set('venue.address', value)}
          error={wrong('venue.address')}
        />
      </section>
      <section className="panel">
        <h2>{say('playbook.public')}</h2>
        <Field
          label={say('playbook.codeOfConduct')}
          type="url"
          autoComplete="off"
          value={draft.codeOfConduct ?? ''}
          onChange={(typed) => set('codeOfConduct', typed === '' ? null : typed)}
          error={wrong('codeOfConduct')}
        />
        <Tick
          label={say('playbook.publicRoster')}
          hint={say('playbook.publicRoster.hint')}
          isOn={draft.publicRoster}
          onChange={(isOn) => set('publicRoster', isOn)}
        />
      </section>
      <section className="panel">
        <h2>{say('playbook.takers')}</h2>
        {languages.map((language) => (
          <TypedField
            key={language}
            label={say('playbook.takerGuidance', { language: say(`playbook.language.${language}`) })}
            hint={say('playbook.takerGuidance.hint')}
            rows={7}
            value={draft.takerGuidance[language]}
            show={(lines) => (lines as string[]).join('\n')}
            read={typedLines}
            onChange={(value) => set(`takerGuidance.${language}`, value)}
            error={wrong(`takerGuidance.${language}`)}
          />
        ))}
        {languages.map((language) => (
          <Field
            key={language}
            label={say('playbook.stopSentence', { language: say(`playbook.language.${language}`) })}
            value={draft.stopSentence[language]}
            onChange={(typed) => set(`stopSentence.${language}`, typed)}
            error={wrong(`stopSentence.${language}`)}
          />
        ))}
      </section>
      <SavePlaybook {...editing} problems={problems.size} />
    </>
  )
}

interface TypedProps {
  readonly label: string
  readonly hint?: string
  readonly value: unknown
  /** The value as it is typed, and what is typed as a value. */
  readonly show: (value: unknown) => string
  readonly read: (typed: string) => unknown
  readonly onChange: (value: unknown) => void
  readonly error: string | null
  readonly rows?: number
  readonly inputMode?: 'numeric'
}

/** A field whose value is not a text: what is being typed stays as it is typed until it means something else. */
function TypedField({ value, show, read, onChange, ...rest }: TypedProps) {
  const [typed, setTyped] = useState(() => show(value))
  const shown = JSON.stringify(read(typed)) === JSON.stringify(value) ? typed : show(value)
  return (
    <Field
      {...rest}
      autoComplete="off"
      value={shown}
      onChange={(text) => {
        setTyped(text)
        onChange(read(text))
      }}
    />
  )
}
