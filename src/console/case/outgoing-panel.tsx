import { useMutation, useQueryClient } from '@tanstack/react-query'
import { languages } from '../../procedure/playbook.ts'
import { newId } from '../../sealing/bytes.ts'
import { path } from '../api/client.ts'
import type { CaseView } from '../api/shapes.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { shortTime } from '../when.ts'
import type { NameOf } from './name-of.ts'
import { bodyOf, type OpenedCase } from './open-case.ts'

interface Props {
  readonly opened: OpenedCase
  /** Member id. */
  readonly me: string
  readonly nameOf: NameOf
}

type Draft = CaseView['decisions']['drafts'][number]

/** Messages to somebody else (L2): what each says, who confirmed it, and what became of it. */
export function OutgoingPanel({ opened, me, nameOf }: Props) {
  const { say } = useDesk()
  const { drafts } = opened.view.decisions
  if (drafts.length === 0) return null
  return (
    <section className="panel outgoing">
      <h2>{say('draft.title')}</h2>
      <ul>
        {drafts.map((draft) => (
          <li key={draft.id}>
            <OneDraft draft={draft} opened={opened} me={me} nameOf={nameOf} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function OneDraft({ draft, opened, me, nameOf }: Props & { readonly draft: Draft }) {
  const { say, now, language, api } = useDesk()
  const queries = useQueryClient()
  const { view } = opened
  const body = bodyOf(opened, draft.record, 'draft')
  const acting = useMutation({
    mutationFn: ({ act, sent }: { act: 'confirm' | 'withdraw' | 'send'; sent?: unknown }) =>
      act === 'send'
        ? api.send('POST', path`/cases/${view.id}/drafts/${draft.id}/send`, sent, { key: newId() })
        : api.send('POST', path`/cases/${view.id}/drafts/${draft.id}/${act}`, {}),
    onSettled: () => queries.invalidateQueries({ queryKey: ['case', view.id] }),
  })
  if (body === null) return <p className="soft">{say('record.unknown')}</p>
  const isConfirmed = draft.confirmedBy.length >= draft.needed
  const names = new Intl.ListFormat(say('language.tag')).format(draft.confirmedBy.map(nameOf))
  const send = (): void => {
    const { address, subject, text, salt } = body
    const to = languages.find((each) => each === view.language) ?? 'en'
    const mail = address === null ? null : { address, subject, text, salt, language: to }
    acting.mutate({ act: 'send', sent: { mail } })
  }
  return (
    <>
      <p>
        <b>{say('draft.for', { to: body.to })}</b>
      </p>
      <div className="sheet words">{body.text}</div>
      {draft.ended !== null ? (
        <p className="soft small">
          {say(`draft.is.${draft.ended}`, {
            time: shortTime(draft.endedAt ?? 0, now(), view.community.timeZone, language),
          })}
        </p>
      ) : (
        <>
          <p className="soft small">
            {isConfirmed
              ? say('draft.confirmed', { names })
              : say('draft.waits', { count: draft.confirmedBy.length, needed: draft.needed })}{' '}
            {view.informedAt === null
              ? say('draft.locked')
              : view.state !== 'acting'
                ? say('draft.not-in-force')
                : ''}
          </p>
          <div className="buttons">
            {draft.by !== me && !draft.confirmedBy.includes(me) && (
              <Button isPending={acting.isPending} onPress={() => acting.mutate({ act: 'confirm' })}>
                {say('draft.confirm')}
              </Button>
            )}
            {view.shepherd === me && isConfirmed && view.informedAt !== null && view.state === 'acting' && (
              <Button look="main" isPending={acting.isPending} onPress={send}>
                {say(body.address === null ? 'draft.hand' : 'draft.send')}
              </Button>
            )}
            {view.shepherd === me && (
              <Button
                look="quiet"
                isPending={acting.isPending}
                onPress={() => acting.mutate({ act: 'withdraw' })}
              >
                {say('draft.withdraw')}
              </Button>
            )}
          </div>
        </>
      )}
      <Mishap error={acting.error} />
    </>
  )
}
