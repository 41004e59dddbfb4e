/** Whether a text can be a community's short name: 2 to 40 lower-case letters, digits and inner hyphens. */
export const isShortName = (text: string): boolean => /^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$/.test(text)

/** A short name to begin with, from a community's name: `Chicago Python (ChiPy)` gives `chicago-python-chipy`. */
export const shortNameFrom = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '')

/** Whether a text looks like a mail address; whether it works, a test message shows. */
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(text.trim())

/** Every time zone the browser knows (IANA), with `current` among them. */
export function timeZones(current: string): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return known.includes(current) ? known : [current, ...known]
}
