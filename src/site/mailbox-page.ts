import type { FileRef } from '../procedure/records.ts'
import type { ApproximateTime, ReportBody } from '../procedure/report.ts'
import type { Say } from './catalog.ts'
import { find, showTemplate } from './find.ts'
import { type Chosen, pickFiles, sizeOf } from './form-page.ts'
import type { Order } from './mailbox.worker.ts'
import type { Answered, Box, Entry } from './read-mailbox.ts'
import type { Trouble } from './request.ts'
import { timeIn, wallClock } from './times.ts'

/** The opened mailbox on the page. */
export interface OpenMailbox {
  show(box: Box): void
  trouble(trouble: Trouble): void
  progress(id: string, sent: number, size: number): void
  answered(answered: Answered): void
  file(ref: FileRef, bytes: Uint8Array<ArrayBuffer> | null): void
}

/** Puts the mailbox in the place of the form for its code. */
export function showMailbox(say: Say, order: (given: Order) => void): OpenMailbox {
  const page = showTemplate('mailbox-page')
  const timeline = find(page, '[data-timeline]')
  const state = find(page, '[data-state]')
  const form = find<HTMLFormElement>(page, '[data-answer]')
  const text = find<HTMLTextAreaElement>(form, '#text')
  const send = find<HTMLButtonElement>(form, '[data-send]')
  const waiting = find(page, '[data-waiting]')
  const asked = find<HTMLFieldSetElement>(form, '[data-shepherd]')
  const askedName = find(asked, '[data-shepherd-name]')
  const askedUntil = find(asked, '[data-shepherd-until]')
  const askedWords = { name: askedName.textContent ?? '', until: askedUntil.textContent ?? '' }
  const whenAnswered = waiting.textContent ?? ''
  const bars = new Map<string, HTMLProgressElement>()
  let files: readonly Chosen[] = []
  let sending = false
  let shown = ''

  const picker = pickFiles(
    form,
    () => say,
    (chosen) => {
      files = chosen
    },
  )
  const note = (message: string, bad = false): void => {
    state.classList.toggle('bad', bad)
    state.textContent = message
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (sending) return
    const said = new FormData(form).get('shepherd')
    const shepherd = !asked.hidden && (said === 'agrees' || said === 'objects') ? said : null
    if (text.value.trim() === '' && files.length === 0 && shepherd === null) {
      note(say('site.mailbox.empty'), true)
      text.focus()
      return
    }
    sending = true
    send.disabled = true
    text.readOnly = true
    note(say('site.sending'))
    order({ order: 'answer', given: { text: text.value.trim().toWellFormed(), shepherd, files } })
  })
  find<HTMLAnchorElement>(page, '[data-close]').addEventListener('click', (event) => {
    event.preventDefault()
    removeEventListener('beforeunload', warn)
    location.replace((event.currentTarget as HTMLAnchorElement).href)
  })
  const warn = (event: Event): void => {
    if (text.value !== '') event.preventDefault()
  }
  addEventListener('beforeunload', warn)
  document.addEventListener('leaving', () => removeEventListener('beforeunload', warn))

  return {
    show(box) {
      const now = JSON.stringify(box)
      if (now === shown) return
      const before = timeline.children.length
      shown = now
      find(page, '[data-untrusted]').hidden = box.trusted
      timeline.replaceChildren(
        ...box.entries.filter(({ isSilent }) => !isSilent).map((entry) => bubbleOf(entry, box, say, order)),
      )
      if (before > 0 && box.entries.length > before && box.entries.at(-1)?.from) note(say('site.mailbox.new'))
      asked.hidden = box.shepherd === null
      if (box.shepherd !== null) {
        askedName.textContent = askedWords.name.replace('{name}', box.shepherd.name)
        askedUntil.textContent = askedWords.until.replace('{time}', timeIn(box.shepherd.until, box.timeZone))
      }
      const unanswered = box.state === 'received' && !box.entries.some(({ from }) => from)
      const late = Date.now() > box.acknowledgeBy
      waiting.textContent = whenAnswered.replace('{time}', timeIn(box.acknowledgeBy, box.timeZone))
      waiting.hidden = !unanswered || late
      find(page, '[data-late]').hidden = !unanswered || !late
      find(page, '[data-closed]').hidden = box.state !== 'closed'
    },
    trouble(trouble) {
      if (!sending) return
      note(
        say(
          trouble === null
            ? 'site.sending'
            : trouble === 'offline'
              ? 'site.offline'
              : trouble === 'busy'
                ? 'site.busy'
                : 'site.wait-proof',
        ),
      )
    },
    progress(id, sent, size) {
      let bar = bars.get(id)
      if (!bar) {
        const line = document.createElement('li')
        bar = document.createElement('progress')
        bar.max = 1
        bar.setAttribute('aria-label', files.find((one) => one.id === id)?.file.name ?? '')
        line.append(bar)
        find(page, '[data-progress]').append(line)
        bars.set(id, bar)
      }
      bar.value = size === 0 ? 1 : sent / size
    },
    answered(answered) {
      sending = false
      send.disabled = false
      // What may have arrived must not be changed: it would be there twice.
      text.readOnly = answered.what === 'no-answer'
      if (answered.what === 'sent') {
        form.reset()
        picker.clear()
        bars.clear()
        find(page, '[data-progress]').replaceChildren()
        note(say('site.mailbox.sent'))
      } else if (answered.what === 'refused') note(say('site.refused', { reason: answered.detail }), true)
      else if (answered.what === 'unreadable')
        note(
          say('site.file.failed', { name: files.find(({ id }) => id === answered.id)?.file.name ?? '' }),
          true,
        )
      else note(say('site.mailbox.not-sent'), true)
    },
    file({ name }, bytes) {
      if (!bytes) return note(say('site.mailbox.file-failed', { name }), true)
      // Only ever as a download, whatever it says it is.
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }))
      link.download = name
      link.click()
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
    },
  }
}

function bubbleOf(entry: Entry, { timeZone, trusted }: Box, say: Say, order: (given: Order) => void): Node {
  const template = find<HTMLTemplateElement>(document, '#bubble')
  const { you = '', committee = '', checked = '', byServer = '' } = template.dataset
  const shepherd = entry.letter?.shepherd === undefined ? '' : (template.dataset[entry.letter.shepherd] ?? '')
  const bubble = find(template.content.cloneNode(true) as DocumentFragment, 'li')
  const { from, at, letter, sealedByServer, doubts } = entry
  bubble.classList.toggle('me', from === null)
  find(bubble, '[data-from]').textContent = from ? committee.replace('{name}', from.name) : you
  find(bubble, '[data-text]').textContent = [shepherd, letter?.text ?? ''].filter(Boolean).join('\n')
  const all = find(bubble, '[data-all]')
  if (letter?.report) all.append(saidList(letter.report))
  else all.remove()
  find(bubble, '[data-files]').append(
    ...(letter?.files ?? []).map((ref) => {
      const line = document.createElement('li')
      const get = document.createElement('button')
      get.type = 'button'
      get.className = 'quiet'
      get.textContent = say('site.mailbox.file', { name: ref.name, size: sizeOf(ref.size) })
      get.addEventListener('click', () => order({ order: 'file', ref }))
      line.append(get)
      return line
    }),
  )
  const known = sealedByServer ? [byServer] : doubts.length === 0 ? [checked] : []
  find(bubble, '[data-when]').textContent = [timeIn(at, timeZone), ...known].join(' · ')
  // Where no key can be trusted, that is said once above all messages.
  const said = trusted ? doubts : doubts.filter((doubt) => doubt !== 'author-unknown')
  find(bubble, '[data-doubts]').append(
    ...said.map((doubt) => {
      const line = document.createElement('p')
      line.className = 'doubt'
      line.textContent = say(`site.doubt.${doubt}`)
      return line
    }),
  )
  return bubble
}

function saidList(report: ReportBody): Node {
  const template = find<HTMLTemplateElement>(document, '#report-said')
  const list = find<HTMLElement>(template.content.cloneNode(true) as DocumentFragment, 'dl')
  for (const label of list.querySelectorAll<HTMLElement>('dt')) {
    const key = label.dataset.field as keyof ReportBody
    const place = label.nextElementSibling as HTMLElement
    const value = report[key]
    if (value === undefined) {
      label.remove()
      place.remove()
    } else if (key === 'involved') {
      const named = [...place.querySelectorAll<HTMLElement>('[data-member]')]
        .filter((member) => report.involved?.includes(member.dataset.member ?? ''))
        .map(({ textContent }) => textContent)
      place.textContent = named.join(', ')
    } else if (key === 'event') place.textContent = report.event?.name ?? ''
    else if (key === 'when') place.textContent = timeSaid(value as ApproximateTime)
    else place.textContent = template.dataset[String(value)] ?? String(value)
  }
  return list
}

function timeSaid(time: ApproximateTime): string {
  if ('phrase' in time) return time.phrase
  return 'exact' in time ? wallClock(time.exact) : `${wallClock(time.from)} – ${wallClock(time.to)}`
}
