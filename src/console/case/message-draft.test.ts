import { expect, it } from 'vitest'
import { community, reportedCase } from '../../../test/support/console-case.ts'
import { chipyPlaybook } from '../../procedure/playbook.ts'
import { draftMessage } from './message-draft.ts'
import { openCase } from './open-case.ts'

it('fills M1 with the community, the writer and the day in the community’s zone (H2)', async () => {
  const { pat, directory } = await community()
  const made = await reportedCase(directory, { narrative: 'x' })
  const opened = await openCase(made.view(pat.id), pat.keyring, directory)
  const draft = draftMessage('M1', opened, chipyPlaybook, { member: 'Pat', language: 'en' })
  // 00:30 UTC on the 12th is the evening of the 11th in Chicago.
  expect(draft.text).toContain('by Thursday, November 11.')
  expect(draft.text).toContain('Pat\nCode of conduct committee, Chicago Python')
  expect(draft.open).toEqual([])
  const spanish = draftMessage('M1', opened, chipyPlaybook, { member: 'Pat', language: 'es' })
  expect(spanish.text).toContain('jueves, 11 de noviembre')
})
