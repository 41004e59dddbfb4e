import { receiptFor } from '../casework/deliveries.ts'
import type { Office } from '../casework/office.ts'
import { type PushKey, pushKey } from '../casework/push-key.ts'
import { addressFor, type ClaimedNotice } from '../store/outbox.ts'
import type { Writer } from './letter.ts'
import type { Outcome, Post } from './mail.ts'
import { type NtfyAddress, sendNtfy } from './ntfy.ts'
import type { Courier } from './outgoing.ts'
import { type PushAddress, sendPush } from './push.ts'
import { sendWebhook, type WebhookAddress } from './webhook.ts'

/** Hands a notice over by its channel. `not-theirs`: whoever it was for may not know of it any more (K1, K4). */
export type SendNotice = (notice: ClaimedNotice) => Promise<Outcome | 'not-theirs'>

/** What notices are sent with. */
export interface Means {
  readonly post: Post
  readonly courier: Courier
  readonly writer: Writer
  /** By whom push services can reach the operator. */
  readonly vapidSubject: () => string
}

const lost: Outcome = { ok: false, again: false, failure: 'gone' }
const unreadable: Outcome = { ok: false, again: false, failure: 'unreadable' }

/** Sends notices by whatever channel they are for. */
export function noticeSender(office: Office, { post, courier, writer, vapidSubject }: Means): SendNotice {
  const { store, serverKey } = office
  let key: Promise<PushKey> | undefined

  /** Read once; what could not be read is read again the next time. */
  function ownKey(): Promise<PushKey> {
    key ??= pushKey(office).catch((error) => {
      key = undefined
      throw error
    })
    return key
  }

  /** Null: the key that sealed it is gone, and no later try can open it. */
  function opened(sealed: Uint8Array): string | null {
    try {
      return serverKey.open(sealed)
    } catch {
      return null
    }
  }

  return async (notice) => {
    if (notice.sealedAddress !== null) {
      const address = opened(notice.sealedAddress)
      return address === null ? unreadable : post.send(writer.letter(notice, address))
    }
    const toRoom = notice.accountId === null
    const email = toRoom ? null : await addressFor(store.db, notice)
    if (!toRoom && email === null) return 'not-theirs'
    if (notice.channel === 'mail') return post.send(writer.letter(notice, email as string))
    // Taken away since it was queued, or its address was.
    if (!notice.known?.sealed) return lost
    const kept = opened(notice.known.sealed)
    if (kept === null) return unreadable
    const bell = writer.bell(notice)
    if (notice.channel === 'push')
      return sendPush(
        courier,
        await ownKey(),
        vapidSubject(),
        JSON.parse(kept) as PushAddress,
        bell,
        receiptFor(serverKey, notice.id),
      )
    if (notice.channel === 'ntfy') return sendNtfy(courier, JSON.parse(kept) as NtfyAddress, bell)
    return sendWebhook(courier, JSON.parse(kept) as WebhookAddress, bell)
  }
}
