/** What the public pages say, all of it put in by the server. */
export const publicPages = {
  'language.tag': 'en',
  'language.name': 'English',
  'language.switch': 'Language',

  // On every page
  'page.leave': 'Leave quickly',
  'page.leave.hint': 'Opens another website in place of this page.',
  'page.leave.address': 'https://www.weather.gov/',
  'page.skip': 'Skip to the page',
  'page.back': 'Back',
  'page.demo': 'This is a demonstration. Do not report anything real here.',
  'page.test-clock': 'The clock of this server is set by a test.',
  'page.title': '{page} · {community}',
  'page.code-of-conduct': 'Our code of conduct',

  // The only page without a community
  'communities.title': 'Which community is it about?',
  'communities.none': 'There is no community here yet.',
  'communities.none.text':
    'Whoever runs this server sets one up first, with the link that it prints when it starts.',

  // What is happening?
  'home.promise': 'You need no account. Nothing is kept until you choose to send something.',
  'home.straight-to-report': 'Write down what happened',
  'home.receipt': 'I have a receipt code',
  'home.guide': 'How this works, and who reads it',
  'home.step': 'Question {number, number} of {total, number}',

  // Danger
  'danger.title': 'Get security or the police first',
  'danger.emergency': 'Call {phone}',
  'danger.emergency.label': 'emergency',
  'danger.security': 'Venue security',
  'danger.police': 'Police, not an emergency',
  'danger.address': 'Read this address out',
  'danger.called': 'Security has been called',
  'danger.stay': 'Stay with other people if you can. You do not have to deal with it yourself.',
  'danger.nothing-kept': 'Nothing is sent or kept on this page.',

  // Handle it, or find somebody
  'find-help.on-call.label': 'On call now',
  'find-help.call': 'Call the committee',
  'find-help.ask-staff': 'Ask anybody on the staff to bring you to a committee member.',
  'path.report-later': 'Whatever you choose, it ends with a short report, when it suits you.',

  // The report form
  'form.title': 'Report',
  'form.optional': 'Everything below is optional: only what you remember and want to say.',
  'form.add': 'add',
  'form.change': 'change',
  'form.add-file': 'Add a picture or file',
  'form.files-later': 'You choose your pictures and files on the next page.',
  'form.when.zone': 'Times as the clocks show them there ({zone}).',
  'form.when.date': 'date',
  'form.when.time': 'time, if you know it',
  'form.when.between': 'between {from} and {to}',
  'form.involved.all-title': 'Everybody on the committee is involved',
  'form.involved.all':
    'Then no member can read your report. It is kept sealed, and the organizers of {community} are told that there is one. Only the community’s recovery kit opens it. If you can, also speak to an organizer you trust.',
  'form.involved.nobody':
    'Then nobody could read your report, so it cannot be sent here. Please write to an organizer of {community} whom you trust.',
  'form.involved.organizers': 'You can write to the organizers:',
  'form.sealed-for':
    'Sealed on this device for the people on call, and then the committee members who are not involved. The server cannot read it.',
  'form.sealed-for-names':
    'Sealed on this device for {names}, on call, and then the committee members who are not involved. The server cannot read it.',
  'form.notify.label': 'Email me when there is an answer',
  'form.notify.hint':
    'The mail only says that there is something to read. The server then knows this address, and keeps it apart from your report.',
  'form.review': 'Read it over and send',
  'form.stuck':
    'The part of this page that seals your report has not arrived yet. You can wait for it. Or you can send your report without it:',
  'form.kept-in-memory': 'What you type stays on this page. It is gone when you close it.',
  'form.no-js.title': 'JavaScript is off in your browser',
  'form.no-js.text':
    'You can still send your report. But your browser cannot seal it: it goes to our server over the encrypted connection, and the server seals it at once, without keeping it open. For that moment you have to trust the server.',
  'form.no-js.label': 'Sealed by the server',
  'form.no-js.send': 'Send it to be sealed by the server',

  // Reading it over
  'review.title': 'Read it over',
  'review.hint': 'Is this what you want to send? You can change anything.',
  'review.sealed-here': 'It is sealed on this device when you send it. The server cannot read it.',
  'review.who-reads': 'Who will read this',
  'review.anonymous': 'You stay anonymous. We can only answer you here, with your receipt code.',
  'review.change': 'Change it',
  'review.send': 'Send',
  'review.left-out': 'Left out: {names}. They are not told, and cannot read it.',

  // Received
  'receipt.title': 'Received. Thank you.',
  'receipt.answer-by': 'You will have an answer by {time}.',
  'receipt.code.title': 'Your receipt code',
  'receipt.code.text': 'The only way back to this report. It is not kept anywhere else.',
  'receipt.copy': 'Copy',
  'receipt.save': 'Save',
  'receipt.print': 'Print',
  'receipt.write-down': 'Write the words down, or take a picture of them.',
  'receipt.bookmark': 'Or bookmark this link. Whoever has it can read your report.',
  'receipt.link': 'Link with your code in it',
  'receipt.next.title': 'What happens next',
  'receipt.next.text':
    'The person on call reads it and answers. They bring it to the committee members who are not involved. One of them becomes your contact. Within {days, plural, one {# day} other {# days}} you hear what was decided.',
  'receipt.kept': 'I have kept the code',
  'receipt.everybody-involved':
    'Your report is kept sealed. The organizers have been told that there is one, and nothing else.',

  // The mailbox
  'mailbox.title': 'Your report',
  'mailbox.code.label': 'Your receipt code',
  'mailbox.code.hint': 'The eight words you were given. Capital letters and dashes do not matter.',
  'mailbox.open': 'Open',
  'mailbox.lost':
    'Without the code nobody can open it, and we cannot send it again. You can always send a new report.',
  'mailbox.from-you': 'You',
  'mailbox.from-committee': '{name}, committee',
  'mailbox.checked': 'signature checked',
  'mailbox.by-server': 'sealed by the server',
  'mailbox.nothing-yet': 'No answer yet. You will have one by {time}.',
  'mailbox.overdue': 'The answer is late. We are sorry. The other committee members have been told.',
  'mailbox.shepherd': '{name} looks after your report. Is that all right with you?',
  'mailbox.shepherd.hint': 'You can say so until {time}. You need not, and need not say why.',
  'mailbox.shepherd.agrees': 'Yes, that is fine',
  'mailbox.shepherd.objects': 'I would rather have somebody else',
  'mailbox.shepherd.unsaid': 'I do not want to say',
  'mailbox.write': 'Write to us',
  'mailbox.add-file': 'Add a picture or file',
  'mailbox.send': 'Send',
  'mailbox.sent': 'Sent.',
  'mailbox.close': 'Close and forget the code on this device',
  'mailbox.stuck':
    'The part of this page that opens your messages has not arrived yet. You can wait for it. Or you can go on without it:',
  'mailbox.server-opens':
    'Then the server opens your messages for you, in memory, with the code you type. For that moment you have to trust the server.',
  'mailbox.all-said': 'Everything you said',
  'mailbox.closed': 'This is closed until something new comes to light. If it does, write to us here.',
  'mailbox.untrusted':
    'The keys of the committee could not be checked, so we cannot tell you who wrote these messages.',
  'mailbox.look-again': 'Look for new messages',
  'mailbox.no-js':
    'JavaScript is off in your browser, so the server has to open your messages for you, in memory, with the code you type. For that moment you have to trust the server.',

  // The guide
  'guide.title': 'How this works',
  'guide.picture.title': 'What to do when something happens',
  'guide.picture.alt':
    'The questions of this site as a picture. The same questions are in the list below it.',
  'guide.picture.in-words': 'The same in words',
  'guide.begin': 'Begin with the first question',
  'guide.who.title': 'Who reads what you send',
  'guide.who.text':
    'First the two committee members on call. When they bring it to the committee, the other members who are not involved. Nobody else.',
  'guide.who.unanswered':
    'If nobody has answered within {hours, plural, one {# hour} other {# hours}}, every member who is not involved can read it and answer.',
  'guide.who.involved':
    'If somebody on the committee is involved, name them in the form. They are left out before anybody is told. They see no trace of your report.',
  'guide.who.everybody':
    'If everybody on the committee is involved, say so. Your report is kept sealed and the organizers are told that there is one.',
  'guide.next.title': 'What happens next, and by when',
  'guide.next.answer':
    'You get an answer within {hours, plural, one {# hour} other {# hours}}, usually sooner.',
  'guide.next.committee': 'It is brought to the committee members who are not involved. They discuss it.',
  'guide.next.contact': 'One of them becomes your contact. You can ask for somebody else.',
  'guide.next.decision':
    'Nothing is decided by one person alone. At least {quorum, plural, one {# other member} other {# other members}} must agree. You are the first to hear what was decided.',
  'guide.next.resolved':
    'It should be resolved within {days, plural, one {# day} other {# days}}. If it takes longer, you are told why.',
  'guide.next.nothing': 'If you want nothing done, say so. We will not act over your head.',
  'guide.next.on-file': 'If it has been dealt with and you only want us to know, we keep it on file.',
  'guide.server.title': 'What the server cannot see',
  'guide.server.sealed':
    'Your report is sealed on your own device, before it is sent. Only the people named above have the keys. The server, and whoever runs it, cannot read your words, names, pictures or our answers.',
  'guide.server.sees':
    'It does see that a report came in, when, how large it is, whom on the committee you left out, and who has read or answered it.',
  'guide.server.no-tracking':
    'There is no account, no cookie and no tracking on these pages. We do not keep your internet address.',
  'guide.server.trust':
    'One thing you have to trust: that the server sends your browser the right page. You can compare the committee’s key fingerprint with one that you have from somewhere else.',
  'guide.server.fingerprint': 'Fingerprint of the committee’s keys',
  'guide.no-js.title': 'What is weaker without JavaScript, and by email',
  'guide.no-js.text':
    'Without JavaScript your browser cannot seal anything. The server then seals your report in its memory and keeps nothing else. For that moment it could read it.',
  'guide.no-js.mail':
    'An email passes through other people’s servers before it reaches us. The form is safer.',
  'guide.device.title': 'On your own device',
  'guide.device.text':
    'Your browser may remember that you were here. “Leave quickly” opens another page, but does not clear your history. Use a private window if somebody else uses your device.',
  'guide.roster.title': 'On call',
  'guide.roster.now': 'On call now: {names}',
  'guide.roster.next': 'The next hand-over is on {time}.',
  'guide.roster.nobody': 'Nobody is on call at the moment.',
  'guide.roster.not-public': 'Who is on call is not published here.',
  'guide.contact.title': 'Other ways to reach us',
  'guide.contact.mail': 'By email: {address}',
  'guide.contact.phone': 'By phone: {phone}',
  'guide.contact.person': 'In person: ask anybody on the staff for a committee member.',

  // The API's page
  'api.title': 'The API',
  'api.intro':
    'Everything that the pages and the console do goes through these addresses. Whatever says something about a person is sealed before it gets here.',
  'api.routes': 'Addresses',
  'api.schemas': 'Shapes',
  'api.sent': 'Sent:',
  'api.answered': 'Answer {status}:',
  'api.problems': 'Problems',
  'api.problems.text': 'What is refused is answered as a problem (RFC 9457) whose type is one of these.',

  // When something is wrong
  'error.title': 'That did not work',
  'error.not-found.title': 'There is no such page',
  'error.not-found.text': 'The address may be misspelt, or the page may have moved.',
  'error.no-community': 'There is no community with this name here.',
  'error.narrative-missing': 'Please write what happened. A few words are enough.',
  'error.too-long': 'This is too long: {length, number} characters. At most {max, number} fit.',
  'error.files': 'Only {files, number} files fit, each of at most {megabytes, number} MB.',
  'error.files-again': 'Your files have to be chosen again.',
  'error.bad-time': 'We do not understand this time. You can also say it in words.',
  'error.bad-address': 'This does not look like an email address.',
  'error.time-order': 'The end is before the beginning.',
  'error.bad-code': 'We do not know this code. Please look for a word that is misspelt.',
  'error.code-length': 'A receipt code has {expected, number} words. This has {found, number}.',
  'error.unknown-word': '“{word}” is not one of the words that codes are made of.',
  'error.busy': 'The server cannot take it at the moment. Nothing is lost: please try again in a minute.',
  'error.server': 'Something is wrong on our side. What you typed is still here. Please try again.',
  'error.slow-down': 'That was a lot at once. Please wait a minute and try again.',
  'error.still-here': 'What you typed is still here.',
  'error.call-instead': 'If it cannot wait, call {phone}.',
} as const
