/** What the public pages say where they are kept on a phone, for when there is no connection. */
export const kept = {
  // {kept} stays as it is: the browser's own code puts the time there.
  'kept.notice':
    'No connection to the server. This is the page as your phone kept it on {kept}. Numbers may have changed.',
  'kept.nothing.title': 'No connection',
  'kept.nothing.text': 'This page needs a connection. These work without one:',
  'kept.title': 'Kept on this phone',
  'kept.text':
    'After your first visit, the pages that lead to help and the empty report form stay on this phone, so that they open without a connection. Nothing that you type or send is kept with them. But whoever looks through this phone could see that you were here: in the browser’s history, and in the data it keeps of websites.',
  'kept.history': 'The browser’s history has to be cleared in the browser. A private window keeps neither.',
  'kept.remove': 'Remove this site from this phone',
  'kept.removed':
    'Removed. Close this page now, and clear it from your history. Opening the site again keeps it again.',
  'kept.not-removed': 'That did not work. You can clear the data of this website in your browser’s settings.',
} as const
