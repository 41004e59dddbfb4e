import { EventEmitter, once } from 'node:events'
import type { AddressInfo } from 'node:net'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A mail as it arrived. */
export interface Mail {
  /** Addresses of the envelope. */
  readonly to: readonly string[]
  readonly email: Email
  /** The message as it came over the wire. */
  readonly raw: string
}

/** A mail server of the test's own that keeps what it is given. */
export interface PostOffice {
  /** For `SMTP_URL`. */
  readonly url: string
  readonly mails: readonly Mail[]
  /** Mails to an address so far, oldest first. */
  to(address: string): Mail[]
  /** Waits until an address has `count` mails, and returns them. Throws after `patience` milliseconds. */
  arrived(address: string, count: number, patience?: number): Promise<Mail[]>
  stop(): Promise<void>
}

/** Opens a mail server on a free port of the loopback. It asks nobody to sign in. */
export async function openPostOffice(): Promise<PostOffice> {
  const mails: Mail[] = []
  const arrivals = new EventEmitter()
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const raw = Buffer.concat(chunks)
        PostalMime.parse(raw).then((email) => {
          const to = session.envelope.rcptTo.map(({ address }) => address)
          mails.push({ to, email, raw: raw.toString('latin1') })
          arrivals.emit('mail')
          done()
        }, done)
      })
    },
  })
  // Clients are killed in the middle of it.
  server.on('error', () => {})
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const to = (address: string): Mail[] => mails.filter((mail) => mail.to.includes(address))
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    to,
    async arrived(address, count, patience = 15_000) {
      const limit = AbortSignal.timeout(patience)
      while (to(address).length < count)
        await once(arrivals, 'mail', { signal: limit }).catch(() => {
          const there = mails.map((mail) => `${mail.to.join()}: ${mail.email.subject}`).join('; ')
          throw new Error(`${address} has ${to(address).length} of ${count} mails. All mails: ${there}`)
        })
      return to(address)
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
