// npm run bench [name …]: one table for each question of how fast and how small it is. All of them take some
// minutes; each can be asked alone. Figures are medians of rounds that take turns with what they are compared to.
import { alerts } from './alerts.ts'
import { firstPages } from './first-pages.ts'
import { footprint } from './footprint.ts'
import { form } from './form.ts'
import { handingOver } from './handing-over.ts'
import { inbox } from './inbox.ts'
import { roster } from './roster.ts'
import { submissions } from './submissions.ts'

const benches: Record<string, () => Promise<string>> = {
  submissions,
  inbox,
  alerts,
  form,
  'first-pages': firstPages,
  footprint,
  roster,
  'handing-over': handingOver,
}

const names = process.argv.slice(2)
const unknown = names.find((name) => !(name in benches))
if (unknown !== undefined) {
  process.stderr.write(`There is no ${unknown}: ${Object.keys(benches).join(', ')}\n`)
  process.exit(2)
}
for (const [name, bench] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue
  const began = performance.now()
  const result = await bench()
  process.stdout.write(`\n## ${name} (${((performance.now() - began) / 1000).toFixed(0)} s)\n\n${result}\n`)
}
