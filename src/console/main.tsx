import { config } from 'zod'

// Our pages' policy forbids making code from text. zod would try whether it may, so it is told before any schema is
// used: everything that has one is loaded after this.
config({ jitless: true })

const { start } = await import('./start.tsx')
await start()
