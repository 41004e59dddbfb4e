import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { path } from '../api/client.ts'
import type { EventLine, Membership, Playbook } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { membersQuery } from '../inbox/inbox.ts'
import { Button } from '../pieces/button.tsx'
import { Field, Pick } from '../pieces/field.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { CouldNotLoad, Waiting } from '../pieces/waiting.tsx'
import { shortNameFrom } from '../set-up/community-names.ts'
import { wallClockOf } from '../wall-time.ts'
import { date } from '../when.ts'
import { draftOf, type EventDraft, eventOf, isSlug } from './event-draft.ts'

interface Props {
  readonly me: Membership
  readonly playbook: Playbook
}

/** Events with their own place, numbers and pair on call, and their posters. */
export function EventSettings({ me, playbook }: Props) {
  const { api, say } = useDesk()
  const { shortName } = me.community
  const [changed, setChanged] = useState<EventLine | 'new' | null>(null)
  const events = useQuery({
    queryKey: ['events', shortName],
    queryFn: () => api.get<readonly EventLine[]>(path`/communities/${shortName}/events`),
  })
  const away = events.data?.filter(({ archived }) => archived) ?? []
  const change = (event: EventLine) => () => setChanged(event)
  return (
    <>
      <p className="soft">{say('events.intro')}</p>
      <p>
        <a href={`/${shortName}/poster`} target="_blank" rel="noreferrer">
          {say('events.poster-community')}
        </a>
      </p>
      {events.isPending && <Waiting />}
      {events.isError && <CouldNotLoad error={events.error} again={events.refetch} />}
      {events.data?.length === 0 && <p>{say('events.none')}</p>}
      <ul className="members">
        {events.data
          ?.filter(({ archived }) => !archived)
          .map((event) => (
            <EventItem key={event.id} me={me} event={event} onChange={change(event)} />
          ))}
      </ul>
      {changed === null ? (
        <Button look="main" onPress={() => setChanged('new')}>
          {say('events.new')}
        </Button>
      ) : (
        <EventForm
          key={changed === 'new' ? 'new' : changed.id}
          me={me}
          playbook={playbook}
          event={changed === 'new' ? null : changed}
          onDone={() => setChanged(null)}
        />
      )}
      {away.length > 0 && (
        <details>
          <summary>{say('events.away', { count: away.length })}</summary>
          <p className="soft small">{say('events.put-away.text')}</p>
          <ul className="members">
            {away.map((event) => (
              <EventItem key={event.id} me={me} event={event} onChange={change(event)} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

interface ItemProps {
  readonly me: Membership
  readonly event: EventLine
  readonly onChange: () => void
}

function EventItem({ me, event, onChange }: ItemProps) {
  const { api, say, language } = useDesk()
  const queries = useQueryClient()
  const { shortName } = me.community
  const { name, slug, place, from, to, archived } = event
  const day = (written: string): string => date(Date.parse(written), 'UTC', language)
  const moving = useMutation({
    mutationFn: () =>
      api.send('PUT', path`/communities/${shortName}/events/${event.id}`, {
        event: eventOf(draftOf(event, from)),
        archived: !archived,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['events', shortName] }),
  })
  return (
    <li>
      <p>
        <b>{name}</b> <span className="soft">{place}</span>
      </p>
      <p className="soft small">{from === to ? day(from) : `${day(from)} – ${day(to)}`}</p>
      <p className="buttons">
        {!archived && (
          <a
            href={`/${shortName}/poster?at=${slug}`}
            target="_blank"
            rel="noreferrer"
            aria-label={say('events.poster-named', { event: name })}
          >
            {say('events.poster')}
          </a>
        )}
        <Button look="quiet" onPress={onChange} aria-label={say('events.change-named', { event: name })}>
          {say('events.change')}
        </Button>
        <Button
          look="quiet"
          isPending={moving.isPending}
          onPress={() => moving.mutate()}
          aria-label={say(archived ? 'events.bring-back-named' : 'events.put-away-named', { event: name })}
        >
          {say(archived ? 'events.bring-back' : 'events.put-away')}
        </Button>
      </p>
      <Mishap error={moving.error} />
    </li>
  )
}

interface FormProps extends Props {
  /** Null: a new one. */
  readonly event: EventLine | null
  readonly onDone: () => void
}

function EventForm({ me, playbook, event, onDone }: FormProps) {
  const { api, say, now } = useDesk()
  const queries = useQueryClient()
  const { shortName, timeZone } = me.community
  const members = useQuery(membersQuery(api, shortName))
  const [draft, setDraft] = useState(() => draftOf(event, wallClockOf(now(), timeZone).slice(0, 10)))
  const saving = useMutation({
    mutationFn: () =>
      event === null
        ? api.send('POST', path`/communities/${shortName}/events`, { event: eventOf(draft) })
        : api.send('PUT', path`/communities/${shortName}/events/${event.id}`, {
            event: eventOf(draft),
            archived: event.archived,
          }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['events', shortName] })
      onDone()
    },
  })
  const change = (some: Partial<EventDraft>): void => {
    saving.reset()
    setDraft({ ...draft, ...some })
  }
  const slugIsRight = isSlug(draft.slug)
  const isRight = draft.name.trim() !== '' && slugIsRight && draft.from !== '' && draft.to >= draft.from
  const submit = (submitted: FormEvent): void => {
    submitted.preventDefault()
    if (isRight && !saving.isPending) saving.mutate()
  }
  const phone = (key: 'emergency' | 'security' | 'nonEmergency' | 'committee', label: string) => {
    const inherited = playbook.phones[key]
    return (
      <Field
        label={label}
        hint={inherited === null ? say('events.phone.none') : say('events.phone.hint', { phone: inherited })}
        type="tel"
        value={draft[key]}
        onChange={(text) => change({ [key]: text })}
      />
    )
  }
  const choices = (members.data ?? [])
    .filter(({ active, standing }) => active && standing === 'member')
    .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <section className="panel">
      <h2>{event === null ? say('events.new') : event.name}</h2>
      <form onSubmit={submit} noValidate>
        <Field
          label={say('events.name')}
          value={draft.name}
          onChange={(name) =>
            change(
              event === null && draft.slug === shortNameFrom(draft.name)
                ? { name, slug: shortNameFrom(name) }
                : { name },
            )
          }
          maxLength={200}
        />
        <Field
          label={say('events.slug')}
          hint={say('events.slug.hint', { address: `/${shortName}/at/${draft.slug}` })}
          value={draft.slug}
          onChange={(slug) => change({ slug })}
          error={draft.slug === '' || slugIsRight ? null : say('events.slug.wrong')}
          spellCheck="false"
        />
        <Field
          label={say('events.from')}
          type="date"
          value={draft.from}
          onChange={(from) => change({ from })}
        />
        <Field
          label={say('events.to')}
          hint={say('events.to.hint')}
          type="date"
          value={draft.to}
          onChange={(to) => change({ to })}
          error={draft.to < draft.from ? say('events.to.wrong') : null}
        />
        <Field label={say('events.place')} value={draft.place} onChange={(place) => change({ place })} />
        <Field
          label={say('events.address')}
          hint={say('events.address.hint')}
          rows={3}
          value={draft.address}
          onChange={(address) => change({ address })}
        />
        {phone('emergency', say('events.emergency'))}
        {phone('security', say('events.security'))}
        {phone('nonEmergency', say('events.non-emergency'))}
        {phone('committee', say('events.committee'))}
        <fieldset className="field">
          <legend className="label">{say('events.pair')}</legend>
          <p className="hint">{say('events.pair.hint')}</p>
          <Pick
            label={say('turn.primary')}
            value={draft.primary}
            onChange={(primary) => change({ primary })}
            choices={[{ value: '', label: say('events.roster') }, ...choices]}
          />
          {draft.primary !== '' && (
            <Pick
              label={say('turn.secondary')}
              value={draft.secondary}
              onChange={(secondary) => change({ secondary })}
              choices={[
                { value: '', label: say('events.nobody') },
                ...choices.filter(({ value }) => value !== draft.primary),
              ]}
            />
          )}
        </fieldset>
        <p className="buttons">
          <Button look="main" type="submit" isPending={saving.isPending} isDisabled={!isRight}>
            {say(event === null ? 'events.create' : 'app.save')}
          </Button>
          <Button look="quiet" onPress={onDone}>
            {say('app.cancel')}
          </Button>
        </p>
        <Mishap error={saving.error} />
      </form>
    </section>
  )
}
