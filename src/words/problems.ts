import { problems as en, stepReasons as enReasons } from './en/problems.ts'
import { problems as es, stepReasons as esReasons } from './es/problems.ts'

/** Codes of the problems the API can answer with. */
export type ProblemCode = keyof typeof en

/**
 * Title and sentence of a problem.
 *
 * @param values - fill `{name}` in the sentence; a name without a value is left out. Why a step is impossible is a code
 * and is said in words.
 * @param language - a language tag; English where there is no catalog for it.
 */
export function problemWords(
  code: ProblemCode,
  values: Readonly<Record<string, string | number>>,
  language: string,
): { title: string; detail: string } {
  const isSpanish = language.startsWith('es')
  const [title, sentence] = (isSpanish ? es : en)[code]
  const reasons: Readonly<Record<string, string>> = isSpanish ? esReasons : enReasons
  const filled = (name: string): string => {
    const value = String(values[name] ?? '')
    return code === 'impossible-step' && name === 'reason' ? (reasons[value] ?? value) : value
  }
  const detail = sentence.replace(/\{(\w+)\}/g, (_, name: string) => filled(name))
  return { title, detail: detail.replace(/ +([.:;,])/g, '$1').replace(/ {2,}/g, ' ') }
}
