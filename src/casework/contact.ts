import { z } from 'zod'

/** How a community can be reached outside Bellwether. Shown publicly. */
export const Contact = z.object({
  /** The conduct address people know. */
  email: z.email().max(254).nullable().default(null),
  /** Where to turn when everybody on the committee is involved (J4). */
  organizersEmail: z.email().max(254).nullable().default(null),
  /** A number of the community's own, shown where nobody can be alerted (D3). */
  phone: z.string().max(40).nullable().default(null),
})
export type Contact = z.infer<typeof Contact>
