import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { path } from '../api/client.ts'
import type { MailTestAnswer, Membership, NoticeLine, SettingsAnswer } from '../api/shapes.ts'
import { ChatRooms } from '../channels/chat-rooms.tsx'
import { type Say, useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { useSession } from '../sign-in/session.ts'
import { dateAndTime } from '../when.ts'

interface Props {
  readonly me: Membership
  readonly mail: SettingsAnswer['mail']
}

/** Whether mail goes out: a test message, and how the newest notices fared. */
export function MailCheck({ me, mail }: Props) {
  const { api, say } = useDesk()
  const { account } = useSession()
  const queries = useQueryClient()
  const { shortName } = me.community
  const testing = useMutation({
    mutationFn: () => api.send<MailTestAnswer>('POST', path`/communities/${shortName}/mail-test`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['outbox', shortName] }),
  })
  const { data } = testing
  return (
    <>
      {!mail.configured && (
        <Notice tone="warn">
          <b>{say('mail.not-set')}</b> {say('mail.not-set.text', { folder: mail.folder ?? '' })}
          {!mail.calls && <p>{say('mail.not-set.calls')}</p>}
        </Notice>
      )}
      <p>{say('mail.test.intro', { email: account.email })}</p>
      <Button look="main" isPending={testing.isPending} onPress={() => testing.mutate()}>
        {say(testing.isPending ? 'mail.test.sending' : 'mail.test')}
      </Button>
      {data &&
        (data.sent ? (
          <Notice tone="good" role="status">
            {say(data.configured ? 'mail.test.sent' : 'mail.test.written', { email: account.email })}
          </Notice>
        ) : (
          <Notice tone="danger" role="alert">
            {say('mail.test.failed', { failure: failureText(data.failure, say) })}
          </Notice>
        ))}
      <Mishap error={testing.error} />
      <ChatRooms me={me} />
      <Outbox me={me} />
    </>
  )
}

/** How many notices are shown at first. */
const newest = 10

const failures = ['sign-in', 'refused', 'connection', 'busy', 'sender', 'folder', 'slow'] as const

function failureText(failure: string | null, say: Say): string {
  return say(`mail.failure.${failures.find((known) => known === failure) ?? 'other'}`)
}

function Outbox({ me }: Pick<Props, 'me'>) {
  const { api, say, now, language } = useDesk()
  const { shortName, timeZone } = me.community
  const query = useQuery({
    queryKey: ['outbox', shortName],
    queryFn: () => api.get<readonly NoticeLine[]>(path`/communities/${shortName}/outbox`),
  })
  const [areAllShown, setAllShown] = useState(false)
  return (
    <section className="panel">
      <h2>{say('outbox.title')}</h2>
      <p className="soft small">{say('outbox.intro')}</p>
      {query.isPending && <Waiting />}
      {query.isError && <CouldNotLoad error={query.error} again={query.refetch} />}
      {query.data?.length === 0 && <p className="soft">{say('outbox.empty')}</p>}
      <ul className="members">
        {query.data?.slice(0, areAllShown ? undefined : newest).map((line) => (
          <li key={line.id}>
            <p>
              <b>{say(`outbox.${line.notice}`)}</b>{' '}
              <span className={line.state.startsWith('failed') ? 'tag over' : 'tag'}>
                {say(`outbox.state.${line.state}`)}
              </span>
            </p>
            <p className="soft small">
              {dateAndTime(line.createdAt, now(), timeZone, language)}
              {line.failure !== null &&
                ` · ${failureText(line.failure, say)} ${say('outbox.attempts', { count: line.attempts })}`}
            </p>
          </li>
        ))}
      </ul>
      {!areAllShown && (query.data?.length ?? 0) > newest && (
        <Button onPress={() => setAllShown(true)}>{say('outbox.older')}</Button>
      )}
    </section>
  )
}
