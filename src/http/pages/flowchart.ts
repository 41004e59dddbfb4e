import { Graphviz } from '@hpcc-js/wasm-graphviz'
import { raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Language } from '../../procedure/playbook.ts'
import { triageDot, type Walk } from '../../procedure/triage.ts'
import { en } from '../../words/en/index.ts'
import { es } from '../../words/es/index.ts'
import { triageLabels } from '../../words/labels.ts'

/**
 * The flowchart as inline SVG (A5), with the way so far marked in it. Its colours come from the stylesheet.
 *
 * @param alternative - what a screen reader says in place of the picture.
 */
export type Flowchart = (language: Language, walked: Walk, alternative: string) => HtmlEscapedString

const words = { en, es }

/** Loads Graphviz. There are few walks through the flowchart, so each picture is drawn once and kept. */
export async function loadFlowchart(): Promise<Flowchart> {
  const graphviz = await Graphviz.load()
  const drawn = new Map<string, HtmlEscapedString>()
  return (language, walked, alternative) => {
    const key = [language, ...walked.path.map(({ answer }) => answer)].join(' ')
    const known = drawn.get(key)
    if (known) return known
    const picture = forPages(graphviz.dot(triageDot(triageLabels(words[language]), walked)), alternative)
    drawn.set(key, picture)
    return picture
  }
}

/** Graphviz draws a document of its own, in black: what is left is one element that the stylesheet can dress. */
function forPages(svg: string, alternative: string): HtmlEscapedString {
  const inner = svg
    .slice(svg.indexOf('<svg'))
    .replace(
      /<svg width="(\d+)pt" height="(\d+)pt"/,
      (_, width, height) =>
        `<svg class="triage" role="img" aria-label="${attribute(alternative)}" width="${width}" height="${height}"`,
    )
    .replace(/ xmlns(:xlink)?="[^"]*"/g, '')
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    // Titles would pop up as tooltips, and ids would be there twice where a page shows two pictures.
    .replace(/<title>[\s\S]*?<\/title>\n?/g, '')
    .replace(/ id="[^"]*"/g, '')
    .replace(/ (fill|stroke)="(black|none|transparent)"/g, '')
    .replace(/ xml:space="preserve"| font-family="[^"]*"/g, '')
  return raw(inner)
}

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
