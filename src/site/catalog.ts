import { plain } from '../words/plain.ts'
import type { SiteWords } from '../words/types.ts'

/** Says a message in the language of the page. */
export type Say = (key: keyof SiteWords, values?: Readonly<Record<string, string | number>>) => string

/** Loads the few messages that the pages' own code says, in the language of the page alone. */
export async function loadWords(): Promise<Say> {
  const { site } = await (document.documentElement.lang === 'es'
    ? import('../words/es/site.ts')
    : import('../words/en/site.ts'))
  return (key, values) => plain<keyof SiteWords>(site, key, values)
}
