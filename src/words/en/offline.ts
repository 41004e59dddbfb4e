/** What the public pages say where they are kept on a phone, for when there is no connection. */
export const offline = {
  // {kept} stays as it is: the browser's own code puts the time there.
  'offline.notice':
    'No connection to the server. This is the page as your phone kept it on {kept}. Numbers may have changed.',
  'offline.nothing.title': 'No connection',
  'offline.nothing.text': 'This page needs a connection. These work without one:',
  'offline.title': 'Kept on this phone',
  'offline.text':
    'After your first visit, the pages that lead to help and the empty report form stay on this phone, so that they open without a connection. Nothing that you type or send is kept with them. But whoever looks through this phone could see that you were here: in the browser’s history, and in the data it keeps of websites.',
  'offline.history':
    'The browser’s history has to be cleared in the browser. A private window keeps neither.',
  'offline.remove': 'Remove this site from this phone',
  'offline.removed':
    'Removed. Close this page now, and clear it from your history. Opening the site again keeps it again.',
  'offline.waiting':
    'Not removed yet: something that was written down on this phone has not been sent. Open the page on which it was written with a connection, and wait until it says “sent”.',
  'offline.not-removed':
    'That did not work. You can clear the data of this website in your browser’s settings.',
} as const
