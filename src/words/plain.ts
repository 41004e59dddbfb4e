/** Words without ICU, for the browser code of the public pages, which has no room for it. */

/**
 * Message `key` of `catalog`, with each `{name}` in it replaced by `values.name`, once and as it is. A name
 * without a value stays as it stands. For messages with plurals or formats use `say`.
 */
export function plain<Key extends string>(
  catalog: Readonly<Record<Key, string>>,
  key: Key,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return catalog[key].replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  )
}
