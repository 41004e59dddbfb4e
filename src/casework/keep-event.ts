import { EventDetails } from '../procedure/event.ts'
import { newId } from '../sealing/bytes.ts'
import { holdCommunity } from '../store/communities.ts'
import { type CommunityEvent, eventById, keepEvent } from '../store/events.ts'
import { appendLog } from '../store/log.ts'
import { activeMember, type Membership } from '../store/members.ts'
import type { Tx } from '../store/store.ts'
import { unlockingCounts } from '../store/unlockers.ts'
import { unlockersOnCall } from './change-unlockers.ts'
import type { Office } from './office.ts'
import { Refused } from './refused.ts'

/**
 * Makes an event.
 *
 * @param details - as sent: `EventDetails`.
 * @returns its id.
 * @throws {Refused} `invalid-input`, naming what is wrong; `event-taken`; `one-unlocker` for a member on call who
 * could be locked out on the day it matters.
 */
export async function createEvent(office: Office, chair: Membership, details: unknown): Promise<string> {
  const event = { ...readDetails(details), id: newId(), archived: false }
  await keep(office, chair, event, 'event-created')
  return event.id
}

/**
 * Changes an event, or puts it away. None is ever deleted: a sealed report may name it, and the server cannot know.
 *
 * @param details - the whole of it: `EventDetails`.
 * @throws {Refused} as {@link createEvent}, and `not-found`.
 */
export async function changeEvent(
  office: Office,
  chair: Membership,
  id: string,
  details: unknown,
  archived: boolean,
): Promise<void> {
  await keep(office, chair, { ...readDetails(details), id, archived }, 'event-changed')
}

function readDetails(details: unknown): EventDetails {
  const read = EventDetails.safeParse(details)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Refused('invalid-input', {
    field: issue?.path.join('.') ?? '',
    reason: issue?.message ?? 'is not valid',
  })
}

async function keep(
  { store, clock }: Office,
  chair: Membership,
  event: CommunityEvent,
  deed: 'event-created' | 'event-changed',
): Promise<void> {
  const now = clock.now()
  await store.write(async (tx) => {
    await holdCommunity(tx, store.kind, chair.community)
    const before = await eventById(tx, chair.community, event.id)
    if (deed === 'event-changed' && !before) throw new Refused('not-found')
    for (const field of ['primary', 'secondary'] as const) {
      // Whoever was named before stays named: a change of the address must not fail over them.
      if (event[field] !== null && event[field] !== before?.[field])
        await checkOnCall(tx, chair.community, field, event[field])
    }
    if (!(await keepEvent(tx, chair.community, event, now))) throw new Refused('event-taken')
    await appendLog(tx, [
      {
        community: chair.community,
        at: now,
        case: null,
        actor: chair.id,
        deed,
        detail: { event: event.id, archived: event.archived },
      },
    ])
  })
}

async function checkOnCall(tx: Tx, community: string, field: string, id: string): Promise<void> {
  const member = await activeMember(tx, community, id)
  if (member?.standing !== 'member')
    throw new Refused('invalid-input', { field, reason: 'is not on the committee' })
  const unlockers = (await unlockingCounts(tx, [member.account_id])).get(member.account_id) ?? 0
  if (unlockers < unlockersOnCall) throw new Refused('one-unlocker', { member: id })
}
