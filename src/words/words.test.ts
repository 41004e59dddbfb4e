import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { refusalCodes, states, stepKeys, taskKeys } from '../procedure/lifecycle.ts'
import { messageKeys } from '../procedure/records.ts'
import { fieldGroups, reportFields } from '../procedure/report.ts'
import { triage } from '../procedure/triage.ts'
import { en } from './en/index.ts'
import { site as siteEn } from './en/site.ts'
import { takingSite as takingSiteEn } from './en/taking-site.ts'
import { es } from './es/index.ts'
import { site as siteEs } from './es/site.ts'
import { takingSite as takingSiteEs } from './es/taking-site.ts'
import { say } from './format.ts'
import { lifecycleLabels, triageLabels } from './labels.ts'
import { plain } from './plain.ts'
import { problemWords } from './problems.ts'

type Part = {
  readonly type: number
  readonly value: string
  readonly options?: Record<string, { value: Part[] }>
}

/** The arguments of an ICU message with their kinds, those inside plurals too. */
function argumentsOf(message: string): string[] {
  const parts = (elements: readonly Part[]): string[] =>
    elements.flatMap((element) => [
      ...(element.type === 0 || element.type === 7 ? [] : [`${element.value}:${element.type}`]),
      ...Object.values(element.options ?? {}).flatMap((option) => parts(option.value)),
    ])
  const ast = new IntlMessageFormat(message, 'en', undefined, { ignoreTag: true }).getAst()
  return [...new Set(parts(ast as unknown as Part[]))].sort()
}

describe('every message, in every language', () => {
  test('has a text, and the arguments that English has', () => {
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort())
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(es[key].trim(), key).not.toBe('')
      expect(argumentsOf(es[key]), key).toEqual(argumentsOf(en[key]))
    }
  })

  test('no emoji, no straight apostrophe (ICU would take it for a quote)', () => {
    for (const message of [...Object.values(en), ...Object.values(es)]) {
      expect(message).not.toMatch(/\p{Extended_Pictographic}|'/u)
    }
  })

  test('what the reporter’s browser ships needs no ICU', () => {
    for (const message of [siteEn, siteEs, takingSiteEn, takingSiteEs].flatMap((words) =>
      Object.values(words),
    )) {
      expect(message.replaceAll(/\{\w+\}/g, '')).not.toMatch(/[{}]/)
    }
  })
})

describe('the procedure has words for all it is made of', () => {
  const has = (key: string) => expect(Object.keys(en), key).toContain(key)

  test('A: each place and each answer', () => {
    for (const node of triage) {
      has(`triage.${node.place}.title`)
      has(`triage.${node.place}.text`)
      for (const { answer } of node.answers) {
        has(`triage.${node.place}.${answer}`)
        has(`triage.${node.place}.${answer}.hint`)
        expect(triageLabels(es)(node.place, answer)).not.toBe('')
      }
      expect(triageLabels(es)(node.place)).not.toBe('')
    }
  })

  test('C: each field and each group', () => {
    for (const group of fieldGroups) has(`report.group.${group}`)
    for (const field of reportFields) {
      has(`report.${field.key}.label`)
      for (const choice of field.choices ?? []) has(`report.choice.${choice}`)
    }
  })

  test('each state, step, task, refusal and message', () => {
    for (const state of states) has(`state.${state}`)
    for (const step of stepKeys) has(`step.${step}`)
    for (const what of [...states, ...stepKeys]) expect(lifecycleLabels(en)(what)).not.toBe('')
    for (const task of taskKeys) has(`task.${task}`)
    for (const code of refusalCodes) has(`refusal.${code}`)
    for (const key of messageKeys) has(`message.${key}.name`)
  })
})

describe('saying it', () => {
  test('plurals in the language of the catalog', () => {
    expect(say(en, 'guide.next.resolved', { days: 14 })).toContain('within 14 days.')
    expect(say(en, 'guide.next.resolved', { days: 1 })).toContain('within 1 day.')
    expect(say(es, 'guide.next.resolved', { days: 1 })).toContain('1 día.')
    expect(say(en, 'error.too-long', { length: 60_000, max: 50_000 })).toContain('60,000')
    expect(say(es, 'error.too-long', { length: 60_000, max: 50_000 })).toContain('60.000')
  })

  test('a value is put in as it is, never read as a message or a tag', () => {
    expect(say(en, 'mailbox.from-committee', { name: '<b>{Uma}</b>' })).toBe('<b>{Uma}</b>, committee')
    expect(plain(siteEn, 'site.file.done', { name: '{name} $& <b>' })).toBe('{name} $& <b>: sealed and sent')
  })

  test('a missing value is an error on the server, and stays visible in the small version', () => {
    expect(() => say(en, 'mailbox.from-committee')).toThrow()
    expect(plain(siteEn, 'site.file.done')).toBe('{name}: sealed and sent')
  })
})

test('an impossible step is refused with the reason in words, whatever the reason is (section States)', () => {
  const folder = fileURLToPath(new URL('../casework', import.meta.url))
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
  const given = sources.flatMap((source) =>
    [...source.matchAll(/'impossible-step', \{\s*reason: '([a-z-]+)'/g)].map(
      ([, reason]) => reason as string,
    ),
  )
  expect(given.length).toBeGreaterThan(10)
  for (const reason of [...new Set([...given, ...refusalCodes])])
    for (const language of ['en', 'es']) {
      const { detail } = problemWords('impossible-step', { reason }, language)
      expect(detail, reason).not.toContain(`: ${reason}.`)
      expect(detail.length).toBeGreaterThan(40)
    }
})
