import { describe, expect, test } from 'vitest'
import { sealAlertWords } from '../../sealing/alert-words.ts'
import { toBase64 } from '../../sealing/bytes.ts'
import type { Directory } from '../../sealing/directory.ts'
import { newKeyring, publicKeysOf } from '../../sealing/keyring.ts'
import type { AlertView } from '../api/shapes.ts'
import { happenings, openWords } from './alerts.ts'

const nothing: AlertView = {
  id: 'a',
  community: 'chipy',
  state: 'open',
  raisedAt: 10,
  worseAt: null,
  takenBy: null,
  needsReport: false,
  event: null,
  place: null,
  sealedWords: null,
  wordsByServer: false,
  overAt: null,
  takenAt: null,
  endedAt: null,
  closedBy: null,
  closeReason: null,
  sealedNote: null,
  steps: [],
  next: null,
  seen: [],
  responders: [],
  reported: false,
  reportCase: null,
  noReport: null,
}

describe('a call for help in the console', () => {
  test('tells what happened in the order in which it did', () => {
    const alert: AlertView = {
      ...nothing,
      state: 'withdrawn',
      worseAt: 35,
      takenAt: 40,
      takenBy: 'pat',
      endedAt: 60,
      steps: [
        { kind: 'primary', at: 10, to: ['pat'] },
        { kind: 'secondary', at: 30, to: ['sam'] },
      ],
      seen: [{ member: 'pat', at: 20 }],
    }
    expect(happenings(alert).map(({ what, who }) => [what, ...who])).toEqual([
      ['raised'],
      ['step', 'pat'],
      ['seen', 'pat'],
      ['step', 'sam'],
      ['worse'],
      ['taken', 'pat'],
      ['withdrawn'],
    ])
  })

  test('opens words with the keys they are sealed to, and says where it cannot', async () => {
    const [mine, others] = [newKeyring(), newKeyring()]
    const member = { id: 'pat', ...(await publicKeysOf(mine)), active: true, standing: 'member' }
    const directory = { members: new Map([['pat', member]]) } as unknown as Directory
    const sealed = toBase64(await sealAlertWords('c', 'By the stairs.', directory, ['pat']))
    expect(await openWords(sealed, mine.identity, 'c')).toEqual({ is: 'open', text: 'By the stairs.' })
    expect(await openWords(sealed, others.identity, 'c')).toEqual({ is: 'unreadable' })
    expect(await openWords(sealed, mine.identity, 'elsewhere')).toEqual({ is: 'unreadable' })
    expect(await openWords(null, mine.identity, 'c')).toEqual({ is: 'none' })
  })
})
