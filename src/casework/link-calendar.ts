import { randomBytes, toBase64Url } from '../sealing/bytes.ts'
import { tokenHash } from '../sealing/receipt.ts'
import { revokeFeed } from '../store/calendar-feeds.ts'
import { appendLog } from '../store/log.ts'
import type { Membership } from '../store/members.ts'
import type { Office } from './office.ts'

/**
 * Makes the secret link to a member's own turns as a calendar (G5). The one before ends.
 *
 * @returns its token, of which only a hash is kept.
 */
export async function linkCalendar({ store, clock }: Office, member: Membership): Promise<string> {
  const now = clock.now()
  const token = toBase64Url(randomBytes(32))
  await store.write(async (tx) => {
    await revokeFeed(tx, member.id, now)
    await tx
      .insertInto('calendar_feed')
      .values({ token_hash: tokenHash(token), member_id: member.id, made_at: now, revoked_at: null })
      .execute()
    await appendLog(tx, [
      { community: member.community, at: now, case: null, actor: member.id, deed: 'calendar-linked' },
    ])
  })
  return token
}

/** Ends the link to a member's calendar: whoever has it sees nothing any more. */
export async function unlinkCalendar({ store, clock }: Office, member: Membership): Promise<void> {
  const now = clock.now()
  await store.write(async (tx) => {
    if (!(await revokeFeed(tx, member.id, now))) return
    await appendLog(tx, [
      { community: member.community, at: now, case: null, actor: member.id, deed: 'calendar-unlinked' },
    ])
  })
}
