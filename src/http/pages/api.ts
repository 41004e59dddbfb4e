import { html } from 'hono/html'
import { Refused, refusals } from '../../casework/refused.ts'
import { problemWords } from '../../words/problems.ts'
import type { Routes } from '../endpoint.ts'
import { problemOf } from '../problems.ts'
import { answerPage, type Html } from './page.ts'
import { type SiteSettings, type View, viewOf } from './view.ts'

/** As much of an OpenAPI document as the page shows. */
interface Described {
  readonly paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> }
}

interface Operation {
  readonly summary?: string
  readonly description?: string
  readonly requestBody?: { readonly content?: Content }
  readonly responses?: Readonly<Record<string, { readonly content?: Content }>>
}

type Content = Readonly<Record<string, { readonly schema?: unknown }>>

/** `/docs/api`: the API for people, made from the same description that machines read. */
export function addApiPages(routes: Routes, site: SiteSettings): void {
  routes.page('get', '/docs/api', 'anybody', (c) => {
    const view = viewOf(c, site, null)
    const described = routes.app.getOpenAPI31Document({
      openapi: '3.1.0',
      info: { title: 'Bellwether', version: '1' },
    }) as unknown as Described
    return answerPage(c, view, {
      title: view.t('api.title'),
      wide: true,
      content: html`<h1>${view.t('api.title')}</h1>
<section><p>${view.t('api.intro')}</p><p><a href="/api/v1/openapi.json">openapi.json</a></p></section>
<section><h2>${view.t('api.routes')}</h2>${operations(view, described)}</section>
<section><h2>${view.t('api.schemas')}</h2>${schemas(described)}</section>
<section><h2>${view.t('api.problems')}</h2><p>${view.t('api.problems.text')}</p>${problems(view)}</section>`,
    })
  })
}

function operations(view: View, { paths = {} }: Described): Html {
  const list = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  return html`<div class="groups">${list.map(
    ({
      path,
      method,
      operation,
    }) => html`<details><summary><span><code><b>${method.toUpperCase()}</b> ${path}</code><br>${operation.summary ?? ''}</span></summary>
<div class="fields"><p class="soft">${operation.description ?? ''}</p>${body(view.t('api.sent'), operation.requestBody?.content)}${Object.entries(
      operation.responses ?? {},
    ).map(([status, answer]) => body(view.t('api.answered', { status }), answer.content))}</div></details>`,
  )}</div>`
}

function body(what: string, content: Content | undefined): Html {
  if (!content) return html`<p class="soft">${what}</p>`
  return html`${Object.entries(content).map(
    ([type, { schema }]) => html`<div><p class="soft">${what} <code>${type}</code></p>${json(schema)}</div>`,
  )}`
}

const json = (value: unknown): Html => html`<pre tabindex="0">${JSON.stringify(value, null, 2)}</pre>`

const schemas = ({ components }: Described): Html =>
  html`<div class="groups">${Object.entries(components?.schemas ?? {}).map(
    ([name, schema]) =>
      html`<details id="${name}"><summary><code>${name}</code></summary><div class="fields">${json(schema)}</div></details>`,
  )}</div>`

function problems({ language }: View): Html {
  return html`<dl class="said-list">${refusals.map((code) => {
    const { title, detail } = problemWords(code, {}, language)
    return html`<dt id="${code}"><code>${code}</code> · ${problemOf(new Refused(code)).status}</dt><dd>${title}. ${detail}</dd>`
  })}</dl>`
}
