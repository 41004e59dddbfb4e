import { type QueryClient, queryOptions } from '@tanstack/react-query'
import { path } from '../api/client.ts'
import type { CaseView, DirectoryAnswer, LogLine, Playbook } from '../api/shapes.ts'
import type { Desk } from '../desk.tsx'
import type { HeldKeys } from '../keys/held.ts'
import { type CheckedDirectory, checkDirectory } from '../keys/pins.ts'
import { type OpenedCase, openCase } from './open-case.ts'

/** A community's key directory, verified in this browser. */
export const directoryQuery = ({ api, pins }: Desk, community: { id: string; shortName: string }) =>
  queryOptions({
    queryKey: ['directory', community.shortName],
    queryFn: async (): Promise<CheckedDirectory> => {
      const { entries } = await api.get<DirectoryAnswer>(path`/communities/${community.shortName}/directory`)
      return checkDirectory(community.id, entries, pins)
    },
    staleTime: 60_000,
    structuralSharing: false,
  })

/** A case and everything it was checked against. */
export interface CaseAtHand {
  readonly opened: OpenedCase
  readonly directory: CheckedDirectory
}

/** A case, opened and verified. What is opened is forgotten soon after it is left. */
export const caseQuery = (desk: Desk, queries: QueryClient, { keyring }: HeldKeys, id: string) =>
  queryOptions({
    queryKey: ['case', id],
    queryFn: async (): Promise<CaseAtHand> => {
      const view = await desk.api.get<CaseView>(path`/cases/${id}`)
      const directory = await queries.ensureQueryData(directoryQuery(desk, view.community))
      const opened = await openCase(view, keyring, directory)
      if (!missesAuthor(opened)) return { opened, directory }
      // Somebody who entered since the directory was read has written: read it again before doubting them.
      const newer = await queries.fetchQuery({ ...directoryQuery(desk, view.community), staleTime: 0 })
      return { opened: await openCase(view, keyring, newer), directory: newer }
    },
    structuralSharing: false,
    gcTime: 60_000,
  })

const missesAuthor = ({ records }: OpenedCase): boolean =>
  records.some(({ doubts, author }) => author?.who === 'member' && doubts.includes('author-unknown'))

/** Everything that was read or done in a case (N3), oldest first. */
export const logQuery = ({ api }: Desk, id: string) =>
  queryOptions({
    queryKey: ['case', id, 'log'],
    queryFn: () => api.get<readonly LogLine[]>(path`/cases/${id}/log`),
  })

/** The playbook of a community: its texts and times. */
export const playbookQuery = ({ api }: Desk, community: string) =>
  queryOptions({
    queryKey: ['playbook', community],
    queryFn: async () =>
      (await api.get<{ playbook: Playbook }>(path`/communities/${community}/playbook`)).playbook,
    staleTime: 60_000,
  })
