import type { Bell } from './letter.ts'
import type { Outcome } from './mail.ts'
import { type Courier, deliver } from './outgoing.ts'

/** A topic on a server of ntfy, as it is kept sealed. */
export interface NtfyAddress {
  /** `https://ntfy.example.org` */
  readonly server: string
  readonly topic: string
  /** Access token, where the server asks for one. */
  readonly token: string | null
  /** 1 (silent) to 5 (keeps ringing), of an alert. What is not urgent goes out with 3 at most, a check with 1. */
  readonly priority: number
}

/** Publishes to a topic, as JSON, so that nothing of it stands in an address. */
export function sendNtfy(courier: Courier, address: NtfyAddress, bell: Bell): Promise<Outcome> {
  const { server, topic, token, priority } = address
  const { title, line, link, rings, urgent } = bell
  const quiet = rings ? Math.min(3, priority) : 1
  return deliver(courier, {
    url: `${server}/`,
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({
      topic,
      title,
      message: line ?? title,
      click: link,
      priority: urgent ? priority : quiet,
    }),
  })
}
