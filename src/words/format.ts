/** Words with ICU plurals and formats, for the server and the console. */
import { IntlMessageFormat } from 'intl-messageformat'

/** A catalog that says which language it is in. */
type Speaking<Key extends string> = Readonly<Record<Key | 'language.tag', string>>

/**
 * Message `key` of `catalog` in the language of the catalog, with its ICU arguments filled from `values`. The
 * result is text, not HTML: whoever puts it in a page escapes it.
 * @throws if an argument of the message has no value, since a sentence with a hole in it is a mistake of ours.
 */
export function say<Key extends string>(
  catalog: Speaking<Key>,
  key: Key,
  values?: Readonly<Record<string, string | number | Date>>,
): string {
  const message = catalog[key]
  if (!message.includes('{')) return message
  // Tags are not ours to interpret: a message is text, and a `<` in it is a `<`.
  const format = new IntlMessageFormat(message, catalog['language.tag'], undefined, { ignoreTag: true })
  return String(format.format(values))
}
