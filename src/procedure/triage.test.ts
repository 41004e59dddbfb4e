import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answer, answers, pathOf, places, triage, triageDot, triageNode, walk } from './triage.ts'

const placeAfter = (...given: Answer[]) => walk(given).at

describe('A1: is there danger of harm?', () => {
  test('it is the first question', () => {
    expect(walk([])).toEqual({ at: 'harm', path: [] })
    expect(triageNode('harm').kind).toBe('question')
  })

  test('yes and unsure both get security or the police first', () => {
    expect(placeAfter('yes')).toBe('danger')
    expect(placeAfter('unsure')).toBe('danger')
  })

  test('once security has been called, A3 is next', () => {
    expect(placeAfter('yes', 'called')).toBe('handle')
    expect(placeAfter('unsure', 'called')).toBe('handle')
  })
})

test('A2: not in danger, and over already: the incident report', () => {
  expect(placeAfter('no')).toBe('over')
  expect(placeAfter('no', 'yes')).toBe('report')
})

describe('A3: it is going on', () => {
  test('the question is whether they can handle it', () => {
    expect(placeAfter('no', 'no')).toBe('handle')
  })

  test('who can, handles it and then reports it', () => {
    expect(placeAfter('no', 'no', 'yes')).toBe('handle-it')
    expect(placeAfter('no', 'no', 'yes', 'done')).toBe('report')
  })

  test('who cannot or is unsure finds somebody now, and then reports it', () => {
    expect(placeAfter('no', 'no', 'no')).toBe('find-help')
    expect(placeAfter('no', 'no', 'unsure')).toBe('find-help')
    expect(placeAfter('no', 'no', 'unsure', 'done')).toBe('report')
  })
})

describe('A4: every path ends with a report', () => {
  test('whatever is answered, and nothing lies behind the report', () => {
    const toTheEnd = fc.infiniteStream(fc.nat()).map((choices) => {
      const given: Answer[] = []
      for (const choice of choices) {
        const exits = triageNode(walk(given).at).answers
        const exit = exits[choice % Math.max(1, exits.length)]
        if (exit === undefined || given.length > triage.length) break
        given.push(exit.answer)
      }
      return given
    })
    fc.assert(fc.property(toTheEnd, (given) => void expect(walk(given).at).toBe('report')))
    expect(triageNode('report').answers).toEqual([])
  })

  test('a damaged link leads to a question, never to an error', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...answers)), (given) => {
        const walked = walk(given)
        expect(places).toContain(walked.at)
        expect(given.slice(0, walked.path.length)).toEqual(walked.path.map((step) => step.answer))
      }),
    )
    expect(walk(['yes', 'yes', 'called'])).toEqual({ at: 'danger', path: [{ place: 'harm', answer: 'yes' }] })
  })
})

describe('A5: the picture and the questions are the same', () => {
  const label = (place: string, answer?: string) =>
    answer === undefined ? `<${place}>` : `${place}/${answer}`

  test('each place and each answer is drawn once', () => {
    const dot = triageDot(label)
    for (const node of triage) {
      expect(dot.split(`label="<${node.place}>"`)).toHaveLength(2)
      for (const { answer, next } of node.answers) {
        expect(dot.split(`"${node.place}" -> "${next}" [label="  ${node.place}/${answer}   "`)).toHaveLength(
          2,
        )
      }
    }
    expect(dot.match(/ -> /g)).toHaveLength(triage.flatMap((node) => node.answers).length)
  })

  test('the person’s path is highlighted, and nothing else', () => {
    const walked = walk(['no', 'no', 'unsure'])
    expect(pathOf(walked)).toEqual(['harm', 'over', 'handle', 'find-help'])
    const dot = triageDot(label, walked)
    const lit = [...dot.matchAll(/"([^"]+)" \[label="<[^>]+>", id="[^"]+", class="[a-z]+ on/g)].map(
      (hit) => hit[1],
    )
    expect(lit).toEqual(['harm', 'over', 'handle', 'find-help'])
    expect([...dot.matchAll(/label=" {2}([^"]+) {3}", class="answer on"/g)].map((hit) => hit[1])).toEqual([
      'harm/no',
      'over/no',
      'handle/unsure',
    ])
    expect(dot.match(/ here"/g)).toHaveLength(1)
    expect(dot).toContain('id="place-find-help", class="screen on here"')
    expect(triageDot(label)).not.toMatch(/ on"| here"/)
  })

  test('a label may hold anything', () => {
    const dot = triageDot(() => 'a "quoted"\nback\\slash')
    expect(dot).toContain('label="a \\"quoted\\"')
    expect(dot).toContain('back\\\\slash"')
  })
})
