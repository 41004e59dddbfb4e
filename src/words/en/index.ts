/** Everything in English, for the server and the console. Browser code of the public pages imports only `site.ts`. */
import { channels } from './channels.ts'
import { consoleApp } from './console.ts'
import { mail } from './mail.ts'
import { procedure } from './procedure.ts'
import { publicPages } from './public.ts'
import { site } from './site.ts'

export const en = { ...procedure, ...publicPages, ...site, ...mail, ...consoleApp, ...channels } as const
