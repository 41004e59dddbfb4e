import { z } from '@hono/zod-openapi'

/** The name of an IANA time zone, spelt as the machine spells it. */
export const timeZone = z
  .string()
  .max(60)
  .transform((name, context) => {
    try {
      // An offset would do for Intl, and know no summer time.
      if (/^[A-Z]/i.test(name))
        return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    } catch {
      // Not known.
    }
    context.addIssue({ code: 'custom', message: 'is not a time zone, such as Europe/Madrid' })
    return z.NEVER
  })
  .openapi({ type: 'string', example: 'America/Chicago' })
