// Measured in a process of its own, which roster.ts starts: the first time is the first time only once.
import { dutiesBetween, type RotationRule } from '../../src/procedure/rotation.ts'
import { median } from './table.ts'

const common = {
  order: ['pat', 'sam', 'mei', 'raj', 'uma'],
  start: '2027-01-04',
  handOverTime: '18:00',
  zone: 'America/Chicago',
}
const rule: RotationRule =
  process.argv[2] === 'weekly'
    ? { ...common, kind: 'weekly', handOverDay: 1 }
    : { ...common, kind: 'monthly', handOverDay: { nth: 1, weekday: 4 } }
const rotation = { rules: [{ from: 0, rule, setAt: 0 }], moved: [], overrides: [], left: new Map() }
const [from, to] = [Date.parse('2027-01-05'), Date.parse('2037-01-05')]

const timed = (deed: () => unknown): number => {
  const began = performance.now()
  deed()
  return performance.now() - began
}
// Another zone than the roster's, so that the roster's own first time stays one.
const zone = timed(() => new Intl.DateTimeFormat('en', { timeZone: 'Asia/Tokyo', hour: 'numeric' }).format(0))
const cold = timed(() => dutiesBetween(rotation, from, to))
const warm = median(Array.from({ length: 20 }, () => timed(() => dutiesBetween(rotation, from, to))))
process.stdout.write(JSON.stringify({ zone, cold, warm }))
