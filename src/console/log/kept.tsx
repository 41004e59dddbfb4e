import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { type Delivered, type Keeper, type KeptLine, openKeeper, sendByItself } from '../../kept/keeper.ts'
import { type Api, mayWorkLater, Problem } from '../api/client.ts'
import { useDesk } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Notice } from '../pieces/notice.tsx'
import { useSession } from '../sign-in/session.ts'
import { shortTime } from '../when.ts'

/** What a member wrote down and what waits on this device, sealed. */
interface Kept {
  readonly keeper: Keeper
  readonly lines: readonly KeptLine[]
}

const KeptContext = createContext<Kept | null>(null)

/** What waits on this device for whoever is signed in. */
export function useKept(): Kept {
  const kept = useContext(KeptContext)
  if (kept === null) throw new Error('Nothing is kept here.')
  return kept
}

/** Sends one request. What may work later waits: no connection, a busy server, a session that ended. */
async function deliver(
  api: Api,
  { id, path, body }: { id: string; path: string; body: string },
): Promise<Delivered> {
  try {
    await api.send('POST', path, JSON.parse(body), { key: id })
    return 'sent'
  } catch (error) {
    // The answer was lost so long ago that the server has forgotten it: it is there.
    if (error instanceof Problem && error.code === 'key-reused') return 'sent'
    const waits = error instanceof Problem && ['not-signed-in', 'too-many'].includes(error.code)
    return waits || mayWorkLater(error) ? 'later' : 'refused'
  }
}

/** Keeps what members write down, and sends it when there is a connection, whatever page they are on. */
export function KeptProvider({ children }: { readonly children: ReactNode }) {
  const { api, now } = useDesk()
  const { account } = useSession()
  const queries = useQueryClient()
  const [lines, setLines] = useState<readonly KeptLine[]>([])
  const keeper = useMemo(() => {
    const look = async (): Promise<void> => {
      setLines(await made.lines())
      void queries.invalidateQueries({ queryKey: ['cases'] })
      void queries.invalidateQueries({ queryKey: ['tasks'] })
    }
    const made: Keeper = openKeeper(
      account.id,
      (sealed) => deliver(api, sealed),
      () => void look(),
      now,
    )
    return made
  }, [account.id, api, queries, now])
  useEffect(() => {
    void keeper.lines().then(setLines)
    return sendByItself(keeper)
  }, [keeper])
  const kept = useMemo(() => ({ keeper, lines }), [keeper, lines])
  return <KeptContext value={kept}>{children}</KeptContext>
}

/** How each stands that is not settled yet, or was refused; without a word of what is in it. */
export function KeptList() {
  const { say, now, language } = useDesk()
  const { keeper, lines } = useKept()
  const { memberships } = useSession()
  const open = lines.filter(({ state }) => state !== 'sent')
  if (open.length === 0) return null
  const zone = memberships[0]?.community.timeZone ?? 'UTC'
  return (
    <section className="kept" aria-label={say('kept.title')}>
      {open.map(({ id, what, keptAt, state }) => (
        <Notice key={id} tone={state === 'refused' ? 'danger' : 'warn'} role="status">
          <p>
            {say(what === 'task' ? 'kept.task' : 'kept.log', {
              time: shortTime(keptAt, now(), zone, language),
            })}
            {': '}
            {say(state === 'sending' && !navigator.onLine ? 'kept.waiting' : `kept.${state}`)}
          </p>
          {state === 'refused' && (
            <p>
              {say('kept.refused.hint')}{' '}
              <Button look="quiet" onPress={() => void keeper.forget(id)}>
                {say('kept.forget')}
              </Button>
            </p>
          )}
        </Notice>
      ))}
    </section>
  )
}
