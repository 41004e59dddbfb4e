import { setupToken } from '../casework/setup-link.ts'
import { systemClock } from '../clock.ts'
import { cli } from '../words/en/cli.ts'
import { plain } from '../words/plain.ts'
import { type Command, checkOptions, tell, withStore } from './command.ts'

/** Prints a new set-up link: for another community, or because the first link was lost. */
export const setUp: Command = async (options, environment) => {
  checkOptions('set-up', options)
  return withStore(environment, async (store, { publicUrl, port }) => {
    const token = await setupToken({ store, clock: systemClock }, { always: true })
    const link = `${publicUrl ?? `http://localhost:${port}`}/setup#${token}`
    tell(plain(cli, 'set-up', { link }))
    return 0
  })
}
