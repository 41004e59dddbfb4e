import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { speakAt } from '../../procedure/tasks.ts'
import { newId } from '../../sealing/bytes.ts'
import { path } from '../api/client.ts'
import type { Membership } from '../api/shapes.ts'
import { playbookQuery } from '../case/case.ts'
import { useDesk, useOwnKeys } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Field } from '../pieces/field.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { Page } from '../pieces/page.tsx'
import { useCommittee } from '../sign-in/committee.tsx'
import { sealTask } from '../tasks/seal-task.ts'
import { useKept } from './kept.tsx'

/** A presentation goes wrong: let it go on and speak to the presenter (E3), or stop it with one sentence (E4). */
export function TalkPage() {
  const { say } = useDesk()
  const [way, setWay] = useState<'once' | 'serious' | null>(null)
  const { membership, picker } = useCommittee()
  if (!membership) return null
  if (way === 'once') return <LeaveIt membership={membership} />
  if (way === 'serious') return <StopIt membership={membership} />
  return (
    <Page title={say('talk.title')}>
      {picker}
      <p className="soft">{say('talk.ask')}</p>
      <div className="talk-ways">
        {(['once', 'serious'] as const).map((each) => (
          <Button key={each} onPress={() => setWay(each)}>
            <span className="talk-way">
              <b>{say(`talk.${each}`)}</b>
              <span className="soft">{say(`talk.${each}.hint`)}</span>
            </span>
          </Button>
        ))}
      </div>
    </Page>
  )
}

interface Props {
  readonly membership: Membership
}

function LeaveIt({ membership: { community, id: member } }: Props) {
  const { say, now } = useDesk()
  const { keeper } = useKept()
  const { keyring } = useOwnKeys()
  const [words, setWords] = useState('')
  const [isKept, setKept] = useState(false)
  const [mishap, setMishap] = useState<unknown>(null)
  const remind = async (): Promise<void> => {
    const id = newId()
    const at = now()
    const sealed =
      words.trim() === ''
        ? null
        : await sealTask(words.trim(), { community: community.id, task: id, member, keyring, at })
    await keeper.keep({
      id: newId(),
      what: 'task',
      path: path`/communities/${community.shortName}/tasks`,
      body: JSON.stringify({ id, dueAt: speakAt(at), sealed }),
    })
    setKept(true)
    void keeper.send()
  }
  if (isKept)
    return (
      <Page title={say('talk.reminded.title')}>
        <p>{say('talk.reminded.text')}</p>
        <p>
          <Link to="/console" className="button main">
            {say('logging.back')}
          </Link>
        </p>
      </Page>
    )
  return (
    <Page title={say('talk.leave.title')}>
      <p>{say('talk.leave.text')}</p>
      <Field
        label={say('talk.words')}
        hint={say('talk.words.hint')}
        rows={2}
        maxLength={2000}
        value={words}
        onChange={setWords}
      />
      <Mishap error={mishap} />
      <Button look="main" onPress={() => void remind().catch(setMishap)}>
        {say('talk.remind')}
      </Button>
    </Page>
  )
}

function StopIt({ membership: { community } }: Props) {
  const desk = useDesk()
  const { say, language } = desk
  const playbook = useQuery(playbookQuery(desk, community.shortName))
  return (
    <Page title={say('talk.stop.title')}>
      <p>{say('talk.stop.how')}</p>
      {playbook.data && <p className="sentence">{playbook.data.stopSentence[language]}</p>}
      <Mishap error={playbook.error} />
      <p className="soft">{say('talk.stop.no-explanation')}</p>
      <p>
        <Link to="/console/log/$kind" params={{ kind: 'talk' }} className="button main">
          {say('talk.stopped')}
        </Link>
      </p>
    </Page>
  )
}
