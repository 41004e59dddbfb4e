// The machine's limit: a bare node:http server that reads a body and writes it in one row, as durably as we do.
//
// limit.ts <file or postgres://…>; prints its port.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'

const [where = ''] = process.argv.slice(2)
const keep = where.startsWith('postgres') ? await inPostgres(where) : inSqlite(where)

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', async () => {
    await keep(Buffer.concat(chunks))
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"kept":true}')
  })
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))

function inSqlite(path: string): (body: Buffer) => void {
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('PRAGMA synchronous = FULL')
  database.exec('CREATE TABLE kept (id integer primary key, body blob not null)')
  const insert = database.prepare('INSERT INTO kept (body) VALUES (?)')
  return (body) => void insert.run(body)
}

async function inPostgres(url: string): Promise<(body: Buffer) => Promise<void>> {
  const pool = new pg.Pool({ connectionString: url, max: 10 })
  await pool.query(
    'CREATE TABLE kept (id bigint generated always as identity primary key, body bytea not null)',
  )
  return async (body) => {
    await pool.query({ name: 'keep', text: 'INSERT INTO kept (body) VALUES ($1)', values: [body] })
  }
}
