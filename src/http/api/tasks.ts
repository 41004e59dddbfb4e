import { z } from '@hono/zod-openapi'
import type { Office } from '../../casework/office.ts'
import { Refused } from '../../casework/refused.ts'
import { addTask, finishTask, tasksOf } from '../../casework/tasks.ts'
import { toBase64 } from '../../sealing/bytes.ts'
import type { Routes } from '../endpoint.ts'
import { accountOf, memberOf } from '../visitor.ts'
import { sealedOut } from './case-shapes.ts'
import { id, idempotencyKey, instant, sealed, shortName } from './shapes.ts'

const wordsLimit = 64 * 1024

const tasks = z
  .array(
    z.object({
      id,
      community: shortName,
      case: z.object({ id, codeName: z.string() }).nullable(),
      dueAt: instant,
      createdAt: instant,
      sealed: sealedOut.nullable(),
    }),
  )
  .openapi('Tasks')

/** What somebody is to do. */
export type TasksAnswer = z.infer<typeof tasks>

const body = z.object({ id, dueAt: instant, sealed: sealed(wordsLimit).nullable() })

/** What members are to do and are reminded of (B4, E3). */
export function addTaskRoutes(routes: Routes, office: Office): void {
  routes.endpoint(
    {
      method: 'get',
      path: '/tasks',
      who: 'account',
      summary: 'What is open: my own tasks, and cases of mine whose reporter waits for something',
      answer: tasks,
    },
    async ({ c }) => {
      const found = await tasksOf(office, accountOf(c.get('visitor')).id)
      return found.map((task) => ({ ...task, sealed: task.sealed && toBase64(task.sealed) }))
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/communities/{community}/tasks',
      who: 'committee',
      summary: 'Put something on my own list, with a reminder until it is done (E3)',
      params: z.object({ community: shortName }),
      body,
    },
    async ({ body: task, c }) => {
      const key = idempotencyKey(c.req.header('idempotency-key'))
      if (!key) throw new Refused('key-missing')
      await addTask(office, memberOf(c.get('visitor')), { ...task, key })
      return null
    },
  )

  routes.endpoint(
    {
      method: 'post',
      path: '/tasks/{task}/done',
      who: 'account',
      summary: 'Take something off my own list',
      params: z.object({ task: id }),
    },
    async ({ params, c }) => {
      await finishTask(office, accountOf(c.get('visitor')).id, params.task)
      return null
    },
  )
}
