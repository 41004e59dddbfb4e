import { takeChecksDue } from '../store/channels.ts'
import { queueNotices } from '../store/outbox.ts'
import type { Office } from './office.ts'

const atOnce = 100

/** Sends a harmless check by every channel through which nothing went for a week, so that a dead one is noticed in time. */
export async function checkChannels({ store, clock }: Office): Promise<void> {
  for (;;) {
    const checked = await store.write(async (tx) => {
      const now = clock.now()
      const due = await takeChecksDue(tx, now, atOnce)
      await queueNotices(
        tx,
        due.map(({ id, kind, account, community }) => ({
          community,
          case: null,
          ...(account === null ? {} : { account }),
          channel: { id, kind },
          notice: 'channel-check' as const,
          detail: {},
          at: now,
        })),
      )
      return due.length
    })
    if (checked === 0) return
    await store.publish('outbox', '')
  }
}
