import { appendLog } from '../store/log.ts'
import type { Membership } from '../store/members.ts'
import { queueNotices } from '../store/outbox.ts'
import type { Office } from './office.ts'

/**
 * Queues a test message to the chair who asks for it, on the way that every notice takes.
 *
 * @returns the notice's id.
 */
export async function testMail(
  { store, clock }: Office,
  chair: Membership,
  accountId: string,
): Promise<string> {
  const now = clock.now()
  const [id = ''] = await store.write(async (tx) => {
    await appendLog(tx, [
      { community: chair.community, at: now, case: null, actor: chair.id, deed: 'mail-tested' },
    ])
    return queueNotices(tx, [
      {
        community: chair.community,
        case: null,
        account: accountId,
        channel: { id: accountId, kind: 'mail' },
        notice: 'mail-test',
        detail: {},
        at: now,
      },
    ])
  })
  await store.publish('outbox', '')
  return id
}
