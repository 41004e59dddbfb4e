import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type Api, path } from '../api/client.ts'
import type { TaskLine } from '../api/shapes.ts'
import { useDesk, useOwnKeys } from '../desk.tsx'
import { Button } from '../pieces/button.tsx'
import { Mishap } from '../pieces/notice.tsx'
import { useSession } from '../sign-in/session.ts'
import { shortTime } from '../when.ts'
import { openTask } from './seal-task.ts'

/** What is open for whoever is signed in. */
const tasksQuery = (api: Api) =>
  queryOptions({
    queryKey: ['tasks'],
    queryFn: () => api.get<readonly TaskLine[]>('/tasks'),
    refetchInterval: 60_000,
  })

/** What a member is to do (E3), and the cases in which somebody waits for something (B4). Nothing while there is nothing. */
export function TaskList() {
  const { api, say } = useDesk()
  const tasks = useQuery(tasksQuery(api))
  if (!tasks.data || tasks.data.length === 0) return null
  return (
    <section className="tasks" aria-label={say('tasks.title')}>
      <h2>{say('tasks.title')}</h2>
      <ul>
        {tasks.data.map((task) => (
          <Task key={task.id} task={task} />
        ))}
      </ul>
    </section>
  )
}

function Task({ task }: { readonly task: TaskLine }) {
  const { api, say, now, language } = useDesk()
  const { keyring } = useOwnKeys()
  const { memberships } = useSession()
  const queries = useQueryClient()
  const { id, dueAt, sealed } = task
  const words = useQuery({
    queryKey: ['task', id],
    queryFn: () => openTask(sealed as string, id, keyring),
    enabled: sealed !== null,
    gcTime: 60_000,
  })
  const finishing = useMutation({
    mutationFn: () => api.send('POST', path`/tasks/${id}/done`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['tasks'] }),
  })
  const zone =
    memberships.find(({ community }) => community.shortName === task.community)?.community.timeZone ?? 'UTC'
  const time = shortTime(dueAt, now(), zone, language)
  const due = (
    <span className={dueAt < now() ? 'due-late small' : 'soft small'}>
      {say(dueAt < now() ? 'tasks.late' : 'tasks.due', { time })}
    </span>
  )
  if (task.case !== null)
    return (
      <li>
        <Link to="/console/cases/$case" params={{ case: task.case.id }} className="big-link">
          {say('tasks.case', { codeName: task.case.codeName })}
        </Link>{' '}
        {due}
      </li>
    )
  const what = say('tasks.speak')
  return (
    <li>
      <p>
        <b>{what}</b> {due}
      </p>
      {words.data && <p className="words small">{words.data}</p>}
      <Button
        aria-label={say('tasks.done.named', { what })}
        isPending={finishing.isPending}
        onPress={() => finishing.mutate()}
      >
        {say('tasks.done')}
      </Button>
      <Mishap error={finishing.error} />
    </li>
  )
}
