import { problems as en } from './en/problems.ts'
import { problems as es } from './es/problems.ts'

/** Codes of the problems the API can answer with. */
export type ProblemCode = keyof typeof en

/**
 * Title and sentence of a problem.
 *
 * @param values - fill `{name}` in the sentence; a name without a value is left out.
 * @param language - a language tag; English where there is no catalog for it.
 */
export function problemWords(
  code: ProblemCode,
  values: Readonly<Record<string, string | number>>,
  language: string,
): { title: string; detail: string } {
  const [title, sentence] = (language.startsWith('es') ? es : en)[code]
  const detail = sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
  return { title, detail: detail.replace(/ +([.:;,])/g, '$1').replace(/ {2,}/g, ' ') }
}
