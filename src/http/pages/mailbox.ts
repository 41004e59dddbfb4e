import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Office } from '../../casework/office.ts'
import { answerPlain, openMailbox, openMailboxFile } from '../../casework/open-mailbox.ts'
import { Refused } from '../../casework/refused.ts'
import { shepherdAnswers } from '../../procedure/records.ts'
import { newId } from '../../sealing/bytes.ts'
import { mistakeIn } from '../../sealing/mistyped.ts'
import { receiptWords } from '../../sealing/receipt.ts'
import type { Routes } from '../endpoint.ts'
import { problemOf, refusalOf } from '../problems.ts'
import { type InCommunity, inCommunity, mishapText } from './in-community.ts'
import { codeForm, mailboxTemplates, plainMailbox } from './mailbox-page.ts'
import { answerPage } from './page.ts'
import { readFields, readPlainForm } from './plain-form.ts'
import type { SiteSettings } from './view.ts'

/**
 * The mailbox behind a receipt code. With JavaScript the browser opens it itself. Without, the server opens it in
 * memory with the code that is posted with every page, and says that this is weaker.
 */
export function addMailboxPages(routes: Routes, office: Office, site: SiteSettings): void {
  routes.page(
    'get',
    '/:community/mailbox',
    'anybody',
    inCommunity(office, site, (c, view) => answerCodeForm(c, view, null)),
  )

  routes.page(
    'post',
    '/:community/mailbox',
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const code = (await readFields(c)).get('code') ?? ''
      return answerMailbox(c, view, office, code, null)
    }),
  )

  routes.page(
    'post',
    '/:community/mailbox/answer',
    'anybody',
    inCommunity(office, site, async (c, view) => {
      const { fields, files, drain } = await readPlainForm(c)
      const code = fields.get('code') ?? ''
      const text = (fields.get('text') ?? '').replace(/\r\n?/g, '\n').toWellFormed()
      const once = fields.get('once') ?? newId()
      const shepherd = shepherdAnswers.find((one) => one === fields.get('shepherd')) ?? null
      try {
        await answerPlain(office, { code, text, shepherd, once }, files)
        return await answerMailbox(c, view, office, code, { text: view.t('mailbox.sent'), bad: false })
      } catch (error) {
        await drain()
        if (error instanceof Refused && error.code === 'not-found')
          return answerCodeForm(c, view, codeProblem(view, code), code, 404)
        if (refusalOf(error).code === 'server-error') site.failed(error, c.req.routePath)
        return answerMailbox(c, view, office, code, { text: mishapText(view, error), bad: true }, error, text)
      }
    }),
  )

  routes.page(
    'post',
    '/:community/mailbox/file',
    'anybody',
    inCommunity(office, site, async (c) => {
      const fields = await readFields(c)
      const { name, bytes } = await openMailboxFile(
        office,
        fields.get('code') ?? '',
        fields.get('upload') ?? '',
      )
      // Never shown by the browser in our own origin, whatever it is.
      return c.body(new Uint8Array(bytes), 200, {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename*=UTF-8''${encoded(name)}`,
        'cache-control': 'no-store',
      })
    }),
  )
}

async function answerMailbox(
  c: Context,
  view: InCommunity,
  office: Office,
  code: string,
  note: { readonly text: string; readonly bad: boolean } | null,
  error: unknown = null,
  typed = '',
): Promise<Response> {
  try {
    const opened = await openMailbox(office, code)
    const shown = { code, once: newId(), now: office.clock.now(), typed }
    const status = error === null ? 200 : problemOf(refusalOf(error)).status
    return answerPage(
      c,
      view,
      { title: view.t('mailbox.title'), content: plainMailbox(view, opened, shown, note) },
      status,
    )
  } catch (failure) {
    if (!(failure instanceof Refused && failure.code === 'not-found')) throw failure
    return answerCodeForm(c, view, codeProblem(view, code), code, 404)
  }
}

function answerCodeForm(
  c: Context,
  view: InCommunity,
  problem: string | null,
  typed = '',
  status = 200,
): Promise<Response> {
  const content = html`${codeForm(view, problem, typed)}${mailboxTemplates(view)}`
  return answerPage(c, view, { title: view.t('mailbox.title'), content, script: 'mailbox' }, status)
}

/** What is likely wrong with a code that nothing was found for. */
function codeProblem({ t }: InCommunity, code: string): string {
  const mistake = mistakeIn(code, receiptWords)
  if (mistake?.what === 'word') return t('error.unknown-word', { word: mistake.word })
  if (mistake?.what === 'length')
    return t('error.code-length', { expected: receiptWords, found: mistake.found })
  return t('error.bad-code')
}

/** A file's name in a header (RFC 8187): what encodeURIComponent leaves is more than a header may hold. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)
