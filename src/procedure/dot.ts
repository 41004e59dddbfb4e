/** Graphviz DOT text, as much of it as the procedure's two pictures need. Imports nothing. */

type Attributes = { readonly id?: string; readonly class: string }

/**
 * A whole graph, top to bottom, from its statements. The style sheet, not the graph, gives colours and typeface; the
 * one named here is as wide as any, so that what is drawn with another fits into its box.
 */
export function dotGraph(name: string, statements: readonly string[]): string {
  return [
    `digraph ${quoted(name)} {`,
    '  graph [rankdir=TB, bgcolor="transparent", nodesep=0.35, ranksep=0.45, margin=0]',
    '  node [shape=box, style=rounded, fontname="DejaVu Sans", fontsize=14, margin="0.25,0.12"]',
    '  edge [fontname="DejaVu Sans", fontsize=12, arrowsize=0.7]',
    ...statements.map((statement) => `  ${statement}`),
    '}',
    '',
  ].join('\n')
}

/** One node. `label` may be any text; it is broken into lines of about 24 characters. */
export function dotNode(key: string, label: string, attributes: Attributes): string {
  return `${quoted(key)} [${listed(broken(label), attributes)}]`
}

/** One arrow. `label` may be any text; the blanks keep it off the arrow where the reader’s font is wider. */
export function dotEdge(from: string, to: string, label: string, attributes: Attributes): string {
  return `${quoted(from)} -> ${quoted(to)} [${listed(`  ${label}   `, attributes)}]`
}

function listed(label: string, attributes: Attributes): string {
  const all = { label, ...attributes }
  return Object.entries(all)
    .map(([name, value]) => `${name}=${quoted(value)}`)
    .join(', ')
}

/** A DOT string. Graphviz reads backslash sequences in labels, so that a backslash has to be doubled. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}

function broken(text: string): string {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + word.length < 24) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join('\n')
}
