import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Letter } from './letter.ts'

/** How handing a letter over ended. `failure` is a class, never an address or what a server said. */
export type Outcome =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly again: boolean
      readonly failure: Failure
      /** Milliseconds it asks us to wait before we try again. */
      readonly after?: number
    }

export type Failure =
  /** The mail server cannot be reached, or the connection broke. */
  | 'connection'
  /** It does not accept our name and password. */
  | 'sign-in'
  /** It refuses our sender address. */
  | 'sender'
  /** It cannot take it just now. */
  | 'busy'
  /** It will never take it: no such address, or the letter itself is refused. */
  | 'refused'
  /** The folder for mail cannot be written. */
  | 'folder'
  /** The address was taken back: of a browser that takes no pushes any more. */
  | 'gone'
  /** It was sealed with a key that the server no longer has. */
  | 'unreadable'
  /** An address of the operator's own network, or not encrypted. */
  | 'private'

/** Takes letters to where they are sent from. */
export interface Post {
  send(letter: Letter): Promise<Outcome>
  close(): void
}

export interface PostSettings {
  /** `smtp://…` or `smtps://…`; undefined: letters are written as files. */
  readonly smtpUrl: string | undefined
  /** Sender, `name@example.org` or `Name <name@example.org>`; undefined: a name at the host of our own links. */
  readonly mailFrom: string | undefined
  readonly dataDir: string
  readonly publicUrl: () => string
}

/** A mail server where one is set, and otherwise the folder `mail` under the data folder. */
export function openPost(settings: PostSettings): Post {
  return settings.smtpUrl === undefined ? folderPost(settings) : smtpPost(settings.smtpUrl, settings)
}

function composed(letter: Letter, { mailFrom, publicUrl }: PostSettings) {
  return {
    from: mailFrom ?? `bellwether@${new URL(publicUrl()).hostname}`,
    to: { name: '', address: letter.to },
    subject: letter.subject,
    text: letter.text,
    messageId: letter.messageId,
    date: new Date(letter.date),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': letter.language,
    },
    xMailer: false as const,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

function smtpPost(url: string, settings: PostSettings): Post {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    // Trying again is the outbox's, which outlives this process.
    maxRequeues: 1,
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
  })
  return {
    send: async (letter) => {
      try {
        await transport.sendMail(composed(letter, settings))
        return { ok: true }
      } catch (error) {
        return failureOf(error)
      }
    },
    close: () => transport.close(),
  }
}

/**
 * What an SMTP error means for trying again. Only what is said of the recipient or the letter is final: a wrong
 * password or a sender the server does not like is put right by whoever runs it, and the letter then goes out.
 */
export function failureOf(error: unknown): Outcome {
  const { code, command, permanent, responseCode } = (error ?? {}) as {
    code?: string
    command?: string
    permanent?: boolean
    responseCode?: number
  }
  const again = (failure: Failure): Outcome => ({ ok: false, again: true, failure })
  if (code === 'EAUTH' || code === 'ENOAUTH' || code === 'EOAUTH2') return again('sign-in')
  if (responseCode === undefined && (code === 'EENVELOPE' || code === 'EMESSAGE'))
    return { ok: false, again: false, failure: 'refused' }
  if (responseCode === undefined || command === 'CONN') return again('connection')
  if (permanent !== true) return again('busy')
  if (command === 'RCPT TO' || command === 'DATA') return { ok: false, again: false, failure: 'refused' }
  return again('sender')
}

function folderPost(settings: PostSettings): Post {
  const folder = join(settings.dataDir, 'mail')
  const composer = createTransport({ streamTransport: true, buffer: true, newline: 'windows' })
  return {
    send: async (letter) => {
      const { message } = await composer.sendMail(composed(letter, settings))
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        // Named after the notice, so that the same letter again is the same file.
        const path = join(folder, `${letter.messageId.slice(1, letter.messageId.indexOf('@'))}.eml`)
        await writeFile(`${path}.part`, message as Buffer, { mode: 0o600 })
        await rename(`${path}.part`, path)
        return { ok: true }
      } catch {
        return { ok: false, again: true, failure: 'folder' }
      }
    },
    close: () => composer.close(),
  }
}
