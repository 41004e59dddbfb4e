/** What the browser code of the page for taking a report says beyond `site.ts`. No ICU, only `{name}`. */
export const takingSite = {
  'taken.waiting': 'Sealed. Waiting for a connection',
  'taken.sending': 'Sealed. Being sent',
  'taken.sent': 'Arrived',
  'taken.refused': 'The server did not take it. It cannot be read here: please write it down again.',
  'taken.of': 'Written down at {time}',
  'taken.forget': 'Remove',
  'taken.no-keys':
    'There is no connection, and the keys of the committee have not been fetched yet. What you typed is still here. Keep this page open and try again.',
  'taken.not-kept': 'This browser keeps nothing. Do not close this page before it has arrived.',
} as const
