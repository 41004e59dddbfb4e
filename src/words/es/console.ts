import type { ConsoleWords } from '../types.ts'

export const consoleApp: ConsoleWords = {
  'console.title': 'Comité',
}
