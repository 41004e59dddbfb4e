/** Mail that the server writes by itself. Never a word of what is in a case (its code name is not either). */
export const mail = {
  'mail.report-new.subject': 'A report is waiting for you · {community}',
  'mail.report-new.text':
    'A report has come in for the code of conduct committee of {community}, and it comes to you.\n\nPlease answer it by {time}:\n{link}\n\nThis mail says nothing about what is in it.',
  'mail.case-inherited.subject': 'A report is now yours to answer · {community}',
  'mail.case-inherited.text':
    'A report has not been answered yet, so it comes to you.\n\nPlease answer it by {time}:\n{link}',
  'mail.acknowledge-overdue.subject': 'A report is still unanswered · {community}',
  'mail.acknowledge-overdue.text':
    'A report should have been answered by {time}, and nobody has answered it yet. The person who sent it is waiting:\n{link}',
  'mail.case-open-to-all.subject': 'A report is unanswered · {community}',
  'mail.case-open-to-all.text':
    'Nobody has answered a report within a day. Any member who is not involved can take it now:\n{link}',
  'mail.case-brought.subject': 'A case for the committee · {community}',
  'mail.case-brought.text': 'A case has been brought to the committee. You can read it now:\n{link}',
  'mail.answer-new.subject': 'A reporter has written · {community}',
  'mail.answer-new.text': 'The reporter has added something to a case that you can read:\n{link}',
  'mail.report-for-organizers.subject': 'A report that the committee cannot read · {community}',
  'mail.report-for-organizers.text':
    'Somebody has sent a report and named every member of the code of conduct committee as involved. It is kept sealed; no member has been told, and none can read it. Only the community’s recovery kit opens it.\n\nPlease decide among the organizers who should open it.\n{link}',
  'mail.reporter-message.subject': 'There is a message for you · {community}',
  'mail.reporter-message.text':
    'There is something new for you. You can read it with the words you were given:\n{link}',
  'mail.mail-test.subject': 'Test message · {community}',
  'mail.mail-test.text': 'This is a test. If you can read it, mail from {community} reaches you.',
  'mail.alert.subject': 'Somebody needs a committee member now · {community}',
  'mail.alert.text': 'Somebody needs a committee member now.\n\nOpen it to see more and to take it:\n{link}',
  'mail.line': 'They say: {line}',
  'mail.channel-test.subject': 'Test: this reaches you · {community}',
  'mail.channel-test.text':
    'This is a test that you asked for. If you can read it, this channel reaches you.\n{link}',
  'mail.channel-check.subject': 'Weekly check: nothing to do · {community}',
  'mail.channel-check.text':
    'Once a week Bellwether checks that it can reach you, if nothing else came this way. There is nothing to do. You can turn this check off in your account:\n{link}',
} as const
