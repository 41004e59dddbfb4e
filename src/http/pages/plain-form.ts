/** What a browser without JavaScript sends, within limits. */
import type { Context } from 'hono'
import { Refused } from '../../casework/refused.ts'
import type { PlainFile } from '../../casework/seal-report.ts'
import { limits } from '../../procedure/records.ts'
import { BrokenForm, boundaryOf, type FormPart, formParts } from './multipart.ts'

/** All texts of a form at their longest, every character escaped. */
const mostFieldBytes = 4 * 1024 * 1024
const mostBytes = limits.files * limits.fileBytes + 2 * mostFieldBytes

/**
 * The fields of a form without files.
 *
 * @throws {Refused} `too-large`.
 */
export async function readFields(c: Context): Promise<URLSearchParams> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of c.req.raw.body ?? []) {
    size += piece.length
    if (size > mostFieldBytes) throw new Refused('too-large')
    pieces.push(Buffer.from(piece))
  }
  return new URLSearchParams(Buffer.concat(pieces).toString('utf8'))
}

/** A form whose fields have arrived and whose files are still arriving. */
export interface PlainForm {
  readonly fields: URLSearchParams
  readonly files: AsyncIterable<PlainFile>
  /** Lets the rest of the body pass by unread: a browser shows no answer before it has sent everything. */
  drain(): Promise<void>
}

/**
 * Reads a form with files as far as its first file. The pages put every field before the files.
 *
 * @throws {Refused} `too-large` or `invalid-input`.
 */
export async function readPlainForm(c: Context): Promise<PlainForm> {
  const boundary = boundaryOf(c.req.header('content-type'))
  if (boundary === null || !c.req.raw.body)
    throw new Refused('invalid-input', { field: '', reason: 'is no form' })
  const reader = c.req.raw.body.getReader()
  let total = 0
  let most = mostFieldBytes
  const read = async () => {
    const result = await reader.read()
    total += result.value?.length ?? 0
    if (total > most) throw new Refused('too-large')
    return result
  }
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await read()
        if (done) controller.close()
        else controller.enqueue(value)
      },
    },
    { highWaterMark: 0 },
  )
  const fields = new URLSearchParams()
  const parts = formParts(body, boundary)
  let first: FormPart | undefined
  try {
    for (;;) {
      const { value, done } = await parts.next()
      if (done) break
      if (value.fileName !== undefined) {
        first = value
        most = mostBytes
        break
      }
      const text = await new Response(value.bytes).text()
      fields.append(value.name, text)
    }
  } catch (error) {
    throw asRefused(error)
  }
  return {
    fields,
    files: filesFrom(first, parts),
    async drain() {
      while (!(await read()).done);
    },
  }
}

async function* filesFrom(
  first: FormPart | undefined,
  parts: AsyncGenerator<FormPart>,
): AsyncGenerator<PlainFile> {
  try {
    for (let part = first; part !== undefined; part = (await parts.next()).value) {
      const { fileName, type, bytes } = part
      // An empty name: nothing was chosen.
      if (fileName !== undefined && fileName !== '') yield { name: fileName, type, bytes }
    }
  } catch (error) {
    throw asRefused(error)
  }
}

const asRefused = (error: unknown): unknown =>
  error instanceof BrokenForm ? new Refused('invalid-input', { field: '', reason: error.message }) : error
