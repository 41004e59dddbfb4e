/** The frame of every public page, and how a page is answered. */

import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { encodings } from './assets.ts'
import type { View } from './view.ts'

/** A piece of a page, escaped already. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** What a page puts into the frame. */
export interface Page {
  /** For the browser's tab. */
  readonly title: string
  readonly content: Html
  /** The page's own script beyond the one every page has. */
  readonly script?: 'report' | 'mailbox' | 'alert' | 'alert-live' | 'take'
  /** The page's own stylesheet beyond the one every page has. */
  readonly style?: 'poster'
  /** Seconds after which a browser without JavaScript fetches it again. */
  readonly renew?: number
  /** A wider column: for reading rather than answering. */
  readonly wide?: boolean
}

const compress = promisify(brotliCompress)
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/**
 * Answers with a page.
 *
 * @param status - 200 unless the page tells of a mistake.
 */
export async function answerPage(c: Context, view: View, page: Page, status = 200): Promise<Response> {
  const text = String(await framed(view, page))
  const headers: Record<string, string> = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-language': view.language,
    vary: 'accept-encoding, accept-language',
  }
  if (!encodings(c).has('br')) return c.body(text, status as 200, headers)
  const bytes = new Uint8Array(await compress(text, quick))
  return c.body(bytes, status as 200, { ...headers, 'content-encoding': 'br' })
}

function framed(view: View, { title, content, script, style, renew, wide }: Page): Html {
  const { t, site, community, inside } = view
  const name = community?.name ?? 'Bellwether'
  const full = t('page.title', { page: title, community: name })
  const scripts = ['page', ...(script ? [script] : [])].map((one) => `src/site/${one}.entry.ts`)
  return html`<!doctype html>
<html lang="${view.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${full}</title>
<link rel="stylesheet" href="${site.assets.address('src/site/site.css')}">
${
  style
    ? html`<link rel="stylesheet" href="${site.assets.address(`src/site/${style}.css`)}">
`
    : ''
}<noscript><link rel="stylesheet" href="${site.assets.address('src/site/no-script.css')}">${renew === undefined ? '' : html`<meta http-equiv="refresh" content="${renew}">`}</noscript>
<link rel="icon" href="/icon.svg">
${scripts.map(
  (one) => html`<script type="module" src="${site.assets.address(one)}"></script>
${site.assets.needs(one).map(
  (address) => html`<link rel="modulepreload" href="${address}">
`,
)}`,
)}</head>
<body${community ? html` data-offline="${inside('offline')}" data-build="${site.assets.build}"` : ''}>
<a class="skip" href="#main">${t('page.skip')}</a>
${notices(view)}
<header class="top">
${community ? html`<a class="name" href="${inside('')}">${name}</a>` : html`<span class="name">${name}</span>`}
<a class="leave" href="${t('page.leave.address')}" rel="noreferrer noopener nofollow" data-leave title="${t('page.leave.hint')}">${t('page.leave')}</a>
</header>
<main id="main"${wide ? html` class="wide"` : ''}>
${content}
</main>
${footer(view)}
</body>
</html>
`
}

function notices({ t, site, community, offlineCopy }: View): Html {
  return html`${offlineCopy ? html`<p class="notice">${t('offline.notice', { kept: '{kept}' })}</p>` : ''}${community?.demo ? html`<p class="notice">${t('page.demo')}</p>` : ''}${
    site.testClock ? html`<p class="notice">${t('page.test-clock')}</p>` : ''
  }`
}

function footer({ t, community, inside, elsewhere }: View): Html {
  const conduct = community?.playbook.codeOfConduct
  return html`<footer class="bottom"><nav>
${community ? html`<a href="${inside('guide')}">${t('home.guide')}</a>` : ''}
${conduct ? html`<a href="${conduct}" rel="noreferrer noopener">${t('page.code-of-conduct')}</a>` : ''}
${elsewhere.map(
  ({ language, name, address }) =>
    html`<a href="${address}" hreflang="${language}" lang="${language}">${name}</a>`,
)}
</nav></footer>`
}

/** A page with one sentence about what went wrong, and a way on. */
export function mishap(view: View, title: string, text: string): Page {
  const { t, community, inside, to } = view
  return {
    title,
    content: html`<h1>${title}</h1><p>${text}</p>
<p><a class="quiet" href="${community ? inside('') : to('/')}">${t('page.back')}</a></p>`,
  }
}
