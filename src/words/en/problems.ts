/** What the API answers when it refuses: a title, and a sentence that says what to do. */
export const problems = {
  'not-found': ['Not found', 'There is nothing here that you can open. Check the address or the code.'],
  'not-signed-in': ['Not signed in', 'Sign in, then try again.'],
  'not-allowed': ['Not allowed', 'Your role does not include this. Ask a chair of your community.'],
  'wrong-origin': [
    'Wrong origin',
    'This did not come from our own pages. Open the page again and repeat it there.',
  ],
  'invalid-input': ['Not understood', 'Something in what was sent is not right: {field} {reason}.'],
  'malformed-envelope': ['Not properly sealed', '{reason} Reload the page and send it again.'],
  'too-large': ['Too large', 'This is more than can be taken in one piece. Send less at a time.'],
  'too-many': [
    'Too many at once',
    'Many requests came from here. Wait a moment; what you wrote is not lost.',
  ],
  unavailable: [
    'Not available',
    'This cannot be kept safely just now, so it was not accepted. Try again in a moment; call if it is urgent.',
  ],
  'server-error': [
    'Something failed',
    'This was not done. Try again; if it stays, tell whoever runs this site.',
  ],
  'key-reused': ['Key used before', 'This idempotency key came with other content. Use a new one.'],
  'key-missing': ['Key missing', 'Send an Idempotency-Key of 16 to 64 characters with this request.'],
  'recipients-changed': [
    'The committee changed',
    'Who can read reports changed in the meantime. Load the recipients again and seal it to them.',
  ],
  'nobody-to-read': [
    'Nobody could read this',
    'Everybody who could open this report is named as involved. Use the contact of the organizers instead.',
  ],
  'out-of-order': [
    'Something came in between',
    'Somebody else added to this case. Read it, then send yours again after it.',
  ],
  'case-changed': ['The case changed', 'Somebody else changed this case. Look at it again before you go on.'],
  'impossible-step': ['Not possible now', 'The procedure does not allow this step here: {reason}.'],
  'file-limit': ['Too many or too large', 'At most {files} files, each of at most {megabytes} MB.'],
  'file-incomplete': ['File incomplete', 'Parts of the file have not arrived. Send the missing ones.'],
  'part-mismatch': ['Other content', 'This part of the file was received before with other content.'],
  'link-used': ['Link used', 'This link was used before or taken back. Ask for a new one.'],
  'link-expired': ['Link expired', 'This link is too old. Ask for a new one.'],
  'name-taken': ['Name taken', 'Another community here has this short name. Choose another one.'],
  'address-taken': ['Address known', 'Somebody with this mail address is here already. Sign in instead.'],
  'sign-in-failed': [
    'Could not sign in',
    'The address or the passphrase is not right. Try again in {seconds} s.',
  ],
  'passkey-failed': ['Passkey not accepted', 'This passkey did not fit. Try again, or use your passphrase.'],
  'last-unlocker': ['Your last way in', 'Add another way to sign in before you remove this one.'],
  'last-chair': ['The last chair', 'A community needs a chair. Make somebody else chair first.'],
  'one-unlocker': [
    'Only one way in',
    'Somebody on call needs two ways to sign in, for the day one is lost. Add a second one first.',
  ],
  'directory-refused': ['Keys not vouched for', '{reason} Reload the page and try again.'],
  'directory-changed': ['The directory changed', 'Somebody entered or left meanwhile. Reload and try again.'],
  'playbook-invalid': ['Playbook not valid', '{field}: {reason}.'],
  'no-mail-server': ['No mail server', 'No mail server is set, so nothing can be sent. Set SMTP_URL.'],
  'nobody-to-alert': [
    'Nobody can be called here',
    'There is nobody on the committee who could be called for this. Please phone, or ask the people around you.',
  ],
  'alert-taken': ['Already taken', '{name} has it. Look at the page again before you go.'],
  'alert-ended': ['It is over', 'This call was closed or taken back. Look at the page again.'],
  'roster-changed': ['The roster changed', 'Something changed in the meantime. Look at the roster again.'],
  'event-taken': [
    'Address taken',
    'Another event of your community has this short name, perhaps one that was put away. Choose another one.',
  ],
} as const satisfies Record<string, readonly [title: string, detail: string]>

/** Why a step is not possible, as it stands in the sentence of `impossible-step`. */
export const stepReasons = {
  closed: 'the case is closed, and only new information opens it again',
  'still-open': 'the case is still open',
  'too-late': 'the case is already past it',
  'too-early': 'something else has to be done first',
  blocked:
    'too few members without a conflict of interest are left to decide, and the way out is the organizers',
  'inform-first': 'the reporter is told of the decision first (M5)',
  'motion-first': 'the organizers are asked first (M9)',
  'no-motion': 'what was agreed does not need the organizers',
  'no-organizers': 'your community has no organizer with an account; invite one first',
  'no-reporter': 'nobody returns to this case with a code',
  'not-confirmed': 'another member confirms it first',
  'not-eligible': 'that member cannot read the case',
  'not-in-force': 'what it says is not in force yet',
  'not-yours': 'it is somebody else’s to do',
  objected: 'the reporter asked for somebody else',
  'objection-over': 'the time to object is over',
} as const
