import { z } from '@hono/zod-openapi'
import type { Office } from '../../casework/office.ts'
import { directoryEntries } from '../../store/communities.ts'
import { directoryHead } from '../../store/directory.ts'
import type { Routes } from '../endpoint.ts'
import { memberOf } from '../visitor.ts'
import { hash, shortName, signedText } from './shapes.ts'

const directory = z.object({ entries: z.array(signedText), head: hash.nullable() }).openapi('Directory')

/** The key directory as members get it; their consoles verify it. */
export type DirectoryAnswer = z.infer<typeof directory>

/** The key directory of a community. */
export function addDirectoryRoutes(routes: Routes, { store }: Office): void {
  routes.endpoint(
    {
      method: 'get',
      path: '/communities/{community}/directory',
      who: 'member',
      summary: 'The signed key directory, oldest entry first',
      params: z.object({ community: shortName }),
      answer: directory,
    },
    async ({ c }) => {
      const { community } = memberOf(c.get('visitor'))
      // The head first: an entry that comes in between is in the list and not yet missed.
      const head = await directoryHead(store.db, community)
      return { entries: await directoryEntries(store.db, community), head }
    },
  )
}
