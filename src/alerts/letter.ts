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

/** Writes letters; see {@link letterWriter}. */
export type WriteLetter = (notice: ClaimedNotice, to: string) => Letter

/**
 * Writes the letters of notices. Each says that there is something, where, and by when; never what.
 *
 * @param publicUrl - origin of the links, without a slash at its end.
 */
export function letterWriter(publicUrl: () => string): WriteLetter {
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

  return (notice, to) => {
    const { community, acknowledgeBy } = notice
    const { language = 'en' } = JSON.parse(notice.detail) as { language?: string }
    const words = language === 'es' ? es : en
    const origin = publicUrl()
    const values = {
      community: community.name,
      link: `${origin}${placeOf(notice)}`,
      time: acknowledgeBy === null ? '' : wallClock(acknowledgeBy, community.timeZone, language),
    }
    return {
      messageId: `<${notice.id}@${new URL(origin).hostname}>`,
      to,
      subject: plain(words, `mail.${notice.notice}.subject`, values),
      text: `${plain(words, `mail.${notice.notice}.text`, values)}\n`,
      language,
      date: notice.createdAt,
    }
  }
}

const rosterNotices: ReadonlySet<string> = new Set([
  'roster-gap',
  'roster-changed',
  'swap-offered',
  'swap-answered',
])

function placeOf({ notice, caseId, community }: ClaimedNotice): string {
  if (notice === 'reporter-message') return `/${community.shortName}/mailbox`
  if (rosterNotices.has(notice)) return `/console/communities/${community.shortName}/roster`
  if (caseId === null || notice === 'report-for-organizers') return '/console'
  return `/console/cases/${caseId}`
}
