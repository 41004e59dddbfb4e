import pg from 'pg'

/** Makes a database in a server; returns its address. */
export async function database(admin: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: admin })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return admin.replace(/\/postgres$/, `/${name}`)
}
