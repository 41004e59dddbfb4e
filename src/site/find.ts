/** The element that a selector names, which the server's page always has. Throws if it does not. */
export function find<E extends Element = HTMLElement>(within: ParentNode, selector: string): E {
  const found = within.querySelector<E>(selector)
  if (!found) throw new Error(`The page has no ${selector}.`)
  return found
}

/** Puts a template of the page in the place of what `main` shows, and moves the reader there. */
export function showTemplate(id: string): HTMLElement {
  const main = find(document, 'main')
  const page = document.createElement('section')
  page.className = 'step'
  page.append(find<HTMLTemplateElement>(document, `#${id}`).content.cloneNode(true))
  main.append(page)
  scrollTo(0, 0)
  find(page, 'h1').focus()
  return page
}
