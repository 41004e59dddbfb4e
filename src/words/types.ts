/**
 * What a catalog is. English says which messages there are; every other language is checked against it by the
 * compiler, part by part, so that a missing or a surplus message does not compile.
 */
import type { channels } from './en/channels.ts'
import type { consoleApp } from './en/console.ts'
import type { mail } from './en/mail.ts'
import type { procedure } from './en/procedure.ts'
import type { publicPages } from './en/public.ts'
import type { site } from './en/site.ts'

type Catalog<Part> = { readonly [Key in keyof Part]: string }

export type ProcedureWords = Catalog<typeof procedure>
export type PublicWords = Catalog<typeof publicPages>
export type SiteWords = Catalog<typeof site>
export type MailWords = Catalog<typeof mail>
export type ConsoleWords = Catalog<typeof consoleApp>
export type ChannelWords = Catalog<typeof channels>

/** Every message of one language. */
export type Words = ProcedureWords & PublicWords & SiteWords & MailWords & ConsoleWords & ChannelWords
export type WordKey = keyof Words
