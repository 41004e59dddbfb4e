import { objectionEndsAt } from '../../procedure/deadlines.ts'
import { fillTemplate, type Language, type Placeholder, type Playbook } from '../../procedure/playbook.ts'
import type { MessageKey } from '../../procedure/records.ts'
import { dayOf } from '../when.ts'
import type { OpenedCase } from './open-case.ts'

/** A message to begin with: the template, filled as far as the software knows. */
export interface MessageDraft {
  readonly text: string
  /** Placeholders that are still in it, for the writer to replace. */
  readonly open: readonly string[]
}

/**
 * Fills a message's template from the case.
 *
 * @param member - name of whoever writes.
 * @param shepherd - name of the shepherd; null: there is none.
 * @param now - epoch milliseconds.
 * @param language - of the reporter.
 * @param more - what else is known, by placeholder.
 */
export function draftMessage(
  key: MessageKey,
  { view }: OpenedCase,
  playbook: Playbook,
  {
    member,
    shepherd,
    language,
    now,
  }: {
    readonly member: string
    readonly shepherd: string | null
    readonly language: Language
    readonly now: number
  },
  more: Partial<Readonly<Record<Placeholder, string>>> = {},
): MessageDraft {
  const filled = fillTemplate(key, playbook.messages[language][key], {
    community: view.community.name,
    member,
    ...(shepherd === null ? {} : { shepherd }),
    objectionEnds: dayOf(
      objectionEndsAt(now, view.community.timeZone, playbook),
      view.community.timeZone,
      language,
    ),
    resolveBy: dayOf(view.delayedTo ?? view.times.resolveBy, view.community.timeZone, language),
    case: view.codeName,
    ...more,
  })
  // A template with placeholders nobody knows was refused when it was saved.
  return filled.ok ? { text: filled.body, open: filled.open } : { text: '', open: [] }
}
