/** Everything in English, for the server and the console. Browser code of the public pages imports only `site.ts`. */
import { alert } from './alert.ts'
import { channels } from './channels.ts'
import { conflicts } from './conflicts.ts'
import { consoleApp } from './console.ts'
import { deciding } from './deciding.ts'
import { events } from './events.ts'
import { mail } from './mail.ts'
import { offline } from './offline.ts'
import { procedure } from './procedure.ts'
import { publicPages } from './public.ts'
import { roster } from './roster.ts'
import { shepherds } from './shepherds.ts'
import { site } from './site.ts'
import { taking } from './taking.ts'
import { takingSite } from './taking-site.ts'

export const en = {
  ...procedure,
  ...publicPages,
  ...site,
  ...mail,
  ...consoleApp,
  ...alert,
  ...channels,
  ...roster,
  ...events,
  ...offline,
  ...taking,
  ...takingSite,
  ...shepherds,
  ...deciding,
  ...conflicts,
} as const
