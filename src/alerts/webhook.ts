import type { Bell } from './letter.ts'
import type { Outcome } from './mail.ts'
import { type Courier, deliver } from './outgoing.ts'

/** A chat room that takes messages at an address, as it is kept sealed. */
export interface WebhookAddress {
  readonly url: string
  readonly format: WebhookFormat
}

/** Slack and Matrix (hookshot) take `text`, Discord `content`. */
export type WebhookFormat = 'slack' | 'discord' | 'matrix'

/**
 * Says in a chat room that somebody needs a committee member, and where. Everybody there may read it, and so may
 * whoever runs it: never the line of an alert, never who it is for.
 */
export function sendWebhook(courier: Courier, { url, format }: WebhookAddress, bell: Bell): Promise<Outcome> {
  const text = `${bell.title}\n${bell.link}`
  return deliver(courier, {
    url,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(
      format === 'discord' ? { content: text, allowed_mentions: { parse: [] } } : { text },
    ),
  })
}
