import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import type { ChannelsAnswer } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Pick, Tick } from '../pieces/field.tsx'
import { Mishap, Notice } from '../pieces/notice.tsx'

const halfHours = Array.from({ length: 48 }, (_, index) => index * 30)
const evening = 22 * 60
const morning = 7 * 60

/** When one is not to be rung, unless on call. */
export function QuietHours({ saved }: { readonly saved: ChannelsAnswer['quietHours'] }) {
  const { api, say } = useDesk()
  const queries = useQueryClient()
  const [isOn, setOn] = useState(saved !== null)
  const [from, setFrom] = useState(String(saved?.from ?? evening))
  const [until, setUntil] = useState(String(saved?.until ?? morning))
  const saving = useMutation({
    mutationFn: () =>
      api.send('PUT', '/channels/quiet-hours', {
        quietHours: isOn ? { from: Number(from), until: Number(until) } : null,
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['channels'] }),
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!saving.isPending) saving.mutate()
  }
  const choices = [...new Set([...halfHours, Number(from), Number(until)])]
    .sort((one, other) => one - other)
    .map((minute) => ({
      value: String(minute),
      label: `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
    }))
  return (
    <form onSubmit={submit}>
      <h3>{say('quiet.title')}</h3>
      <Tick label={say('quiet.on')} hint={say('quiet.hint')} isOn={isOn} onChange={setOn} />
      {isOn && (
        <>
          <Pick label={say('quiet.from')} value={from} onChange={setFrom} choices={choices} />
          <Pick label={say('quiet.until')} value={until} onChange={setUntil} choices={choices} />
        </>
      )}
      <Button type="submit" isPending={saving.isPending}>
        {say('quiet.save')}
      </Button>
      {saving.isSuccess && (
        <Notice tone="good" role="status">
          {say('app.saved')}
        </Notice>
      )}
      <Mishap error={saving.error} />
    </form>
  )
}
