import type { Say } from '../desk.tsx'
import { numberSettings, phoneSettings } from './playbook-draft.ts'

/**
 * What is wrong with a setting, in the language of the console.
 *
 * @param path - of the setting.
 * @param reason - as the playbook's check gives it; it names the other setting where two do not fit together.
 * @param value - as it is.
 */
export function problemSentence(path: string, reason: string, value: unknown, say: Say): string {
  const longerThan = /must not be longer than (\w+)/.exec(reason)?.[1]
  const other = numberSettings.find((setting) => setting === `times.${longerThan}`)
  if (other !== undefined) return say('playbook.wrong.order', { other: say(`playbook.${other}`) })
  if (/must all be before/.test(reason)) return say('playbook.wrong.reminders')
  if (numberSettings.some((setting) => setting === path) || path === 'times.reminderDays')
    return say('playbook.wrong.number')
  if (value === '' || (Array.isArray(value) && value.length === 0)) return say('playbook.wrong.empty')
  if (phoneSettings.some((phone) => path === `phones.${phone}`)) return say('playbook.wrong.phone')
  if (path === 'codeOfConduct') return say('playbook.wrong.address')
  return say('playbook.wrong', { reason })
}
