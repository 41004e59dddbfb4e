// The load generator, in a process of its own: keeps a number of connections busy with submissions sealed before,
// and tells what it saw. Jobs and results go over the IPC channel.
import { randomBytes, randomInt } from 'node:crypto'
import { connect } from 'node:net'

/** What to send, where, for how long. */
export interface Job {
  readonly port: number
  readonly path: string
  /** Connections, each with one request in hand. */
  readonly atOnce: number
  readonly seconds: number
  /** Each connection begins a request this often, milliseconds; none: as soon as the one before is answered. */
  readonly every?: number
  /** The most requests; none: as many as there is time for. */
  readonly most?: number
  /** Bodies to send in turn. The ids in them that must be new each time are overwritten. */
  readonly bodies: readonly string[]
  /** The ids in each body that must be new. */
  readonly fresh: readonly (readonly string[])[]
}

/** What came of it. */
export interface Outcome {
  /** Of every request answered 201, milliseconds. */
  readonly latencies: number[]
  readonly seconds: number
  /** Answers of any other status, as they came. */
  readonly others: string[]
}

process.on('message', async (job: Job) => {
  process.send?.(await run(job))
})

async function run(job: Job): Promise<Outcome> {
  const prepared = job.bodies.map((body, index) => {
    const bytes = Buffer.from(body)
    return { bytes, places: (job.fresh[index] ?? []).map((id) => bytes.indexOf(id)) }
  })
  const latencies: number[] = []
  const others: string[] = []
  const began = performance.now()
  const until = began + job.seconds * 1000
  let turn = 0

  const next = (): Buffer => {
    const { bytes, places } = prepared[turn++ % prepared.length] as (typeof prepared)[number]
    for (const place of places) bytes.write(newId(), place, 'latin1')
    const from = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`
    const head =
      `POST ${job.path} HTTP/1.1\r\nhost: 127.0.0.1:${job.port}\r\ncontent-type: application/json\r\n` +
      `idempotency-key: ${newId()}\r\nx-forwarded-for: ${from}\r\ncontent-length: ${bytes.length}\r\n\r\n`
    return Buffer.concat([Buffer.from(head, 'latin1'), bytes])
  }

  await Promise.all(
    Array.from(
      { length: job.atOnce },
      () =>
        new Promise<void>((resolve, reject) => {
          const socket = connect({ port: job.port, host: '127.0.0.1', noDelay: true })
          let sent = 0
          let answer = ''
          const send = (): void => {
            sent = performance.now()
            if (sent > until || turn >= (job.most ?? Infinity)) {
              socket.end()
              resolve()
            } else socket.write(next())
          }
          socket.setEncoding('latin1')
          socket.on('connect', send)
          socket.on('error', reject)
          socket.on('data', (chunk: string) => {
            answer += chunk
            if (!isWhole(answer)) return
            if (answer.startsWith('HTTP/1.1 201')) latencies.push(performance.now() - sent)
            else others.push(answer)
            answer = ''
            if (job.every === undefined) send()
            else setTimeout(send, Math.max(0, sent + job.every - performance.now()))
          })
        }),
    ),
  )
  return { latencies, seconds: (performance.now() - began) / 1000, others }
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n')
  if (end < 0) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(answer)
  return length ? answer.length >= end + 4 + Number(length[1]) : answer.endsWith('0\r\n\r\n')
}

function newId(): string {
  return randomBytes(16).toString('base64url')
}
