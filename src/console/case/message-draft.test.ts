import { expect, it } from 'vitest'
import { community, reportedCase } from '../../../test/support/console-case.ts'
import { chipyPlaybook } from '../../procedure/playbook.ts'
import { draftMessage } from './message-draft.ts'
import { openCase } from './open-case.ts'

it('fills M1 with the community, the writer and the day in the community’s zone (H2)', async () => {
  const { pat, directory } = await community()
  const made = await reportedCase(directory, { narrative: 'x' })
  const opened = await openCase(made.view(pat.id), pat.keyring, directory)
  const draft = draftMessage('M1', opened, chipyPlaybook, {
    member: 'Pat',
    shepherd: null,
    language: 'en',
    now: 0,
  })
  // 00:30 UTC on the 12th is the evening of the 11th in Chicago.
  expect(draft.text).toContain('by Thursday, November 11.')
  expect(draft.text).toContain('Pat\nCode of conduct committee, Chicago Python')
  expect(draft.open).toEqual([])
  const spanish = draftMessage('M1', opened, chipyPlaybook, {
    member: 'Pat',
    shepherd: null,
    language: 'es',
    now: 0,
  })
  expect(spanish.text).toContain('jueves, 11 de noviembre')
})

it('fills M3 with the shepherd and the day until which the reporter may object (I5, I6)', async () => {
  const { pat, directory } = await community()
  const made = await reportedCase(directory, { narrative: 'x' })
  const opened = await openCase(made.view(pat.id), pat.keyring, directory)
  const named = { member: 'Pat', shepherd: 'Uma', language: 'en' } as const
  // Half an hour before midnight in Chicago.
  const now = Date.parse('2027-10-29T04:30:00Z')
  const draft = draftMessage('M3', opened, chipyPlaybook, { ...named, now })
  expect(draft.text).toContain('Uma from the committee will look after your report')
  expect(draft.text).toContain('by Sunday, October 31.')
  expect(draft.open).toEqual([])
})
