/** Mail that the server writes by itself. Never a word of what is in a case (its code name is not either). */
export const mail = {
  'mail.new-report.subject': 'A report is waiting for you · {community}',
  'mail.new-report.text':
    'A report has come in for the code of conduct committee of {community}, and it comes to you.\n\nPlease answer it by {time}:\n{link}\n\nThis mail says nothing about what is in it.',
  'mail.inherited.subject': 'A report is now yours to answer · {community}',
  'mail.inherited.text':
    'A report has not been answered yet, so it comes to you.\n\nPlease answer it by {time}:\n{link}',
  'mail.open-to-all.subject': 'A report is unanswered · {community}',
  'mail.open-to-all.text':
    'Nobody has answered a report within a day. Any member who is not involved can take it now:\n{link}',
  'mail.brought.subject': 'A case for the committee · {community}',
  'mail.brought.text': 'A case has been brought to the committee. You can read it now:\n{link}',
  'mail.new-answer.subject': 'A reporter has written · {community}',
  'mail.new-answer.text': 'The reporter has added something to a case that you can read:\n{link}',
  'mail.everybody-involved.subject': 'A report that the committee cannot read · {community}',
  'mail.everybody-involved.text':
    'Somebody has sent a report and named every member of the code of conduct committee as involved. It is kept sealed; no member has been told, and none can read it. Only the community’s recovery kit opens it.\n\nPlease decide among the organizers who should open it.\n{link}',
  'mail.to-reporter.subject': 'There is a message for you · {community}',
  'mail.to-reporter.text':
    'There is something new for you. You can read it with the words you were given:\n{link}',
  'mail.invitation.subject': 'You are invited to {community}',
  'mail.invitation.text':
    '{inviter} invites you to the code of conduct committee of {community}. This link works once, until {time}:\n{link}',
  'mail.test.subject': 'Test message · {community}',
  'mail.test.text': 'This is a test. If you can read it, mail from {community} reaches you.',
} as const
