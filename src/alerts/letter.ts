import type { ClaimedNotice } from '../store/outbox.ts'
import { mail as en } from '../words/en/mail.ts'
import { mail as es } from '../words/es/mail.ts'
import { say } from '../words/format.ts'

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

/**
 * Writes the letter of a notice. It says that there is something, where, and by when; never what.
 *
 * @param to - the mail address.
 * @param publicUrl - origin of its link, without a slash at its end.
 */
export function letterFor(notice: ClaimedNotice, to: string, publicUrl: string): Letter {
  const { community, acknowledgeBy } = notice
  const { language = 'en' } = JSON.parse(notice.detail) as { language?: string }
  const catalog = language === 'es' ? { ...es, 'language.tag': 'es' } : { ...en, 'language.tag': 'en' }
  const values = {
    community: community.name,
    link: `${publicUrl}${placeOf(notice)}`,
    time: acknowledgeBy === null ? '' : wallClock(acknowledgeBy, community.timeZone, language),
  }
  return {
    messageId: `<${notice.id}@${new URL(publicUrl).hostname}>`,
    to,
    subject: say(catalog, `mail.${notice.notice}.subject`, values),
    text: `${say(catalog, `mail.${notice.notice}.text`, values)}\n`,
    language,
    date: notice.createdAt,
  }
}

function placeOf({ notice, caseId, community }: ClaimedNotice): string {
  if (notice === 'reporter-message') return `/${community.shortName}/mailbox`
  if (caseId === null || notice === 'report-for-organizers') return '/console'
  return `/console/cases/${caseId}`
}

function wallClock(instant: number, timeZone: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(instant)
}
