import type { Send } from './wire.ts'

/** A page as a browser without JavaScript gets it. */
export interface PlainPage {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  /** Values of its hidden inputs, by name. */
  hidden(): [string, string][]
}

const pageOf = async (response: Response): Promise<PlainPage> => {
  const text = await response.text()
  return {
    status: response.status,
    text,
    headers: response.headers,
    hidden: () =>
      [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(([, name, value]) => [
        name as string,
        unescaped(value as string),
      ]),
  }
}

/** The text that an attribute or element of a page stands for. */
export const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** Gets a page. */
export const visit = async (send: Send, path: string, init: RequestInit = {}): Promise<PlainPage> =>
  pageOf(await send(path, init))

/** Sends a form as browsers do. */
export const submit = async (
  send: Send,
  path: string,
  fields: Iterable<readonly [string, string]>,
): Promise<PlainPage> =>
  visit(send, path, {
    method: 'POST',
    body: new URLSearchParams([...fields].map(([name, value]) => [name, value])),
  })

/** Sends a form with files as browsers do. */
export const submitFiles = async (
  send: Send,
  path: string,
  fields: Iterable<readonly [string, string]>,
  input: string,
  files: readonly File[],
): Promise<PlainPage> => {
  const form = new FormData()
  for (const [name, value] of fields) form.append(name, value)
  for (const file of files) form.append(input, file)
  // Browsers send an empty file where none was chosen.
  if (files.length === 0) form.append(input, new File([], ''))
  return visit(send, path, { method: 'POST', body: form })
}
