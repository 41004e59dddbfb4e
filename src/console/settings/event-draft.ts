import type { EventLine } from '../api/shapes.ts'
import { isShortName } from '../set-up/community-names.ts'

/** An event as it is typed: every field a text, empty where nothing is said. */
export type EventDraft = Readonly<
  Record<
    | 'slug'
    | 'name'
    | 'place'
    | 'address'
    | 'from'
    | 'to'
    | 'emergency'
    | 'security'
    | 'nonEmergency'
    | 'committee'
    | 'primary'
    | 'secondary',
    string
  >
>

/** A draft of an event; of a new one, if there is none, on a day (`YYYY-MM-DD`). */
export const draftOf = (event: EventLine | null, today: string): EventDraft => ({
  slug: event?.slug ?? '',
  name: event?.name ?? '',
  place: event?.place ?? '',
  address: event?.address.join('\n') ?? '',
  from: event?.from ?? today,
  to: event?.to ?? today,
  emergency: event?.phones.emergency ?? '',
  security: event?.phones.security ?? '',
  nonEmergency: event?.phones.nonEmergency ?? '',
  committee: event?.phones.committee ?? '',
  primary: event?.primary ?? '',
  secondary: event?.secondary ?? '',
})

const said = (text: string): string | null => text.trim() || null

/** What the API takes for a draft. */
export const eventOf = (draft: EventDraft) => ({
  slug: draft.slug.trim(),
  name: draft.name.trim(),
  place: said(draft.place),
  address: draft.address.split('\n').flatMap((line) => said(line) ?? []),
  from: draft.from,
  to: draft.to,
  phones: {
    emergency: said(draft.emergency),
    security: said(draft.security),
    nonEmergency: said(draft.nonEmergency),
    committee: said(draft.committee),
  },
  primary: said(draft.primary),
  secondary: draft.primary === '' ? null : said(draft.secondary),
})

/** Whether a text can be an event's place in addresses. */
export const isSlug = (text: string): boolean => isShortName(text.trim()) && text.trim() !== 'none'
