/**
 * What a catalog is. English says which messages there are; every other language is checked against it by the
 * compiler, part by part, so that a missing or a surplus message does not compile.
 */
import type { alert } from './en/alert.ts'
import type { channels } from './en/channels.ts'
import type { conflicts } from './en/conflicts.ts'
import type { consoleApp } from './en/console.ts'
import type { deciding } from './en/deciding.ts'
import type { events } from './en/events.ts'
import type { mail } from './en/mail.ts'
import type { offline } from './en/offline.ts'
import type { procedure } from './en/procedure.ts'
import type { publicPages } from './en/public.ts'
import type { roster } from './en/roster.ts'
import type { shepherds } from './en/shepherds.ts'
import type { site } from './en/site.ts'
import type { taking } from './en/taking.ts'
import type { takingSite } from './en/taking-site.ts'

type Catalog<Part> = { readonly [Key in keyof Part]: string }

export type ProcedureWords = Catalog<typeof procedure>
export type PublicWords = Catalog<typeof publicPages>
export type SiteWords = Catalog<typeof site>
export type EventWords = Catalog<typeof events>
export type OfflineWords = Catalog<typeof offline>
export type MailWords = Catalog<typeof mail>
export type ConsoleWords = Catalog<typeof consoleApp>
export type AlertWords = Catalog<typeof alert>
export type RosterWords = Catalog<typeof roster>
export type TakingWords = Catalog<typeof taking>
export type TakingSiteWords = Catalog<typeof takingSite>
export type DecidingWords = Catalog<typeof deciding>
export type ShepherdWords = Catalog<typeof shepherds>
export type ConflictWords = Catalog<typeof conflicts>
export type ChannelWords = Catalog<typeof channels>

/** Every message of one language. */
export type Words = ProcedureWords &
  PublicWords &
  SiteWords &
  MailWords &
  ConsoleWords &
  AlertWords &
  ChannelWords &
  RosterWords &
  EventWords &
  OfflineWords &
  TakingWords &
  TakingSiteWords &
  ShepherdWords &
  DecidingWords &
  ConflictWords
export type WordKey = keyof Words
