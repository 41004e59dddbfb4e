import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { MessageSquare } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { path } from '../api/client.ts'
import type { ChannelLine, ChannelTestAnswer, Membership } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Field, Pick } from '../pieces/field.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { Tested } from './channels.tsx'
import { failureText } from './failure-text.ts'

const formats = { slack: 'Slack', discord: 'Discord', matrix: 'Matrix (hookshot)' } as const
type Format = keyof typeof formats

/** The chat rooms that hear when somebody needs a committee member. */
export function ChatRooms({ me }: { readonly me: Membership }) {
  const { api, say } = useDesk()
  const queries = useQueryClient()
  const { shortName } = me.community
  const query = useQuery({
    queryKey: ['webhooks', shortName],
    queryFn: () => api.get<readonly ChannelLine[]>(path`/communities/${shortName}/webhooks`),
  })
  const [url, setUrl] = useState('')
  const [format, setFormat] = useState<Format>('slack')
  const adding = useMutation({
    mutationFn: () => api.send('POST', path`/communities/${shortName}/webhooks`, { url: url.trim(), format }),
    onSuccess: () => {
      setUrl('')
      return queries.invalidateQueries({ queryKey: ['webhooks', shortName] })
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!adding.isPending) adding.mutate()
  }
  return (
    <section className="panel">
      <h2>{say('rooms.title')}</h2>
      <p className="soft">{say('rooms.intro')}</p>
      {query.isPending && <Waiting />}
      {query.isError && <CouldNotLoad error={query.error} again={query.refetch} />}
      <ul className="members">
        {query.data?.map((room) => (
          <li key={room.id}>
            <ChatRoom room={room} community={shortName} />
          </li>
        ))}
      </ul>
      <form onSubmit={submit}>
        <Pick
          label={say('rooms.format')}
          value={format}
          onChange={(chosen) => setFormat(chosen as Format)}
          choices={Object.entries(formats).map(([value, label]) => ({ value, label }))}
        />
        <Field
          label={say('rooms.url')}
          hint={say('rooms.url.hint')}
          type="password"
          autoComplete="off"
          value={url}
          onChange={setUrl}
        />
        <Button look="main" type="submit" isPending={adding.isPending}>
          {say('rooms.add')}
        </Button>
        <Mishap error={adding.error} />
      </form>
    </section>
  )
}

function ChatRoom({ room, community }: { readonly room: ChannelLine; readonly community: string }) {
  const { api, say } = useDesk()
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: ['webhooks', community] })
  const testing = useMutation({
    mutationFn: () =>
      api.send<ChannelTestAnswer>('POST', path`/communities/${community}/webhooks/${room.id}/test`),
    onSettled: refresh,
  })
  const removing = useMutation({
    mutationFn: () => api.send('DELETE', path`/communities/${community}/webhooks/${room.id}`),
    onSettled: refresh,
  })
  const name = formats[room.label as Format] ?? room.label
  return (
    <>
      <p>
        <MessageSquare aria-hidden="true" /> <b>{name}</b>
        {room.dead && <span className="tag over">{say('channels.dead')}</span>}
      </p>
      {room.failure !== null && <p className="soft small">{failureText(room.failure, say)}</p>}
      <div className="buttons">
        <Button
          isPending={testing.isPending}
          onPress={() => testing.mutate()}
          aria-label={say('channels.test.named', { name })}
        >
          {say(testing.isPending ? 'mail.test.sending' : 'channels.test')}
        </Button>
        <Button
          look="quiet"
          isPending={removing.isPending}
          onPress={() => removing.mutate()}
          aria-label={say('account.remove.named', { name })}
        >
          {say('account.remove')}
        </Button>
      </div>
      <Tested answer={testing.data} />
      <Mishap error={testing.error ?? removing.error} />
    </>
  )
}
