import type { ClaimedNotice } from '../store/outbox.ts'
import { mail as en } from '../words/en/mail.ts'
import { mail as es } from '../words/es/mail.ts'
import { plain } from '../words/plain.ts'

/** A notice in words, ready to be sent. */
export interface Letter {
  /** The same at every try, so that a repeated letter is recognised as one. */
  readonly messageId: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly language: string
  /** When it was queued, epoch milliseconds. */
  readonly date: number
}

/** A notice as a phone or a chat room shows it. */
export interface Bell {
  readonly id: string
  /** The same for every channel, so that a phone shows one. */
  readonly group: string
  readonly title: string
  /** The one line that may be shown beside it, as it was written. */
  readonly line: string | null
  /** Where it leads, whole and as a path. */
  readonly link: string
  readonly path: string
  /** Whether it makes a sound: a weekly check does not. */
  readonly rings: boolean
  readonly urgent: boolean
}

/** Puts notices in words. */
export interface Writer {
  letter(notice: ClaimedNotice, to: string): Letter
  bell(notice: ClaimedNotice): Bell
}

/** The longest line that is shown. */
const longestLine = 200

/**
 * Writes notices. Each says that there is something, where, and by when; never what. An alert shows its one line.
 *
 * @param publicUrl - origin of the links, without a slash at its end.
 * @param open - opens what is sealed with the server's key.
 */
export function noticeWriter(publicUrl: () => string, open: (sealed: Uint8Array) => string): Writer {
  const formats = new Map<string, Intl.DateTimeFormat>()

  function wallClock(instant: number, timeZone: string, language: string): string {
    const key = `${language} ${timeZone}`
    let format = formats.get(key)
    if (!format) {
      format = new Intl.DateTimeFormat(language, {
        timeZone,
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        hour: 'numeric',
        minute: '2-digit',
        timeZoneName: 'short',
      })
      formats.set(key, format)
    }
    return format.format(instant)
  }

  const languageOf = ({ detail }: ClaimedNotice): string =>
    (JSON.parse(detail) as { language?: string }).language ?? 'en'

  /** On one line, whatever was written. */
  function lineOf({ sealedLine }: ClaimedNotice): string | null {
    if (sealedLine === null) return null
    const line = open(sealedLine)
      .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim()
    return line === '' ? null : line.slice(0, longestLine)
  }

  /** A message to somebody else: as it was confirmed, to the letter (L2). */
  function outgoing(
    { id, sealedLine, createdAt, detail }: ClaimedNotice,
    to: string,
    origin: string,
  ): Letter {
    const { subject, text } = JSON.parse(open(sealedLine as Uint8Array)) as { subject: string; text: string }
    const { language } = JSON.parse(detail) as { language: string }
    const messageId = `<${id}@${new URL(origin).hostname}>`
    return { messageId, to, subject, text: `${text}\n`, language, date: createdAt }
  }

  return {
    letter(notice, to) {
      const { community, acknowledgeBy } = notice
      const language = languageOf(notice)
      const words = language === 'es' ? es : en
      const origin = publicUrl()
      const values = {
        community: community.name,
        link: `${origin}${placeOf(notice)}`,
        time: acknowledgeBy === null ? '' : wallClock(acknowledgeBy, community.timeZone, language),
      }
      if (notice.notice === 'outgoing') return outgoing(notice, to, origin)
      const line = lineOf(notice)
      const text = plain(words, `mail.${notice.notice}.text`, values)
      return {
        messageId: `<${notice.id}@${new URL(origin).hostname}>`,
        to,
        subject: plain(words, `mail.${notice.notice}.subject`, values),
        text: line === null ? `${text}\n` : `${plain(words, 'mail.line', { line })}\n\n${text}\n`,
        language,
        date: notice.createdAt,
      }
    },
    bell(notice) {
      const words = languageOf(notice) === 'es' ? es : en
      const path = placeOf(notice)
      return {
        id: notice.id,
        group: notice.group,
        title: plain(words, `mail.${notice.notice}.subject`, { community: notice.community.name }),
        line: lineOf(notice),
        link: `${publicUrl()}${path}`,
        path,
        rings: notice.notice !== 'channel-check',
        urgent: notice.urgent,
      }
    },
  }
}

const rosterNotices: ReadonlySet<string> = new Set([
  'roster-gap',
  'roster-changed',
  'swap-offered',
  'swap-answered',
])

/** Where a notice leads. What comes after `#` says which notice it was, so that the console can tell that it was seen. */
function placeOf(notice: ClaimedNotice): string {
  const page = pageOf(notice)
  return notice.accountId === null ? page : `${page}#seen-${notice.id}`
}

function pageOf({ notice, caseId, alertId, community }: ClaimedNotice): string {
  if (alertId !== null) return `/console/alerts/${alertId}`
  if (notice === 'channel-test' || notice === 'channel-check') return '/console/account'
  if (notice === 'reporter-message') return `/${community.shortName}/mailbox`
  if (rosterNotices.has(notice)) return `/console/communities/${community.shortName}/roster`
  if (notice === 'motion-new') return `/console/communities/${community.shortName}/motions`
  if (caseId === null || notice === 'report-for-organizers') return '/console'
  return `/console/cases/${caseId}`
}
