/** An instant (epoch milliseconds) in the community's zone, in words, naming the zone. */
export const timeIn = (instant: number, timeZone: string): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(instant)

/** `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm` in words. It names no zone, since it was typed without one. */
export const wallClock = (text: string): string =>
  new Date(text.includes('T') ? `${text}Z` : `${text}T00:00Z`).toLocaleString(document.documentElement.lang, {
    dateStyle: 'medium',
    ...(text.includes('T') ? { timeStyle: 'short' } : {}),
    timeZone: 'UTC',
  })

/** An instant (epoch milliseconds) as a time of the day, in a zone. */
export const timeOfDay = (instant: number, timeZone: string): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  }).format(instant)
