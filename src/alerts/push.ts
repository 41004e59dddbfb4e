import webPush from 'web-push'
import type { PushKey } from '../casework/push-key.ts'
import type { Bell } from './letter.ts'
import type { Outcome } from './mail.ts'
import { type Courier, deliver } from './outgoing.ts'

/** Where a browser takes pushes, as it is kept sealed. */
export interface PushAddress {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}

const hour = 3600
const day = 24 * hour

/**
 * Sends a push (RFC 8030), sealed to the browser (RFC 8291) and signed with the server's key (RFC 8292): the push
 * service sees that there is one and how long it is.
 *
 * @param subject - by whom the push service can reach the operator: `mailto:` or `https:`.
 * @param receipt - by which the browser may say that it has it.
 */
export function sendPush(
  courier: Courier,
  key: PushKey,
  subject: string,
  address: PushAddress,
  bell: Bell,
  receipt: string,
): Promise<Outcome> {
  const { id, group, title, line, path, rings, urgent } = bell
  let made: webPush.RequestDetails
  try {
    made = webPush.generateRequestDetails(
      address,
      JSON.stringify({ id, receipt, tag: group, title, body: line ?? '', path, rings, urgent }),
      {
        vapidDetails: { subject, publicKey: key.publicKey, privateKey: key.privateKey },
        TTL: urgent ? hour : day,
        urgency: urgent ? 'high' : 'normal',
        topic: group,
      },
    )
  } catch {
    // Keys that no browser makes: no later try can seal to them.
    return Promise.resolve({ ok: false, again: false, failure: 'refused' })
  }
  const headers = Object.fromEntries(
    Object.entries(made.headers).map(([name, value]) => [name, String(value)]),
  )
  return deliver(courier, { url: made.endpoint, headers, body: made.body ?? '' }, [404, 410])
}
