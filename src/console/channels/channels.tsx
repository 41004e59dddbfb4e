import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowUp, Bell, Mail, MessageSquare, Smartphone } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { path } from '../api/client.ts'
import type { ChannelLine, ChannelsAnswer, ChannelTestAnswer } from '../api/shapes.ts'
import { type Say, useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Field, Pick, Tick } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { Deliveries } from './deliveries.tsx'
import { failureText } from './failure-text.ts'
import { addThisBrowser, forgetThisBrowser, NotAllowed, ownChannel, pushWorks } from './push.ts'
import { QuietHours } from './quiet-hours.tsx'

/** How many channels somebody on call should have. */
export const channelsOnCall = 2

const icons = { mail: Mail, push: Smartphone, ntfy: Bell, webhook: MessageSquare }

/** How one is reached: the channels in their order, quiet hours, and what was sent. */
export function Channels({ email }: { readonly email: string }) {
  const { api, say } = useDesk()
  const query = useQuery({ queryKey: ['channels'], queryFn: () => api.get<ChannelsAnswer>('/channels') })
  return (
    <section className="panel" id="channels">
      <h2>{say('channels.title')}</h2>
      <p className="soft small">{say('channels.intro')}</p>
      {query.isPending && <Waiting />}
      {query.isError && <CouldNotLoad error={query.error} again={query.refetch} />}
      {query.data && (
        <>
          {query.data.channels.filter(({ works }) => works).length < channelsOnCall && (
            <Notice tone="warn">{say('channels.too-few')}</Notice>
          )}
          <ol className="members">
            {query.data.channels.map((channel, index, all) => (
              <li key={channel.id}>
                <OneChannel
                  channel={channel}
                  email={email}
                  order={all.map(({ id }) => id)}
                  isFirst={index === 0}
                />
              </li>
            ))}
          </ol>
          <AddPush answer={query.data} />
          <AddNtfy />
          <QuietHours saved={query.data.quietHours} />
          <Deliveries />
        </>
      )}
    </section>
  )
}

const nameOf = ({ kind, label }: ChannelLine, email: string, say: Say): string => {
  if (kind === 'mail') return say('channels.mail', { email })
  return label === '' ? say(`channels.${kind}`) : `${say(`channels.${kind}`)} · ${label}`
}

interface ChannelProps {
  readonly channel: ChannelLine
  readonly email: string
  readonly order: readonly string[]
  readonly isFirst: boolean
}

function OneChannel({ channel, email, order, isFirst }: ChannelProps) {
  const { api, say } = useDesk()
  const queries = useQueryClient()
  const { id, kind } = channel
  const refresh = (): void => {
    for (const key of ['channels', 'deliveries', 'members'])
      void queries.invalidateQueries({ queryKey: [key] })
  }
  const testing = useMutation({
    mutationFn: () => api.send<ChannelTestAnswer>('POST', path`/channels/${id}/test`),
    onSettled: refresh,
  })
  const changing = useMutation({
    mutationFn: (heartbeat: boolean) => api.send('PATCH', path`/channels/${id}`, { heartbeat }),
    onSettled: refresh,
  })
  const raising = useMutation({
    mutationFn: () => {
      const place = order.indexOf(id)
      const others = order.filter((other) => other !== id)
      return api.send('PUT', '/channels/order', { order: others.toSpliced(place - 1, 0, id) })
    },
    onSettled: refresh,
  })
  const removing = useMutation({
    mutationFn: async () => {
      await api.send('DELETE', path`/channels/${id}`)
      if (id === ownChannel()) await forgetThisBrowser()
    },
    onSettled: refresh,
  })
  const Icon = icons[kind]
  const name = nameOf(channel, email, say)
  return (
    <>
      <p>
        <Icon aria-hidden="true" /> <b>{name}</b>
        {id === ownChannel() && <span className="tag">{say('account.this-one')}</span>}
        {channel.dead && <span className="tag over">{say('channels.dead')}</span>}
      </p>
      {channel.failure !== null && <p className="soft small">{failureText(channel.failure, say)}</p>}
      {channel.failure === null && !channel.works && <p className="soft small">{say('channels.untested')}</p>}
      <Tick
        label={say('channels.heartbeat')}
        isOn={channel.heartbeat}
        onChange={(isOn) => changing.mutate(isOn)}
      />
      <div className="buttons">
        <Button
          isPending={testing.isPending}
          onPress={() => testing.mutate()}
          aria-label={say('channels.test.named', { name })}
        >
          {say(testing.isPending ? 'mail.test.sending' : 'channels.test')}
        </Button>
        {!isFirst && (
          <Button
            look="quiet"
            onPress={() => raising.mutate()}
            aria-label={say('channels.raise.named', { name })}
          >
            <ArrowUp aria-hidden="true" /> {say('channels.raise')}
          </Button>
        )}
        {kind !== 'mail' && (
          <Button
            look="quiet"
            isPending={removing.isPending}
            onPress={() => removing.mutate()}
            aria-label={say('account.remove.named', { name })}
          >
            {say('account.remove')}
          </Button>
        )}
      </div>
      <Tested answer={testing.data} />
      <Mishap error={testing.error ?? changing.error ?? raising.error ?? removing.error} />
    </>
  )
}

/** How a test fared. */
export function Tested({ answer }: { readonly answer: ChannelTestAnswer | undefined }) {
  const { say } = useDesk()
  if (answer === undefined) return null
  return answer.sent ? (
    <Notice tone="good" role="status">
      {say('channels.test.sent')}
    </Notice>
  ) : (
    <Notice tone="danger" role="alert">
      {failureText(answer.failure, say)}
    </Notice>
  )
}

function AddPush({ answer }: { readonly answer: ChannelsAnswer }) {
  const { api, say } = useDesk()
  const queries = useQueryClient()
  const adding = useMutation({
    mutationFn: async () => {
      const id = await addThisBrowser(api, answer.pushKey)
      await api.send('POST', path`/channels/${id}/test`)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['channels'] }),
  })
  if (answer.channels.some(({ id, dead }) => id === ownChannel() && !dead)) return null
  return (
    <div className="field">
      <h3>{say('channels.push.add.title')}</h3>
      {pushWorks() ? (
        <>
          <p className="hint">{say('channels.push.hint')}</p>
          <div className="buttons">
            <Button look="main" isPending={adding.isPending} onPress={() => adding.mutate()}>
              <Smartphone aria-hidden="true" /> {say('channels.push.add')}
            </Button>
          </div>
        </>
      ) : (
        <p>{say('channels.push.unsupported')}</p>
      )}
      <p className="hint">{say('channels.push.ios')}</p>
      {adding.error instanceof NotAllowed ? (
        <Notice tone="danger" role="alert">
          {say('channels.push.denied')}
        </Notice>
      ) : (
        adding.error !== null && (
          <Notice tone="danger" role="alert">
            {say('channels.push.failed')}
          </Notice>
        )
      )}
    </div>
  )
}

function AddNtfy() {
  const { api, say } = useDesk()
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [server, setServer] = useState('https://ntfy.sh')
  const [topic, setTopic] = useState('')
  const [token, setToken] = useState('')
  const [priority, setPriority] = useState('5')
  const adding = useMutation({
    mutationFn: async () => {
      const { id } = await api.send<{ id: string }>('POST', '/channels/ntfy', {
        server: server.trim(),
        topic: topic.trim(),
        token: token.trim() === '' ? null : token.trim(),
        priority: Number(priority),
      })
      setOpen(false)
      setTopic('')
      setToken('')
      await api.send('POST', path`/channels/${id}/test`)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['channels'] }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!adding.isPending) adding.mutate()
  }
  if (!isOpen)
    return (
      <>
        <Button onPress={() => setOpen(true)}>
          <Bell aria-hidden="true" /> {say('channels.ntfy.add')}
        </Button>
        <Mishap error={adding.error} />
      </>
    )
  return (
    <form onSubmit={submit}>
      <h3>{say('channels.ntfy.add')}</h3>
      <Field
        label={say('channels.ntfy.server')}
        type="url"
        value={server}
        onChange={setServer}
        spellCheck="false"
      />
      <Field
        label={say('channels.ntfy.topic')}
        hint={say('channels.ntfy.topic.hint')}
        value={topic}
        onChange={setTopic}
        spellCheck="false"
        maxLength={64}
      />
      <Field
        label={say('channels.ntfy.token')}
        hint={say('channels.ntfy.token.hint')}
        type="password"
        autoComplete="off"
        value={token}
        onChange={setToken}
      />
      <Pick
        label={say('channels.ntfy.priority')}
        value={priority}
        onChange={setPriority}
        choices={(['5', '4', '3'] as const).map((value) => ({
          value,
          label: say(`channels.ntfy.priority.${value}`),
        }))}
      />
      <div className="buttons">
        <Button look="main" type="submit" isPending={adding.isPending}>
          {say('app.save')}
        </Button>
        <Button look="quiet" onPress={() => setOpen(false)}>
          {say('app.cancel')}
        </Button>
      </div>
      <Mishap error={adding.error} />
    </form>
  )
}
