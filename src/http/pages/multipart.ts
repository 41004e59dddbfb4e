/**
 * Reading a form with files (multipart/form-data, RFC 7578) while it arrives: the fields first, then one file
 * after the other, none of them held whole.
 */

/** The form is not one, or is cut off. */
export class BrokenForm extends Error {
  override name = 'BrokenForm'
}

/** One field or file of a form. `bytes` must be read or cancelled before the next one is asked for. */
export interface FormPart {
  readonly name: string
  /** What the device calls the file; undefined for a field. */
  readonly fileName: string | undefined
  readonly type: string
  readonly bytes: ReadableStream<Uint8Array>
}

const mostHeaderBytes = 16 * 1024

/** The boundary that a content type names, or null if it is not that of a form with files. */
export function boundaryOf(contentType: string | undefined): string | null {
  const found = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(
    contentType ?? '',
  )
  return found?.[1] ?? found?.[2] ?? null
}

/**
 * The parts of a form, in the order in which they arrive.
 *
 * @throws {BrokenForm} where the body does not keep to the format or ends early.
 */
export async function* formParts(
  body: ReadableStream<Uint8Array>,
  boundary: string,
): AsyncGenerator<FormPart> {
  const input = inputOf(body)
  // The first delimiter has no line break before it; pretending that it does makes all of them alike.
  input.unread(Buffer.from('\r\n'))
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  for await (const _ of upTo(input, delimiter)) {
    // Whatever stands before the first delimiter is to be ignored.
  }
  for (;;) {
    const after = await input.take(2)
    if (after.toString('latin1') === '--') return
    if (after.toString('latin1') !== '\r\n')
      throw new BrokenForm('A delimiter is followed by something else.')
    const headers = await readHeaders(input)
    const content = upTo(input, delimiter)
    let finished = false
    yield {
      ...headers,
      bytes: new ReadableStream(
        {
          async pull(controller) {
            try {
              const { value, done } = await content.next()
              finished = done === true
              if (done) controller.close()
              else controller.enqueue(new Uint8Array(value))
            } catch (error) {
              controller.error(error)
            }
          },
        },
        { highWaterMark: 0 },
      ),
    }
    while (!finished) finished = (await content.next()).done === true
  }
}

interface Input {
  /** The next bytes, at least one; throws at the end. */
  chunk(): Promise<Buffer>
  /** Exactly so many bytes. */
  take(count: number): Promise<Buffer>
  unread(bytes: Buffer): void
}

function inputOf(body: ReadableStream<Uint8Array>): Input {
  const reader = body.getReader()
  let held: Buffer = Buffer.alloc(0)
  const more = async (): Promise<Buffer> => {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) throw new BrokenForm('The form ends early.')
      if (value.length > 0) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    }
  }
  return {
    async chunk() {
      const bytes = held.length > 0 ? held : await more()
      held = Buffer.alloc(0)
      return bytes
    },
    async take(count) {
      while (held.length < count) held = Buffer.concat([held, await more()])
      const bytes = held.subarray(0, count)
      held = held.subarray(count)
      return bytes
    },
    unread(bytes) {
      held = held.length > 0 ? Buffer.concat([bytes, held]) : bytes
    },
  }
}

/** Everything up to a delimiter, which is consumed. Holds back only what could be the beginning of one. */
async function* upTo(input: Input, delimiter: Buffer): AsyncGenerator<Buffer> {
  let bytes: Buffer = Buffer.alloc(0)
  for (;;) {
    const chunk = await input.chunk()
    bytes = bytes.length > 0 ? Buffer.concat([bytes, chunk]) : chunk
    const found = bytes.indexOf(delimiter)
    if (found >= 0) {
      input.unread(bytes.subarray(found + delimiter.length))
      if (found > 0) yield bytes.subarray(0, found)
      return
    }
    const sure = bytes.length - delimiter.length + 1
    if (sure <= 0) continue
    yield bytes.subarray(0, sure)
    bytes = bytes.subarray(sure)
  }
}

async function readHeaders(input: Input): Promise<Omit<FormPart, 'bytes'>> {
  const parts: Buffer[] = []
  let size = 0
  // A part without headers begins with the empty line itself.
  input.unread(Buffer.from('\r\n'))
  for await (const piece of upTo(input, Buffer.from('\r\n\r\n'))) {
    size += piece.length
    if (size > mostHeaderBytes) throw new BrokenForm('The header of a part is too long.')
    parts.push(Buffer.from(piece))
  }
  const lines = Buffer.concat(parts).toString('utf8').split('\r\n')
  const header = (name: string): string => {
    const line = lines.find((one) => one.toLowerCase().startsWith(`${name}:`))
    return line === undefined ? '' : line.slice(name.length + 1).trim()
  }
  const disposition = header('content-disposition')
  const name = parameter(disposition, 'name')
  if (!/^form-data\b/i.test(disposition) || name === undefined) throw new BrokenForm('A part has no name.')
  return { name, fileName: parameter(disposition, 'filename'), type: header('content-type') }
}

/** A parameter of a header as browsers write it: in quotes, with `"` and line breaks percent-encoded (HTML). */
function parameter(header: string, name: string): string | undefined {
  const found = new RegExp(`[;\\s]${name}="([^"]*)"`, 'i').exec(header)?.[1]
  return found?.replace(/%(22|0D|0A)/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
