/** What the committee's console says beyond the procedure's own words. */
export const consoleApp = {
  'console.title': 'Committee',
} as const
