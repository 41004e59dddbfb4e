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
  'site.back-online': 'The connection is back. Sending…',
  'site.busy': 'The server is busy. Trying again in a moment.',
  'site.refused': 'The server did not take it: {reason}',
  'site.cannot-seal':
    'This browser cannot seal your report. You can still send it to be sealed by the server.',
  'site.problem.missing': 'Please write what happened. A few words are enough.',
  'site.problem.too-long': 'This is too long: {length} characters. At most {max} fit.',
  'site.problem.bad-time': 'We do not understand this time. You can also say it in words.',
  'site.problem.time-order': 'The end is before the beginning.',
  'site.problem.bad-address': 'This does not look like an email address.',
  'site.committee-changed':
    'The committee has changed since you opened this page. Please look again: is one of them involved?',
  'site.untrusted':
    'Nothing was sent: the keys of the committee could not be checked. Please tell the organizers, and reach the committee in another way.',
  'site.file.sealing': '{name}: sealing, {percent} %',
  'site.file.sending': '{name}: sending, {percent} %',
  'site.file.waiting': '{name}: waiting for the connection',
  'site.file.done': '{name}: sealed and sent',
  'site.file.failed': '{name} could not be read.',
  'site.file.too-large': '{name} is larger than {megabytes} MB.',
  'site.file.too-many': 'Only {max} files fit. You can add more later with your receipt code.',
  'site.file.remove': 'Remove',
  'site.file.remove-named': 'Remove {name}',
  'site.file.add': 'Add another file',
  'site.copied': 'Copied',
  'site.copy-failed': 'Copying did not work. Please write the words down.',
  'site.saved-as': 'Saved as {name}',
  'site.leave-warning': 'Your report is not sent yet.',
  'site.code-not-kept': 'Have you kept your receipt code? It cannot be shown again.',
  'site.receipt.file':
    'Your receipt code for {community}:\n\n{code}\n\nUse it at {address}\nWhoever has this code can read your report.',
  'site.receipt.file-name': 'receipt-code',
  'site.mailbox.opening': 'Opening…',
  'site.mailbox.bad-code': 'We do not know this code. Please look for a word that is misspelt.',
  'site.mailbox.code-length': 'A receipt code has {expected} words. This has {found}.',
  'site.mailbox.unknown-word': '“{word}” is not one of the words that codes are made of.',
  'site.mailbox.cannot-open': 'This message cannot be opened. Somebody may have changed it.',
  'site.mailbox.missing': 'A message is missing here. The server may have left it out.',
  'site.mailbox.file': '{name}, {size}',
  'site.mailbox.new': 'There is a new message.',
  'site.wait-proof': 'One moment: your device is showing the server that you are not a machine.',
} as const
