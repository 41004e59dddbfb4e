import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { path } from '../api/client.ts'
import type { Membership, SettingsAnswer } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Field, Pick } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'
import { isEmail, timeZones } from '../set-up/community-names.ts'

interface Props {
  readonly me: Membership
  readonly settings: SettingsAnswer
}

/** Name, time zone and contact addresses. */
export function CommunitySettings({ me, settings }: Props) {
  const { api, say } = useDesk()
  const queries = useQueryClient()
  const { shortName } = me.community
  const [fields, setFields] = useState({
    name: settings.name,
    timeZone: settings.timeZone,
    email: settings.contact.email ?? '',
    organizersEmail: settings.contact.organizersEmail ?? '',
    phone: settings.contact.phone ?? '',
  })
  const saving = useMutation({
    mutationFn: () =>
      api.send('PATCH', path`/communities/${shortName}/settings`, {
        name: fields.name.trim(),
        timeZone: fields.timeZone,
        contact: {
          email: fields.email.trim() || null,
          organizersEmail: fields.organizersEmail.trim() || null,
          phone: fields.phone.trim() || null,
        },
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['settings', shortName] })
      void queries.invalidateQueries({ queryKey: ['session'] })
    },
  })
  const change = (some: Partial<typeof fields>): void => {
    saving.reset()
    setFields({ ...fields, ...some })
  }
  const wrong = (email: string): string | null =>
    email.trim() === '' || isEmail(email) ? null : say('app.email.wrong')
  const isRight =
    fields.name.trim() !== '' && wrong(fields.email) === null && wrong(fields.organizersEmail) === null
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isRight && !saving.isPending) saving.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Field
        label={say('settings.community.name')}
        value={fields.name}
        onChange={(name) => change({ name })}
        error={fields.name.trim() === '' ? say('set-up.community.name.missing') : null}
      />
      <Pick
        label={say('settings.community.zone')}
        hint={say('settings.community.zone.hint')}
        value={fields.timeZone}
        onChange={(timeZone) => change({ timeZone })}
        choices={timeZones(fields.timeZone).map((zone) => ({
          value: zone,
          label: zone.replaceAll('_', ' '),
        }))}
      />
      <Field
        label={say('settings.community.email')}
        isOptional={say('app.optional')}
        hint={say('settings.community.email.hint')}
        type="email"
        value={fields.email}
        onChange={(email) => change({ email })}
        error={wrong(fields.email)}
      />
      <Field
        label={say('settings.community.organizers')}
        isOptional={say('app.optional')}
        hint={say('settings.community.organizers.hint')}
        type="email"
        value={fields.organizersEmail}
        onChange={(organizersEmail) => change({ organizersEmail })}
        error={wrong(fields.organizersEmail)}
      />
      <Field
        label={say('settings.community.phone')}
        isOptional={say('app.optional')}
        hint={say('settings.community.phone.hint')}
        type="tel"
        value={fields.phone}
        onChange={(phone) => change({ phone })}
      />
      <Button look="main" type="submit" isPending={saving.isPending} isDisabled={!isRight}>
        {say('app.save')}
      </Button>
      {saving.isSuccess && (
        <Notice tone="good" role="status">
          {say('app.saved')}
        </Notice>
      )}
      <Mishap error={saving.error} />
      <p className="soft small">
        {say(settings.recoveryRecipient === null ? 'settings.no-recovery' : 'settings.recovery')}
      </p>
    </form>
  )
}
