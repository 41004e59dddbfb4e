import { expect, test } from 'vitest'
import { newId } from '../../sealing/bytes.ts'
import { newKeyring } from '../../sealing/keyring.ts'
import { openTask, sealTask } from './seal-task.ts'

test('E3: words to oneself are opened by nobody else, and not under another task or in another’s name', async () => {
  const [fay, gus] = [newKeyring(), newKeyring()]
  const owner = { community: newId(), task: newId(), member: newId(), keyring: fay, at: 1 }
  const sealed = await sealTask('The joke on slide 4.', owner)
  expect(sealed).not.toContain('slide')
  expect(await openTask(sealed, owner.task, fay)).toBe('The joke on slide 4.')
  expect(await openTask(sealed, owner.task, gus)).toBeNull()
  expect(await openTask(sealed, newId(), fay)).toBeNull()
  // Sealed to Fay by somebody who has her public key alone.
  const forged = await sealTask('Pay me.', { ...owner, keyring: { ...gus, identity: fay.identity } })
  expect(await openTask(forged, owner.task, fay)).toBeNull()
})
