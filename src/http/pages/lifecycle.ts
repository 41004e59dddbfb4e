import { Graphviz } from '@hpcc-js/wasm-graphviz'
import { lifecycleDot, states } from '../../procedure/lifecycle.ts'
import { languages } from '../../procedure/playbook.ts'
import { en } from '../../words/en/index.ts'
import { es } from '../../words/es/index.ts'
import { lifecycleLabels } from '../../words/labels.ts'
import type { Routes } from '../endpoint.ts'

const words = { en, es }

/** A picture stands alone: it takes no colours from the page that shows it. */
const style = `<style>
svg{color-scheme:light dark}
path{fill:none;stroke:#8b8477}
polygon{fill:#8b8477;stroke:#8b8477}
text{fill:#1d2529;font-family:system-ui,sans-serif}
.step text{fill:#56626a}
.state path{fill:#fff;stroke:#8b8477}
.here path{fill:#0d5c63;stroke:#0d5c63;stroke-width:3}
.here text{fill:#fff;font-weight:700}
@media (prefers-color-scheme:dark){path,polygon{stroke:#6f7d85}polygon{fill:#6f7d85}text{fill:#e9e6e0}.step text{fill:#a5afb4}
.state path{fill:#1c2327;stroke:#6f7d85}.here path{fill:#6cc5c9;stroke:#6cc5c9}.here text{fill:#06282b}}
</style>`

/** The states of a case as pictures, one for each place in it, drawn when they are first asked for. */
export function addLifecyclePictures(routes: Routes): void {
  const drawn = new Map<string, string>()
  const graphviz = Graphviz.load()
  routes.page('get', '/docs/lifecycle/:language/:file', 'anybody', async (c) => {
    const language = languages.find((each) => each === c.req.param('language'))
    const state = states.find((each) => `${each}.svg` === c.req.param('file'))
    if (language === undefined || state === undefined) return c.notFound()
    const key = `${language} ${state}`
    const picture =
      drawn.get(key) ?? standing((await graphviz).dot(lifecycleDot(lifecycleLabels(words[language]), state)))
    drawn.set(key, picture)
    return c.body(picture, 200, { 'content-type': 'image/svg+xml' })
  })
}

/** Graphviz draws in black: what it painted goes, and the style comes in. */
const standing = (svg: string): string =>
  svg
    .slice(svg.indexOf('<svg'))
    .replace(/<!--[\s\S]*?-->\n?/g, '')
    .replace(/<title>[\s\S]*?<\/title>\n?/g, '')
    .replace(/ (fill|stroke)="(black|none|transparent)"/g, '')
    .replace(/ font-family="[^"]*"/g, '')
    .replace(/>/, `>${style}`)
