/** How instants are said in the console. Instants are epoch milliseconds. */

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const sameDay = (left: number, right: number, zone: string): boolean => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
  return format.format(left) === format.format(right)
}

/** `Thu 28 Oct 18:30`, with the year where it is not this one, in a time zone (IANA). */
export function dateAndTime(at: number, now: number, zone: string, language: string): string {
  const year = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric' })
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    ...(year.format(at) === year.format(now) ? {} : { year: 'numeric' }),
  })
    .format(at)
    .replaceAll(',', '')
}

/** `18:30` today, otherwise {@link dateAndTime}. */
export function shortTime(at: number, now: number, zone: string, language: string): string {
  if (!sameDay(at, now, zone)) return dateAndTime(at, now, zone, language)
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
  }).format(at)
}

/** `28 October 2027`, in a time zone (IANA). */
export const date = (at: number, zone: string, language: string): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone: zone,
    dateStyle: 'long',
  }).format(at)

/** `Thursday, November 11`, as one writes it to somebody, in a time zone (IANA). */
export const dayOf = (at: number, zone: string, language: string): string =>
  new Intl.DateTimeFormat(language, {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  }).format(at)

/** How far away an instant is, in the one unit that fits: `in 4 days`, `in 3 hours`, `2 hours ago`. */
export function fromNow(at: number, now: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'always', style: 'long' })
  const away = at - now
  const size = Math.abs(away)
  if (size >= 2 * day) return format.format(Math.trunc(away / day), 'day')
  if (size >= hour) return format.format(Math.trunc(away / hour), 'hour')
  return format.format(Math.trunc(away / minute) || Math.sign(away) || 1, 'minute')
}
