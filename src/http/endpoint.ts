import { createRoute, OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Office } from '../casework/office.ts'
import { Refused } from '../casework/refused.ts'
import { type Env, type GuardSettings, guard } from './guard.ts'
import { answerProblem } from './problems.ts'
import type { Audience } from './visitor.ts'

type Shape = z.ZodObject | undefined
type Read<S> = S extends z.ZodType ? z.output<S> : undefined

/** A route of the API: its address, who may call it, and the schemas of what goes in and out. */
export interface Endpoint<
  P extends Shape,
  Q extends Shape,
  B extends z.ZodType | undefined,
  A extends z.ZodType | undefined,
> {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** With parameters in braces: `/cases/{case}`. */
  readonly path: string
  readonly who: Audience
  /** One line for the API's page. */
  readonly summary: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** None: the handler makes its own response (bytes, events) or the answer is empty (204). */
  readonly answer?: A
  readonly status?: 200 | 201 | 202
}

export interface Given<P, Q, B> {
  readonly params: Read<P>
  readonly query: Read<Q>
  readonly body: Read<B>
  readonly c: Context<Env>
}

/** Where routes are registered: nothing answers that did not pass through here and so through the guard. */
export interface Routes {
  readonly app: OpenAPIHono<Env>
  /** Every route with its audience, for the routes × roles test. */
  readonly list: { readonly method: string; readonly path: string; readonly who: Audience }[]
  /** Adds a route of the API. What the handler returns is the answer's JSON; null answers 204. */
  endpoint<
    P extends Shape,
    Q extends Shape,
    B extends z.ZodType | undefined,
    A extends z.ZodType | undefined,
  >(
    spec: Endpoint<P, Q, B, A>,
    handle: (given: Given<P, Q, B>) => Promise<A extends z.ZodType ? z.input<A> | Response : Response | null>,
  ): void
  /** Adds a page or a file; the handler makes the response. */
  page(
    method: 'get' | 'post',
    path: string,
    who: Audience,
    handle: (c: Context<Env>) => Promise<Response> | Response,
  ): void
}

const problemSchema = z
  .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string(), code: z.string() })
  .openapi('Problem', { description: 'RFC 9457 problem details' })

/** Makes an empty table of routes. */
export function makeRoutes(office: Office, settings: GuardSettings): Routes {
  const app = new OpenAPIHono<Env>({
    defaultHook: (result, c) => {
      if (result.success) return undefined
      const [issue] = result.error.issues
      return answerProblem(
        c,
        new Refused('invalid-input', {
          field: issue?.path.join('.') ?? '',
          reason: issue?.message ?? 'invalid',
        }),
      )
    },
  })
  const list: { method: string; path: string; who: Audience }[] = []
  return {
    app,
    list,
    endpoint(spec, handle) {
      const { method, who, summary, params, query, body, answer, status = 200 } = spec
      const path = `/api/v1${spec.path}`
      list.push({ method, path, who })
      const request: RouteConfig['request'] = {}
      if (params) request.params = params
      if (query) request.query = query
      if (body) request.body = { required: true, content: { 'application/json': { schema: body } } }
      const route = createRoute({
        method,
        path,
        summary,
        description: `Who may call it: ${who}.`,
        request,
        middleware: guard(who, office, settings),
        responses: {
          [answer ? status : 204]: answer
            ? { description: 'Done', content: { 'application/json': { schema: answer } } }
            : { description: 'Done, or a stream' },
          default: {
            description: 'Refused',
            content: { 'application/problem+json': { schema: problemSchema } },
          },
        },
      })
      app.openapi(route, (async (c: Context<Env>) => {
        const valid = c.req.valid.bind(c.req) as (target: string) => unknown
        const given = {
          params: params && valid('param'),
          query: query && valid('query'),
          body: body && valid('json'),
          c,
        }
        const answered = await handle(given as never)
        if (answered instanceof Response) return answered
        c.header('cache-control', 'no-store')
        return answered === null ? c.body(null, 204) : c.json(answered as object, status)
      }) as never)
    },
    page(method, path, who, handle) {
      list.push({ method, path, who })
      app.on(method.toUpperCase(), [path], guard(who, office, settings), (c) => handle(c))
    },
  }
}
