import { join } from 'node:path'
import type { Hono } from 'hono'
import type { Logger } from 'pino'
import { reportFiler } from '../casework/file-report.ts'
import type { Office } from '../casework/office.ts'
import { Refused } from '../casework/refused.ts'
import { partSize } from '../sealing/parts.ts'
import { addAlertRoutes } from './api/alerts.ts'
import { addCaseRoutes } from './api/cases.ts'
import { addChannelRoutes } from './api/channels.ts'
import { addCommunityRoutes } from './api/communities.ts'
import { addConflictRoutes } from './api/conflicts.ts'
import { addDecisionRoutes } from './api/decisions.ts'
import { addDirectoryRoutes } from './api/directory.ts'
import { addEventRoutes } from './api/events.ts'
import { addInvitationRoutes } from './api/invitations.ts'
import { addLogRoutes } from './api/logs.ts'
import { addMailRoutes } from './api/mail.ts'
import { addMailboxRoutes } from './api/mailbox.ts'
import { addMemberRoutes } from './api/members.ts'
import { addMotionRoutes } from './api/motions.ts'
import { addOutgoingRoutes } from './api/outgoing.ts'
import { addReportRoutes } from './api/reports.ts'
import { addRosterRoutes } from './api/roster.ts'
import { addSessionRoutes } from './api/session.ts'
import { addSessionsRoutes } from './api/sessions.ts'
import { addSetUpRoutes } from './api/set-up.ts'
import { addSettingsRoutes } from './api/settings.ts'
import { addShepherdRoutes } from './api/shepherds.ts'
import { addTaskRoutes } from './api/tasks.ts'
import { addTestClockRoute } from './api/test-clock.ts'
import { addUnlockerRoutes } from './api/unlockers.ts'
import { addUploadRoutes } from './api/uploads.ts'
import { limitBody } from './body.ts'
import { addCalendarRoutes } from './calendar.ts'
import { makeRoutes, type Routes } from './endpoint.ts'
import type { Env, GuardSettings } from './guard.ts'
import { securityHeaders } from './headers.ts'
import { addHealthRoutes, makeMeter, type Readiness } from './health.ts'
import { addLiveRoutes } from './live.ts'
import { addConsolePages } from './pages/console.ts'
import { addSitePages, answerNowhere, type SiteParts } from './pages/site.ts'
import { answerProblem, refusalOf } from './problems.ts'
import { makeLimiter, mostAlerts } from './rate.ts'

export interface AppSettings extends GuardSettings {
  readonly trustProxy: boolean
  /** Origin of the links we make. */
  readonly publicUrl: () => string
  readonly dataDir: string
  readonly mailConfigured: boolean
  readonly log: Logger
  readonly readiness: Readiness
  /** What the public pages are made with; null: the API alone. */
  readonly site: SiteParts | null
  /** With `--test-clock`: sets the time and runs what became due. */
  readonly moveClock: ((now: number) => Promise<void>) | null
}

/** The whole web application, and the list of its routes with who may call them. */
export interface App {
  readonly fetch: Hono<Env>['fetch']
  readonly request: Hono<Env>['request']
  readonly routes: Routes['list']
  /** Ends what would never end by itself: live event streams. */
  close(): void
}

const smallBody = 1024 * 1024
const reportBody = 6 * 1024 * 1024

const mostBytes = (path: string): number => {
  if (/^\/api\/v1\/uploads\/[^/]+\/parts\/[^/]+$/.test(path)) return partSize
  return /^\/api\/v1\/communities\/[^/]+\/(reports|logs)$/.test(path) ? reportBody : smallBody
}

/** Puts every route together. Nothing answers that is not registered here. */
export function makeApp(office: Office, settings: AppSettings): App {
  const routes = makeRoutes(office, settings)
  const { app } = routes
  const meter = makeMeter()
  const limiter = makeLimiter(office.clock, settings.trustProxy)
  app.use(securityHeaders(settings.secure))
  app.use(meter.count)
  app.use('/api/v1/*', limitBody(mostBytes))
  app.on('POST', '/api/v1/communities/:community/reports', limiter.limit('reports', 60))
  app.on('POST', '/api/v1/communities/:community/uploads', limiter.limit('uploads', 120))
  app.on('POST', '/api/v1/communities/:community/alerts', limiter.limit('alerts', mostAlerts))

  const fileReport = reportFiler(office)
  addHealthRoutes(routes, office, meter, settings.readiness)
  addCommunityRoutes(routes, office)
  addUploadRoutes(routes, office)
  addReportRoutes(routes, office, fileReport)
  addMailboxRoutes(routes, office)
  addCaseRoutes(routes, office)
  addShepherdRoutes(routes, office)
  addDecisionRoutes(routes, office)
  addMotionRoutes(routes, office)
  addOutgoingRoutes(routes, office)
  addConflictRoutes(routes, office)
  addAlertRoutes(routes, office)
  const live = addLiveRoutes(routes, office)
  const place = { origin: () => new URL(settings.publicUrl()).origin }
  addSetUpRoutes(routes, office, settings, place)
  addSessionRoutes(routes, office, settings, place)
  addSessionsRoutes(routes, office)
  addUnlockerRoutes(routes, office, place)
  addInvitationRoutes(routes, office, settings, place)
  addMemberRoutes(routes, office)
  addDirectoryRoutes(routes, office)
  addRosterRoutes(routes, office)
  addCalendarRoutes(routes, office)
  addEventRoutes(routes, office)
  addLogRoutes(routes, fileReport)
  addTaskRoutes(routes, office)
  const configured = settings.mailConfigured
  addSettingsRoutes(routes, office, {
    configured,
    folder: configured ? null : join(settings.dataDir, 'mail'),
    calls: office.hasMail,
  })
  addMailRoutes(routes, office, { configured })
  addChannelRoutes(routes, office)
  if (settings.moveClock) addTestClockRoute(routes, settings.moveClock)

  routes.app.doc31('/api/v1/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Bellwether', version: '1', license: { name: 'AGPL-3.0-or-later' } },
  })
  // The stack tells where, never what: messages of libraries may quote input.
  const failed = (error: unknown, route: string) =>
    settings.log.error({ at: stackOf(error), route }, 'failed')
  const site = settings.site && {
    ...settings.site,
    origin: settings.publicUrl,
    now: office.clock.now,
    testClock: settings.testClock,
    admits: limiter.admits,
    failed,
  }
  if (site) {
    addConsolePages(routes, { assets: site.assets, now: office.clock.now, testClock: settings.testClock })
    addSitePages(routes, office, fileReport, site, settings)
  }
  app.notFound((c) =>
    site && !c.req.path.startsWith('/api/')
      ? answerNowhere(c, site)
      : answerProblem(c, new Refused('not-found')),
  )
  app.onError((error, c) => {
    const refused = refusalOf(error)
    if (refused.code === 'server-error') failed(error, c.req.routePath)
    // A person reads it, not a program.
    const isPage = c.req.header('accept')?.includes('text/html') && !c.req.path.startsWith('/api/')
    if (site && isPage && refused.code === 'not-found') return answerNowhere(c, site)
    return answerProblem(c, refused)
  })
  return { fetch: app.fetch, request: app.request, routes: routes.list, close: () => live.close() }
}

const stackOf = (error: unknown): string | undefined =>
  (error as Error | null)?.stack
    ?.split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 8)
    .join('\n')
