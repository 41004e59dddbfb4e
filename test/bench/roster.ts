import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { median, table } from './table.ts'

const rounds = 9

/** What a process measures: one roster of ten years, the first time and later ones; milliseconds. */
interface Measured {
  /** Loading what the machine knows of a zone, which any code has to do once. */
  readonly zone: number
  readonly cold: number
  readonly warm: number
}

/**
 * How long ten years of turns take, in fresh processes and in one that has been running, beside what the machine takes to
 * load a zone once, which is the least that anything with a zone can take in a fresh process.
 */
export async function roster(): Promise<string> {
  const file = fileURLToPath(new URL('./roster-process.ts', import.meta.url))
  const measure = (kind: string): Measured[] =>
    Array.from({ length: rounds }, () => {
      const { stdout, status } = spawnSync(process.execPath, [file, kind], { encoding: 'utf8' })
      if (status !== 0) throw new Error('The roster could not be measured.')
      return JSON.parse(stdout) as Measured
    })
  const rows = ['monthly', 'weekly'].map((kind) => {
    const found = measure(kind)
    const of = (what: keyof Measured): number => median(found.map((one) => one[what]))
    const ms = (value: number): string => `${value.toFixed(1)} ms`
    return [kind, ms(of('cold')), ms(of('warm')), ms(of('zone')), `${(of('cold') / 50).toFixed(2)}`]
  })
  return table(
    ['ten years', 'first time', 'later', 'of the first: loading a zone', 'first time / goal of 50 ms'],
    rows,
  )
}
