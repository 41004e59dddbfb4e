import type { Context } from 'hono'
import type { FileReport } from '../../casework/file-report.ts'
import type { Office } from '../../casework/office.ts'
import { Refused } from '../../casework/refused.ts'
import { sealReport } from '../../casework/seal-report.ts'
import { limits } from '../../procedure/records.ts'
import { readTypedReport, type TypedReport } from '../../procedure/typed-report.ts'
import { mistakeIn } from '../../sealing/mistyped.ts'
import { receiptWords } from '../../sealing/receipt.ts'
import { drawWords } from '../../sealing/words.ts'
import type { Routes } from '../endpoint.ts'
import { problemOf, refusalOf } from '../problems.ts'
import { type InCommunity, inCommunity, mishapText } from './in-community.ts'
import { answerPage } from './page.ts'
import { readFields, readPlainForm } from './plain-form.ts'
import { receiptContent } from './receipt.ts'
import { blank, reportForm } from './report-form.ts'
import { carriedNames, plainReview } from './review.ts'
import type { SiteSettings } from './view.ts'

/** Reports that the server seals, from one place in a minute: nobody who has none of this in mind ever meets it. */
const mostPlain = 60

/**
 * The report (C). With JavaScript the browser seals and sends it through the API. Without, the same form is read
 * over on a page of its own, sealed by the server in memory, and filed; nothing is kept between the pages.
 */
export function addReportPages(
  routes: Routes,
  office: Office,
  site: SiteSettings,
  fileReport: FileReport,
): void {
  routes.page(
    'get',
    '/:community/report',
    'anybody',
    inCommunity(office, site, (c, view) => answerForm(c, view, null)),
  )

  routes.page(
    'post',
    '/:community/report',
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const typed = await readFields(c)
      const read = readTyped(view, typed)
      if (read.problems.length > 0) return answerForm(c, view, { typed, read })
      return answerReview(c, view, typed, read, drawWords(receiptWords).join(' '), null)
    }),
  )

  routes.page(
    'post',
    '/:community/report/change',
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const typed = await readFields(c)
      return answerForm(c, view, { typed, read: { ...readTyped(view, typed), problems: [] } })
    }),
  )

  routes.page(
    'post',
    '/:community/report/send',
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const form = await readPlainForm(c)
      const typed = form.fields
      const read = readTyped(view, typed)
      const given = typed.get('code') ?? ''
      const code = mistakeIn(given, receiptWords) === null ? given : drawWords(receiptWords).join(' ')
      try {
        if (!site.admits(c, 'plain-reports', mostPlain)) throw new Refused('too-many')
        if (read.problems.length > 0) return answerForm(c, view, { typed, read })
        const filed = await sealReport(
          office,
          fileReport,
          {
            community: view.community.shortName,
            report: read.report,
            notice: read.notice,
            language: view.language,
            code,
          },
          form.files,
        )
        return answerPage(c, view, {
          title: view.t('receipt.title'),
          content: receiptContent(view, {
            code,
            answerBy: view.when(filed.acknowledgeBy),
            everybody: isEverybody(view, read),
          }),
        })
      } catch (error) {
        await form.drain()
        const { code: refused } = refusalOf(error)
        if (refused === 'server-error') site.failed(error, c.req.routePath)
        return answerReview(
          c,
          view,
          typed,
          read,
          code,
          sendingProblem(view, error),
          problemOf(refusalOf(error)).status,
        )
      }
    }),
  )
}

const readTyped = ({ community }: InCommunity, typed: URLSearchParams): TypedReport =>
  readTypedReport(
    typed,
    community.members.map(({ id }) => id),
  )

const isEverybody = ({ community }: InCommunity, { report }: TypedReport): boolean =>
  community.members.length > 0 && report.involved?.length === community.members.length

function answerForm(
  c: Context,
  view: InCommunity,
  filled: { typed: URLSearchParams; read: TypedReport } | null,
): Promise<Response> {
  const content = reportForm(
    view,
    filled === null
      ? blank(view)
      : { typed: filled.typed, report: filled.read.report, problems: filled.read.problems },
  )
  const status = filled !== null && filled.read.problems.length > 0 ? 422 : 200
  return answerPage(c, view, { title: view.t('form.title'), content, script: 'report' }, status)
}

function answerReview(
  c: Context,
  view: InCommunity,
  typed: URLSearchParams,
  read: TypedReport,
  code: string,
  problem: string | null,
  status = 200,
): Promise<Response> {
  const carried = [...typed].filter(([name, value]) => carriedNames.has(name) && value !== '')
  return answerPage(
    c,
    view,
    {
      title: view.t('review.title'),
      content: plainReview(view, read.report, read.notice, { typed: carried, code }, problem),
    },
    status,
  )
}

function sendingProblem(view: InCommunity, error: unknown): string {
  if (error instanceof Refused && error.code === 'file-limit')
    return `${view.t('error.files', { files: limits.files, megabytes: limits.fileBytes / 1024 / 1024 })} ${view.t('error.files-again')}`
  return `${mishapText(view, error)} ${view.t('error.files-again')}`
}
