import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  checkPlaybook,
  chipyPlaybook,
  fillTemplate,
  languages,
  type ParsedPlaybook,
  parsePlaybook,
  placeholders,
  placeholdersIn,
} from './playbook.ts'
import { messageKeys } from './records.ts'

const shipped = readFileSync(new URL('../../playbooks/chipy/playbook.json', import.meta.url), 'utf8')

function problems(parsed: ParsedPlaybook) {
  return parsed.ok ? [] : parsed.problems
}

describe('ChiPy’s playbook', () => {
  test('the shipped example is the defaults, all of them', () => {
    expect(JSON.parse(shipped)).toEqual(chipyPlaybook)
    expect(parsePlaybook(shipped)).toEqual({ ok: true, playbook: chipyPlaybook })
    expect(parsePlaybook('{}')).toEqual({ ok: true, playbook: chipyPlaybook })
  })

  test('H1, G3, G4, D2, I6, L5, J2, L2: its numbers are those of the rule book', () => {
    expect(chipyPlaybook.times).toEqual({
      acknowledgeHours: 12,
      acknowledgeIdealHours: 2,
      secondaryInheritsHours: 6,
      openToAllHours: 24,
      alertSecondaryMinutes: 2,
      alertAllMinutes: 5,
      alertRepeatMinutes: 5,
      objectionDays: 3,
      resolveDays: 14,
      reminderDays: [7, 12],
    })
    expect(chipyPlaybook.quorum).toBe(2)
    expect(chipyPlaybook.confirmations).toBe(1)
    expect(chipyPlaybook.rosterKind).toBe('monthly')
  })

  test('E4: the sentence with which a presentation is stopped', () => {
    expect(chipyPlaybook.stopSentence.en.replaceAll('’', "'")).toMatch(
      /^I'm sorry, this presentation cannot be continued at the present time/,
    )
  })

  test('every message is there in every language, with the same placeholders, all of them known', () => {
    for (const key of messageKeys) {
      const used = languages.map((language) => {
        const { subject, body } = chipyPlaybook.messages[language][key]
        return placeholdersIn(`${subject} ${body}`).sort()
      })
      expect(used[1], key).toEqual(used[0])
      for (const name of used[0] ?? []) expect(placeholders[key]).toContain(name)
    }
  })

  test('no subject says more than it must: a mail’s subject is seen on a locked screen', () => {
    for (const language of languages) {
      for (const key of messageKeys) {
        if (key === 'M8') continue
        expect(placeholdersIn(chipyPlaybook.messages[language][key].subject)).toEqual([])
      }
    }
  })
})

describe('a playbook that is not valid is refused with the line and the reason', () => {
  test('not JSON', () => {
    expect(problems(parsePlaybook('{\n  "quorum": 2,\n}'))).toMatchObject([{ path: '', line: 3 }])
    expect(problems(parsePlaybook('{\n  "quorum":'))).toMatchObject([{ path: '', line: 2 }])
  })

  test('each problem on its own line', () => {
    const text = `{
      "times": { "resolveDays": "two",
        "reminderDays": [ 7,
          -4 ] },
      "quorun": 3,
      "phones": {
        "security": "call me" },
      "messages": { "en": { "M1": {
        "subject": "{reporter}",
        "body": "a \\"quoted\\" { brace" } } }
    }`
    const found = problems(parsePlaybook(text)).map(({ path, line }) => [path, line])
    expect(found).toEqual(
      expect.arrayContaining([
        ['times.resolveDays', 2],
        ['times.reminderDays.1', 4],
        ['quorun', 5],
        ['phones.security', 7],
        ['messages.en.M1.subject', 9],
      ]),
    )
    expect(found).toHaveLength(5)
  })

  test('an unknown placeholder is named, with those that are known', () => {
    const value = { messages: { es: { M7: { subject: 'x', body: '{shepherd} {outcome}' } } } }
    expect(problems(checkPlaybook(value))).toEqual([
      {
        path: 'messages.es.M7.body',
        message: 'has {shepherd}, which M7 does not know; it knows {community} {member} {actions} {outcome}',
        line: null,
      },
    ])
  })

  test('times that contradict each other', () => {
    const order = (times: object) => problems(checkPlaybook({ times })).map((problem) => problem.path)
    expect(order({ acknowledgeIdealHours: 13 })).toEqual(['times.acknowledgeIdealHours'])
    expect(order({ secondaryInheritsHours: 25 })).toEqual(['times.secondaryInheritsHours'])
    expect(order({ alertSecondaryMinutes: 6 })).toEqual(['times.alertSecondaryMinutes'])
    expect(order({ resolveDays: 12 })).toEqual(['times.reminderDays'])
  })

  test('whatever is given, it answers and does not throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(parsePlaybook(text)).toHaveProperty('ok')))
    fc.assert(
      fc.property(fc.json(), (text) => {
        for (const problem of problems(parsePlaybook(text))) expect(problem.line).toBeGreaterThan(0)
      }),
    )
  })
})

describe('filling a template', () => {
  test('M1: the placeholders are filled, once', () => {
    const filled = fillTemplate(
      'M1',
      { subject: '{community}', body: '{member}, {resolveBy}, {member}' },
      { community: 'ChiPy', member: '{resolveBy} $& Pat', resolveBy: 'Friday' },
    )
    expect(filled).toEqual({
      ok: true,
      subject: 'ChiPy',
      body: '{resolveBy} $& Pat, Friday, {resolveBy} $& Pat',
      open: [],
    })
  })

  test('what only the writer knows stays open, and is named', () => {
    const filled = fillTemplate('M5', chipyPlaybook.messages.en.M5, { community: 'ChiPy', member: 'Uma' })
    expect(filled).toMatchObject({ ok: true, open: ['decision'] })
    if (filled.ok) expect(placeholdersIn(filled.body)).toEqual(['decision'])
  })

  test('an unknown placeholder is refused, even one that every object has', () => {
    expect(fillTemplate('M1', { subject: '', body: '{toString} {decision}' }, {})).toEqual({
      ok: false,
      unknown: ['toString', 'decision'],
    })
  })
})
