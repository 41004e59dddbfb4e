/**
 * What the browser code of the public pages says by itself. Shipped to every reporter, so: short, few, and no
 * ICU, only `{name}`.
 */
export const site = {
  'site.sealing': 'Sealing…',
  'site.sending': 'Sending…',
  'site.send-again': 'Send again',
  'site.not-sent': 'Not sent yet. What you typed is still here.',
  'site.offline': 'No connection. Keep this page open: it is sent when the connection is back.',
  'site.busy': 'The server is busy. Trying again in a moment.',
  'site.away':
    'The server has not confirmed it. What you typed is still here. Keep this page open and send it again in a moment: it counts once.',
  'site.refused': 'The server did not take it: {reason}',
  'site.problem.missing': 'Please write what happened. A few words are enough.',
  'site.problem.too-long': 'This is too long: {length} characters. At most {max} fit.',
  'site.problem.bad-time': 'We do not understand this time. You can also say it in words.',
  'site.problem.time-order': 'The end is before the beginning.',
  'site.problem.bad-address': 'This does not look like an email address.',
  'site.problem.committee-changed':
    'The committee has changed since you opened this page. Please look again: is one of them involved?',
  'site.untrusted':
    'Nothing was sent: the keys of the committee could not be checked. Please tell the organizers, and reach the committee in another way.',
  'site.file.sending': '{name}: sending, {percent} %',
  'site.file.done': '{name}: sealed and sent',
  'site.file.failed': '{name} could not be read.',
  'site.file.too-large': '{name} is larger than {megabytes} MB.',
  'site.file.too-many': 'Only {max} files fit. You can add more later with your receipt code.',
  'site.file.remove': 'Remove',
  'site.file.remove-named': 'Remove {name}',
  'site.copied': 'Copied',
  'site.copy-failed': 'Copying did not work. Please write the words down.',
  'site.saved-as': 'Saved as {name}',
  'site.receipt.file':
    'Your receipt code for {community}:\n\n{code}\n\nUse it at {address}\nWhoever has this code can read your report.',
  'site.receipt.file-name': 'receipt-code',
  'site.doubt.unreadable': 'This message cannot be opened. Somebody may have changed it.',
  'site.doubt.signature-wrong': 'The signature does not match. Somebody may have changed this message.',
  'site.doubt.author-unknown': 'It is signed, but not with a key of the person it names. Do not rely on it.',
  'site.doubt.misplaced': 'This message belongs to another case. Do not rely on it.',
  'site.doubt.out-of-order': 'A message before this one is missing. The server may have left it out.',
  'site.mailbox.sent': 'Sent.',
  'site.mailbox.empty': 'Write something, or add a file.',
  'site.mailbox.file-failed': '{name} could not be opened. Somebody may have changed it.',
  'site.mailbox.no-answer': 'The server does not answer. Please try again in a moment.',
  'site.mailbox.not-sent':
    'No answer from the server. What you typed is still here; press Send again to send the very same.',
  'site.mailbox.opening': 'Opening…',
  'site.mailbox.bad-code': 'We do not know this code. Please look for a word that is misspelt.',
  'site.mailbox.code-length': 'A receipt code has {expected} words. This has {found}.',
  'site.mailbox.unknown-word': '“{word}” is not one of the words that codes are made of.',
  'site.mailbox.file': '{name}, {size}',
  'site.mailbox.new': 'There is a new message.',
  'site.wait-proof': 'One moment: your device is showing the server that you are not a machine.',
} as const
