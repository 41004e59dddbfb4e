import type { Context } from 'hono'
import type { FileReport } from '../../casework/file-report.ts'
import type { Office } from '../../casework/office.ts'
import { Refused } from '../../casework/refused.ts'
import { reportOfRaised } from '../../casework/report-of-raised.ts'
import { sealReport } from '../../casework/seal-report.ts'
import { limits } from '../../procedure/records.ts'
import type { ReportKind } from '../../procedure/report.ts'
import {
  alertInput,
  alertToken,
  codeInput,
  readTypedReport,
  type TypedReport,
} from '../../procedure/typed-report.ts'
import { mistakeIn } from '../../sealing/mistyped.ts'
import { receiptWords } from '../../sealing/receipt.ts'
import { drawWords } from '../../sealing/words.ts'
import type { WordKey } from '../../words/types.ts'
import type { Routes } from '../endpoint.ts'
import { problemOf, refusalOf } from '../problems.ts'
import { type InCommunity, inCommunity, mishapText } from './in-community.ts'
import { answerPage, type Html } from './page.ts'
import { readFields, readPlainForm } from './plain-form.ts'
import { receiptContent, type Shown } from './receipt.ts'
import { blank, type Filled, reportForm } from './report-form.ts'
import { carriedNames, plainReview } from './review.ts'
import { forTaker, takeForm, takenContent } from './take-form.ts'
import type { SiteSettings } from './view.ts'

/** Reports that the server seals, from one place in a minute: nobody who has none of this in mind ever meets it. */
const mostPlain = 60

/** What is different about a form and the pages that follow it. */
interface Form {
  /** Its place in a community; the pages that follow it are below. */
  readonly path: 'report' | 'take'
  readonly written: ReportKind
  readonly title: WordKey
  /** The view in the words of the form. */
  worded(view: InCommunity): InCommunity
  fields(view: InCommunity, filled: Filled): Html
  /** Whether the code that was drawn leads back to the report. */
  givesCode(typed: URLSearchParams): boolean
  received(view: InCommunity, shown: Shown, givesCode: boolean): { title: string; content: Html }
}

/** The report (C), by whom it is about. */
const own: Form = {
  path: 'report',
  written: 'own',
  title: 'form.title',
  worded: (view) => view,
  fields: reportForm,
  givesCode: () => true,
  received: (view, shown) => ({ title: view.t('receipt.title'), content: receiptContent(view, shown) }),
}

/** What another person says, by somebody who writes it down (B). */
const taken: Form = {
  path: 'take',
  written: 'taken',
  title: 'take.title',
  worded: forTaker,
  fields: takeForm,
  givesCode: (typed) => typed.get(codeInput) === 'yes',
  received: (view, { code }, givesCode) => ({
    title: view.t('take.kept.title'),
    content: takenContent(view, givesCode ? code : null),
  }),
}

/**
 * The report (C), and the same for whoever takes it from somebody (B). With JavaScript the browser seals and sends it
 * through the API. Without, the same form is read over on a page of its own, sealed by the server in memory, and
 * filed; nothing is kept between the pages.
 */
export function addReportPages(
  routes: Routes,
  office: Office,
  site: SiteSettings,
  fileReport: FileReport,
): void {
  for (const form of [own, taken]) addForm(routes, office, site, fileReport, form)
}

function addForm(
  routes: Routes,
  office: Office,
  site: SiteSettings,
  fileReport: FileReport,
  kind: Form,
): void {
  routes.page(
    'get',
    `/:community/${kind.path}`,
    'anybody',
    inCommunity(office, site, (c, view) => answerForm(c, kind, view, null)),
  )

  routes.page(
    'post',
    `/:community/${kind.path}`,
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const typed = await readFields(c)
      const read = readTyped(kind, view, typed)
      if (read.problems.length > 0) return answerForm(c, kind, view, { typed, read })
      return answerReview(c, kind, view, typed, read, drawWords(receiptWords).join(' '), null)
    }),
  )

  routes.page(
    'post',
    `/:community/${kind.path}/change`,
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const typed = await readFields(c)
      return answerForm(c, kind, view, { typed, read: { ...readTyped(kind, view, typed), problems: [] } })
    }),
  )

  routes.page(
    'post',
    `/:community/${kind.path}/send`,
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const form = await readPlainForm(c)
      const typed = form.fields
      const read = readTyped(kind, view, typed)
      const given = typed.get('code') ?? ''
      const code = mistakeIn(given, receiptWords) === null ? given : drawWords(receiptWords).join(' ')
      try {
        if (!site.admits(c, 'plain-reports', mostPlain)) throw new Refused('too-many')
        if (read.problems.length > 0) return answerForm(c, kind, view, { typed, read })
        const filed = await sealReport(
          office,
          fileReport,
          {
            community: view.community.shortName,
            report: read.report,
            notice: read.notice,
            language: view.language,
            code,
            ...(kind.written === 'taken' ? { taken: { giveCode: kind.givesCode(typed) } } : {}),
          },
          form.files,
        )
        const token = alertToken(typed.get(alertInput))
        if (token !== null)
          await reportOfRaised(office, { community: view.community.id, token, case: filed.case })
        const shown = {
          code,
          answerBy: view.when(filed.acknowledgeBy),
          everybody: isEverybody(view, read),
        }
        return answerPage(c, view, kind.received(view, shown, kind.givesCode(typed)))
      } catch (error) {
        await form.drain()
        const { code: refused } = refusalOf(error)
        if (refused === 'server-error') site.failed(error, c.req.routePath)
        return answerReview(
          c,
          kind,
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

const readTyped = ({ written }: Form, { community }: InCommunity, typed: URLSearchParams): TypedReport =>
  readTypedReport(
    typed,
    community.members.map(({ id }) => id),
    written,
  )

const isEverybody = ({ community }: InCommunity, { report }: TypedReport): boolean =>
  community.members.length > 0 && report.involved?.length === community.members.length

function answerForm(
  c: Context,
  kind: Form,
  view: InCommunity,
  filled: { typed: URLSearchParams; read: TypedReport } | null,
): Promise<Response> {
  const content = kind.fields(
    view,
    filled === null
      ? blank(view, alertToken(c.req.query(alertInput)))
      : { typed: filled.typed, report: filled.read.report, problems: filled.read.problems },
  )
  const status = filled !== null && filled.read.problems.length > 0 ? 422 : 200
  return answerPage(c, view, { title: view.t(kind.title), content, script: kind.path }, status)
}

function answerReview(
  c: Context,
  kind: Form,
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
      content: plainReview(
        kind.worded(view),
        read.report,
        read.notice,
        { typed: carried, code },
        problem,
        kind.path,
      ),
    },
    status,
  )
}

function sendingProblem(view: InCommunity, error: unknown): string {
  if (error instanceof Refused && error.code === 'file-limit')
    return `${view.t('error.files', { files: limits.files, megabytes: limits.fileBytes / 1024 / 1024 })} ${view.t('error.files-again')}`
  return `${mishapText(view, error)} ${view.t('error.files-again')}`
}
