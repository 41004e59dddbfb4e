import { useState } from 'react'
import {
  chipyPlaybook,
  type Language,
  languages,
  placeholders,
  placeholdersIn,
} from '../../procedure/playbook.ts'
import { type MessageKey, messageKeys } from '../../procedure/records.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Field, Pick } from '../pieces/field.tsx'
import { problemsOf, withSetting } from './playbook-draft.ts'
import { problemSentence } from './problem-words.ts'
import { type Editing, SavePlaybook } from './save-playbook.tsx'

/** The texts of M1 to M10, per language. */
export function MessageSettings(editing: Editing) {
  const { say, language: own } = useDesk()
  const { draft, onDraft } = editing
  const [key, setKey] = useState<MessageKey>('M1')
  const [language, setLanguage] = useState<Language>(own)
  const problems = problemsOf(draft)
  const path = `messages.${language}.${key}`
  const texts = draft.messages[language][key]
  const preset = chipyPlaybook.messages[language][key]
  const wrong = (part: 'subject' | 'body'): string | null => {
    const reason = problems.get(`${path}.${part}`)
    if (reason === undefined) return null
    const known: readonly string[] = placeholders[key]
    const unknown = placeholdersIn(texts[part]).filter((name) => !known.includes(name))
    if (unknown.length === 0) return problemSentence(`${path}.${part}`, reason, texts[part], say)
    return say('messages.unknown', { names: unknown.map((name) => `{${name}}`).join(' ') })
  }
  const isPreset = texts.subject === preset.subject && texts.body === preset.body
  return (
    <>
      <p className="soft">{say('messages.intro')}</p>
      <div className="side-by-side">
        <Pick
          label={say('messages.which')}
          value={key}
          onChange={(chosen) => setKey(chosen as MessageKey)}
          choices={messageKeys.map((each) => ({
            value: each,
            label: `${each} · ${say(`message.${each}.name`)}`,
          }))}
        />
        <Pick
          label={say('language.switch')}
          value={language}
          onChange={(chosen) => setLanguage(chosen as Language)}
          choices={languages.map((each) => ({ value: each, label: say(`playbook.language.${each}`) }))}
        />
      </div>
      <Field
        label={say('messages.subject')}
        value={texts.subject}
        onChange={(subject) => onDraft(withSetting(draft, `${path}.subject`, subject))}
        error={wrong('subject')}
      />
      <Field
        label={say('messages.body')}
        hint={say('messages.placeholders', {
          names: placeholders[key].map((name) => `{${name}}`).join('  '),
        })}
        rows={16}
        value={texts.body}
        onChange={(body) => onDraft(withSetting(draft, `${path}.body`, body))}
        error={wrong('body')}
      />
      {!isPreset && (
        <Button look="quiet" onPress={() => onDraft(withSetting(draft, path, preset))}>
          {say('messages.reset')}
        </Button>
      )}
      <SavePlaybook {...editing} problems={problems.size} />
    </>
  )
}
