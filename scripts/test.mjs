// npm test [-- unit | stories | tidy [filter]]: everything that must hold, in one number.
// A step's output is shown when it failed. The last line is always `N passed, N failed`.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { ensureChromium } from '../test/support/chromium.mjs'
import { prepare, root } from './prepare.mjs'

/** @typedef {{ passed: number, failed: number, why?: string }} Count */
/** @typedef {{ name: string, args: string[], report?: string, count?: (report: any) => Count }} Step */

const limit = 30 * 60_000
const [part = 'all', ...filter] = process.argv.slice(2)
const total = { passed: 0, failed: 0 }
/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
let finished = false

// Whatever ends this early has failed.
process.on('exit', (code) => {
  if (!finished) total.failed += 1
  console.log(`${total.passed} passed, ${total.failed} failed`)
  if (code === 0 && total.failed > 0) process.exitCode = 1
})
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
  process.on(signal, () => {
    for (const child of running) child.kill(signal)
    process.exit(1)
  })

if (!['all', 'tidy', 'unit', 'stories'].includes(part)) {
  console.error(`There is no part “${part}”: npm test -- unit | stories | tidy [filter]`)
  process.exit(2)
}

const node = prepare({ browser: false })
const results = join(root, 'test-results')
mkdirSync(results, { recursive: true })

/** @type {Step[]} */
const tidy = [
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'] },
  { name: 'types-server', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.server.json'] },
  { name: 'types-site', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.site.json'] },
  { name: 'lint', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'] },
  { name: 'arrows', args: ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', 'src', 'test'] },
  { name: 'unused', args: ['node_modules/knip/bin/knip.js', '--no-progress'] },
]

/** @type {Step} */
const unit = {
  name: 'unit',
  args: ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json'],
  report: join(results, 'unit.json'),
  count(report) {
    // A file that could not even be loaded has no tests to fail.
    const broken = report.testResults.filter(
      (/** @type {any} */ file) => file.status === 'failed' && file.assertionResults.length === 0,
    )
    const skipped = report.numPendingTests + report.numTodoTests
    return {
      passed: report.numPassedTests,
      failed: report.numFailedTests + skipped + broken.length,
      ...(skipped ? { why: `${skipped} skipped` } : {}),
    }
  },
}
unit.args.push(`--outputFile.json=${unit.report}`)

/** @type {Step} */
const stories = {
  name: 'stories',
  args: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
  report: join(results, 'stories.json'),
  count({ stats, errors }) {
    return {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + stats.skipped + errors.length,
      ...(stats.skipped ? { why: `${stats.skipped} skipped` } : {}),
    }
  },
}

if (part === 'tidy') {
  const chosen = tidy.filter((step) => filter.length === 0 || filter.some((word) => step.name.includes(word)))
  for (const step of chosen) await run(step)
} else {
  await run({ name: 'build', args: ['scripts/build.mjs'] })
  if (part === 'unit') await run(unit, filter)
  if (part === 'all') await Promise.all([inTurn(tidy), run(unit)])
  if (part !== 'unit') await runStories()
}
// A filter that fits nothing has proved nothing.
if (total.passed + total.failed === 0) total.failed = 1
finished = true

/** @param {Step[]} steps */
async function inTurn(steps) {
  for (const step of steps) await run(step)
}

async function runStories() {
  try {
    await run(stories, filter, { CHROMIUM_PATH: ensureChromium() })
  } catch (error) {
    tell('stories', { passed: 0, failed: 1 }, 0, String(error instanceof Error ? error.message : error))
  }
}

/**
 * @param {Step} step
 * @param {string[]} [more] arguments
 * @param {NodeJS.ProcessEnv} [env]
 */
async function run(step, more = [], env = {}) {
  if (step.report) rmSync(step.report, { force: true })
  const began = Date.now()
  const child = spawn(node, [...step.args, ...more], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: limit,
    env: {
      ...process.env,
      PATH: `${dirname(node)}${delimiter}${process.env.PATH}`,
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
      PLAYWRIGHT_JSON_OUTPUT_FILE: step.report,
      ...env,
    },
  })
  running.add(child)
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (output += text))
  const status = await new Promise((resolve) => {
    child.on('error', (error) => {
      output += error.message
      resolve(-1)
    })
    child.on('close', (code, signal) => resolve(signal ?? code))
  })
  running.delete(child)
  tell(step.name, counted(step, status), Date.now() - began, output)
}

/**
 * @param {Step} step
 * @param {number | string} status
 * @returns {Count}
 */
function counted(step, status) {
  if (!step.report || !step.count) return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
  /** @type {Count} */
  let count
  try {
    count = step.count(JSON.parse(readFileSync(step.report, 'utf8')))
  } catch {
    return { passed: 0, failed: 1, why: `no report (${status})` }
  }
  if (count.failed > 0) return count
  if (count.passed === 0) return { ...count, failed: 1, why: 'nothing ran' }
  // All tests passed, and still the runner is not content: an error outside of any test.
  return status === 0 ? count : { ...count, failed: 1, why: `ended with ${status}` }
}

/**
 * @param {string} name
 * @param {Count} count
 * @param {number} took in milliseconds
 * @param {string} output
 */
function tell(name, { passed, failed, why }, took, output) {
  total.passed += passed
  total.failed += failed
  if (failed > 0) console.log(`\n${output.trim()}\n`)
  const words = [`${passed} passed`, `${failed} failed`, ...(why ? [why] : [])].join(', ')
  console.log(`${failed > 0 ? 'FAIL' : 'ok  '} ${name.padEnd(13)}${words} (${(took / 1000).toFixed(1)} s)`)
}
