import { Download, Printer } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Field } from '../pieces/field.tsx'
import { Notice } from '../pieces/notice.tsx'
import { saveFile } from '../pieces/save.ts'
import { isWord, placesToConfirm } from './kit.ts'

interface Props {
  /** Heads the printed sheet and names the file. */
  readonly name: string
  /** Whose it is, on the sheet: a person and an address, or a community. */
  readonly owner: string
  /** What the sheet says it is for. */
  readonly purpose: string
  readonly words: readonly string[]
  readonly onConfirmed: () => void
  readonly submitLabel: string
}

/** A recovery kit: shown, printed or saved, and then two of its words are asked for. */
export function KitStep({ name, owner, purpose, words, onConfirmed, submitLabel }: Props) {
  const { say } = useDesk()
  const [isShown, setShown] = useState(true)
  const text = [
    name,
    owner,
    '',
    ...words.map((word, index) => `${index + 1}. ${word}`),
    '',
    purpose,
    '',
  ].join('\n')
  return isShown ? (
    <>
      <section className="kit print" aria-label={name}>
        <p className="kit-name">{name}</p>
        <p className="soft">{owner}</p>
        <ol className="kit-words">
          {words.map((word, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same word may be in a kit twice, at fixed places
            <li key={index}>{word}</li>
          ))}
        </ol>
        <p className="small">{purpose}</p>
      </section>
      <p className="buttons">
        <Button onPress={() => window.print()}>
          <Printer aria-hidden="true" /> {say('kit.print')}
        </Button>
        <Button onPress={() => saveFile(`${fileName(name)}.txt`, text, 'text/plain')}>
          <Download aria-hidden="true" /> {say('kit.save')}
        </Button>
      </p>
      <p className="soft small">{say('kit.keep')}</p>
      <Button look="main" onPress={() => setShown(false)}>
        {say('kit.kept')}
      </Button>
    </>
  ) : (
    <Confirm
      words={words}
      onBack={() => setShown(true)}
      onConfirmed={onConfirmed}
      submitLabel={submitLabel}
    />
  )
}

const fileName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')

interface ConfirmProps {
  readonly words: readonly string[]
  readonly onBack: () => void
  readonly onConfirmed: () => void
  readonly submitLabel: string
}

function Confirm({ words, onBack, onConfirmed, submitLabel }: ConfirmProps) {
  const { say } = useDesk()
  const [places] = useState(() => placesToConfirm(Math.random))
  const [typed, setTyped] = useState(['', ''])
  const [isTried, setTried] = useState(false)
  const fits = places.map((place, index) => isWord(typed[index] ?? '', words[place]))
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (fits.every(Boolean)) onConfirmed()
    else setTried(true)
  }
  return (
    <form onSubmit={submit}>
      <p>{say('kit.confirm')}</p>
      {places.map((place, index) => (
        <Field
          key={place}
          label={say('kit.word', { number: place + 1 })}
          value={typed[index] ?? ''}
          onChange={(value) => setTyped(typed.map((old, at) => (at === index ? value : old)))}
          error={isTried && !fits[index] ? say('kit.word.wrong', { number: place + 1 }) : null}
          autoFocus={index === 0}
          autoComplete="off"
          spellCheck="false"
        />
      ))}
      {isTried && !fits.every(Boolean) && <Notice role="alert">{say('kit.look-again')}</Notice>}
      <p className="buttons">
        <Button look="main" type="submit">
          {submitLabel}
        </Button>
        <Button look="quiet" onPress={onBack}>
          {say('kit.show-again')}
        </Button>
      </p>
    </form>
  )
}
