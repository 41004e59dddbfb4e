import { expect, it } from 'vitest'
import { chipyPlaybook } from '../../procedure/playbook.ts'
import { en } from '../../words/en/index.ts'
import { sayer } from '../desk.tsx'
import {
  numberSettings,
  problemsOf,
  settingAt,
  typedLines,
  typedNumber,
  typedNumbers,
  withSetting,
} from './playbook-draft.ts'
import { problemSentence } from './problem-words.ts'

const say = sayer(en)
const sentence = (path: string, value: unknown): string | null => {
  const draft = withSetting(chipyPlaybook, path, value)
  const reason = problemsOf(draft).get(path)
  return reason === undefined ? null : problemSentence(path, reason, value, say)
}

it('changes one setting of a copy', () => {
  const draft = withSetting(chipyPlaybook, 'messages.en.M1.subject', 'Hello')
  expect(settingAt(draft, 'messages.en.M1.subject')).toBe('Hello')
  expect(chipyPlaybook.messages.en.M1.subject).not.toBe('Hello')
  for (const path of numberSettings) expect(settingAt(chipyPlaybook, path)).toEqual(expect.any(Number))
})

it('reads what is typed', () => {
  expect(typedNumber(' 12 ')).toBe(12)
  expect(typedNumber('12.5')).toBeNaN()
  expect(typedNumbers('7, 12,')).toEqual([7, 12])
  expect(typedLines(' a \n\n b')).toEqual(['a', 'b'])
})

it('says in plain words what a setting cannot be, and at which one', () => {
  expect(sentence('times.acknowledgeHours', typedNumber('x'))).toBe(en['playbook.wrong.number'])
  expect(sentence('times.acknowledgeIdealHours', 13)).toBe(
    'This must not be longer than: Answer a report within (hours)',
  )
  expect(sentence('times.reminderDays', [7, 14])).toBe(en['playbook.wrong.reminders'])
  expect(sentence('times.reminderDays', typedNumbers('7, x'))).toBe(en['playbook.wrong.number'])
  expect(sentence('phones.emergency', 'none')).toBe(en['playbook.wrong.phone'])
  expect(sentence('phones.emergency', '')).toBe(en['playbook.wrong.empty'])
  expect(sentence('codeOfConduct', 'chipy')).toBe(en['playbook.wrong.address'])
  expect(sentence('quorum', 3)).toBeNull()
})
