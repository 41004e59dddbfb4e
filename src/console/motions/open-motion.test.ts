import { expect, test } from 'vitest'
import { community } from '../../../test/support/console-case.ts'
import { newId, toBase64 } from '../../sealing/bytes.ts'
import { newKeyring, publicKeysOf } from '../../sealing/keyring.ts'
import { sealRecord } from '../../sealing/record.ts'
import { openMotions } from './open-motion.ts'

test('J3: an organizer reads a motion, and a motion that another has signed or that was moved is doubted', async () => {
  const { pat, sam, directory } = await community()
  const olu = newKeyring()
  const { recipient } = await publicKeysOf(olu)
  const caseId = newId()
  const sealedBy = async (author: typeof pat, about = caseId) => ({
    id: newId(),
    case: caseId,
    movedBy: pat.id,
    movedAt: 0,
    outcome: null,
    votedAt: null,
    sealed: toBase64(
      await sealRecord(
        {
          v: 1,
          community: directory.id,
          case: about,
          epoch: 1,
          kind: 'motion',
          author: { who: 'member', id: author.id },
          at: 0,
          body: { text: 'We move that he is banned.' },
          after: null,
          afterShared: null,
        },
        author.keyring.signingSeed,
        [recipient],
      ),
    ),
  })
  const motions = [await sealedBy(pat), await sealedBy(sam), await sealedBy(pat, newId())]
  const reading = { community: directory.id, directory }
  const opened = await openMotions(motions, { ...reading, keyring: olu })
  expect(opened.map(({ isSound }) => isSound)).toEqual([true, false, false])
  expect(opened[0]?.text).toBe('We move that he is banned.')
  const [closed] = await openMotions([await sealedBy(pat)], { ...reading, keyring: sam.keyring })
  expect(closed).toMatchObject({ text: null, isSound: false })
})
