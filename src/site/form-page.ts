/** The report form as it is filled in: nothing here is needed to fill it in, it only makes it easier. */
import { limits } from '../procedure/records.ts'
import { type FieldKey, reportFields } from '../procedure/report.ts'
import { alertInput, alertToken, offeredInput } from '../procedure/typed-report.ts'
import type { Named } from './api.ts'
import type { Say } from './catalog.ts'
import { find } from './find.ts'
import { wallClock } from './times.ts'

/** A file that was chosen, still only on this device. */
export interface Chosen {
  readonly id: string
  readonly file: File
}

/** What was said in one field, as a person reads it. */
export interface Said {
  readonly key: FieldKey | 'notice'
  readonly label: string
  readonly said: string
}

const megabyte = 1024 * 1024

/** Everything that was said in the form, in its order, with the labels of the page. */
export function saidIn(form: HTMLFormElement, files: readonly Chosen[]): Said[] {
  const keys = [...reportFields.filter(({ system }) => !system).map(({ key }) => key), 'notice' as const]
  return keys.flatMap((key) => {
    const said =
      key === 'evidence'
        ? files.map(({ file }) => file.name)
        : key === 'when'
          ? saidTime(form)
          : saidUnder(form, key)
    return said.length === 0 ? [] : [{ key, label: labelOf(form, key), said: said.join(', ') }]
  })
}

function labelOf(form: HTMLFormElement, key: string): string {
  const label = form.querySelector(`#${key} > legend, label[for="${key}"], label:has(#${key}) span`)
  // What stands in small type beside a label is its hint.
  return (
    label?.firstChild?.textContent?.trim() ||
    find(form, '[data-files]').closest('details')?.querySelector('b')?.textContent ||
    ''
  )
}

function saidUnder(form: HTMLFormElement, key: string): string[] {
  const inputs = [
    ...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>(`[name="${key}"]`),
  ]
  return inputs.flatMap((input) => {
    if (input instanceof HTMLSelectElement)
      return input.value === '' ? [] : [input.selectedOptions[0]?.text ?? '']
    if (!(input instanceof HTMLInputElement) || (input.type !== 'radio' && input.type !== 'checkbox'))
      return input.value.trim() === '' ? [] : [input.value.trim()]
    // A box that stands alone says yes; one of several says what is beside it.
    const beside = input.closest('label')?.querySelector('span')?.firstChild?.textContent ?? ''
    const label = input.dataset.yes ?? beside
    return input.checked && input.value !== '' ? [label.trim()] : []
  })
}

function saidTime(form: HTMLFormElement): string[] {
  const value = (name: string): string => find<HTMLInputElement>(form, `[name="when.${name}"]`).value.trim()
  const kind = find<HTMLInputElement>(form, '[name="when.kind"]:checked').value
  const moment = (date: string, time: string): string => {
    if (value(date) === '') return value(time)
    return wallClock(value(time) === '' ? value(date) : `${value(date)}T${value(time)}`)
  }
  const said =
    kind === 'phrase'
      ? [value('phrase')]
      : kind === 'exact'
        ? [moment('date', 'time')]
        : [
            [moment('fromDate', 'fromTime'), moment('toDate', 'toTime')]
              .filter((text) => text !== '')
              .join(' – '),
          ]
  return said.filter((text) => text !== '')
}

/** Shows beside each closed group what was said in it. */
export function showSaid(form: HTMLFormElement, files: readonly Chosen[]): void {
  const all = saidIn(form, files)
  for (const group of form.querySelectorAll<HTMLDetailsElement>('[data-group]')) {
    const said = all.filter(({ key }) => group.querySelector(`#${key}`) !== null).map((one) => one.said)
    group.classList.toggle('said', said.length > 0)
    find(group, '[data-said]').textContent = said.join(' · ')
  }
}

/**
 * Lets files be chosen, one after the other or many at once, and taken back.
 *
 * @param changed - called with all that are chosen now.
 * @returns how to take all of them back.
 */
export function pickFiles(
  form: HTMLElement,
  say: () => Say | null,
  changed: (files: readonly Chosen[]) => void,
): { clear(): void } {
  const input = find<HTMLInputElement>(form, '[data-files]')
  const list = find(form, '[data-file-list]')
  let chosen: Chosen[] = []
  let picked = 0
  const note = (text: string): void => {
    const line = document.createElement('li')
    line.setAttribute('role', 'alert')
    line.textContent = text
    list.append(line)
  }
  const show = (): void => {
    list.replaceChildren(
      ...chosen.map(({ id, file }) => {
        const line = document.createElement('li')
        const remove = document.createElement('button')
        remove.type = 'button'
        remove.className = 'quiet'
        remove.textContent = say()?.('site.file.remove') ?? '×'
        remove.setAttribute('aria-label', say()?.('site.file.remove-named', { name: file.name }) ?? file.name)
        remove.addEventListener('click', () => {
          chosen = chosen.filter((other) => other.id !== id)
          show()
          changed(chosen)
          input.focus()
        })
        line.append(`${file.name}, ${sizeOf(file.size)}`, remove)
        return line
      }),
    )
  }
  input.addEventListener('change', () => {
    const added = [...(input.files ?? [])]
    // The same file may be chosen again after it was taken back.
    input.value = ''
    const fitting = added.filter(({ size }) => size <= limits.fileBytes)
    chosen = [...chosen, ...fitting.map((file) => ({ id: String(++picked), file }))]
    const surplus = chosen.length > limits.files
    chosen = chosen.slice(0, limits.files)
    show()
    for (const { name } of added.filter(({ size }) => size > limits.fileBytes))
      note(say()?.('site.file.too-large', { name, megabytes: limits.fileBytes / megabyte }) ?? name)
    if (surplus) note(say()?.('site.file.too-many', { max: limits.files }) ?? '')
    changed(chosen)
  })
  return {
    clear() {
      chosen = []
      show()
      changed(chosen)
    },
  }
}

/** A size as people say it. */
export function sizeOf(bytes: number): string {
  const unit = bytes < megabyte ? 'kilobyte' : 'megabyte'
  const amount = bytes < megabyte ? Math.max(1, Math.round(bytes / 1024)) : bytes / megabyte
  return new Intl.NumberFormat(document.documentElement.lang, {
    style: 'unit',
    unit,
    maximumFractionDigits: 1,
  }).format(amount)
}

/** Ids of the members whom the form offers. */
export const offeredIn = (form: HTMLFormElement): string[] =>
  [...form.querySelectorAll<HTMLInputElement>('[data-members] input')].map(({ value }) => value)

/** The token of the alert that the report ends (A4), or null. */
export const alertIn = (form: HTMLFormElement): string | null =>
  // A page that was kept on this device is the same for everybody: then only its address knows.
  alertToken(
    form.querySelector<HTMLInputElement>(`[name="${alertInput}"]`)?.value ??
      new URLSearchParams(location.search).get(alertInput),
  )

/** Offers another committee than before; whoever was ticked stays ticked. */
export function offerMembers(form: HTMLFormElement, members: readonly Named[]): void {
  const place = find(form, '[data-members]')
  find<HTMLInputElement>(form, `[name="${offeredInput}"]`).value = members.map(({ id }) => id).join(' ')
  const ticked = new Set([...place.querySelectorAll<HTMLInputElement>(':checked')].map(({ value }) => value))
  place.replaceChildren(
    ...members.map(({ id, name }) => {
      const label = document.createElement('label')
      const box = document.createElement('input')
      const text = document.createElement('span')
      label.className = 'check'
      box.type = 'checkbox'
      box.name = 'involved'
      box.value = id
      box.checked = ticked.has(id)
      text.textContent = name
      label.append(box, ' ', text)
      return label
    }),
  )
}
