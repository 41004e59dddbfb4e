import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { loadServerKey } from '../../src/casework/server-key.ts'
import { systemClock } from '../../src/clock.ts'
import { openStore } from '../../src/store/open.ts'
import { foundCommunity } from '../support/community.ts'
import { sealedReport } from '../support/report.ts'
import { bodyOf } from '../support/submission.ts'
import type { Job, Outcome } from './load.ts'

const committee = ['Ada', 'Bo', 'Cy', 'Dee', 'Eli', 'Fay', 'Gus', 'Hal']

/** Founds a community of eight, and seals reports of 2 kB to it as browsers would. */
export async function sealReports(
  dataDir: string,
  databaseUrl: string | undefined,
): Promise<Pick<Job, 'bodies' | 'fresh' | 'path'>> {
  const store = await openStore(databaseUrl, dataDir)
  const office = {
    store,
    clock: systemClock,
    serverKey: await loadServerKey(undefined, dataDir),
    hasMail: true,
  }
  const community = await foundCommunity(office, { members: committee })
  await store.close()
  const bodies: string[] = []
  const fresh: string[][] = []
  for (let index = 0; index < 32; index += 1) {
    const { filing, receipt } = await sealedReport(community, { narrative: 'What happened. '.repeat(80) })
    bodies.push(JSON.stringify(bodyOf(filing)))
    fresh.push([filing.submission.case, receipt.lookup])
  }
  return { bodies, fresh, path: `/api/v1/communities/${community.shortName}/reports` }
}

/** The load generator. */
export interface Reporters {
  /** Does a job. Throws if anything was answered but 201. */
  send(job: Job): Promise<Outcome>
  stop(): void
}

/** Starts the load generator in a process of its own. */
export function callReporters(): Reporters {
  const load = fork(fileURLToPath(new URL('load.ts', import.meta.url)))
  return {
    async send(job) {
      load.send(job)
      const [outcome] = (await once(load, 'message')) as [Outcome]
      if (outcome.others.length > 0) throw new Error(`${outcome.others.length} failed: ${outcome.others[0]}`)
      return outcome
    },
    stop: () => void load.kill(),
  }
}
