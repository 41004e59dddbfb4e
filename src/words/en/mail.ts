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
  'mail.roster-gap.subject': 'A gap in the on-call roster · {community}',
  'mail.roster-gap.text':
    'Somebody is missing on the on-call roster of {community} in the coming weeks. Please look when, and who can step in:\n{link}',
  'mail.roster-changed.subject': 'The on-call roster has changed · {community}',
  'mail.roster-changed.text':
    'Somebody has changed the on-call roster of {community}, and it concerns you:\n{link}',
  'mail.swap-offered.subject': 'You are offered an on-call turn · {community}',
  'mail.swap-offered.text': 'Another member asks you to take an on-call turn. You can say yes or no:\n{link}',
  'mail.swap-answered.subject': 'Your swap was answered · {community}',
  'mail.swap-answered.text': 'The swap of on-call turns that you offered was answered:\n{link}',
  'mail.task-due.subject': 'Something is still to be done · {community}',
  'mail.task-due.text': 'Something that you or somebody else waits for is not done yet:\n{link}',
  'mail.log-answered.subject': 'What you logged was answered · {community}',
  'mail.log-answered.text':
    'Something that you logged for the committee was answered. You can read it here:\n{link}',
  'mail.shepherd-proposed.subject': 'You are proposed as shepherd of a case · {community}',
  'mail.shepherd-proposed.text':
    'Another member proposes that you look after a case. Please say first whether you know the people involved, or that you cannot:\n{link}',
  'mail.shepherd-declared.subject': 'Who is to look after a case? · {community}',
  'mail.shepherd-declared.text':
    'Somebody is proposed as shepherd of a case and has said whether there is a bias. One other member decides:\n{link}',
  'mail.shepherd-assigned.subject': 'A case has its shepherd · {community}',
  'mail.shepherd-assigned.text':
    'The committee has agreed who looks after a case. Who it is, and whether the reporter is still to be told:\n{link}',
  'mail.shepherd-needed.subject': 'A case needs a shepherd · {community}',
  'mail.shepherd-needed.text':
    'Somebody is to look after a case, and nobody does. Please look whether you can, or who else:\n{link}',
  'mail.shepherd-introduce.subject': 'A reporter waits to hear from you · {community}',
  'mail.shepherd-introduce.text':
    'You are shepherd of a case, and nothing stands in the way any more. Please write to the reporter:\n{link}',
  'mail.proposal-new.subject': 'A proposal for you to decide on · {community}',
  'mail.proposal-new.text':
    'Actions are proposed in a case that you can read. Please say whether you agree, or why not:\n{link}',
  'mail.proposal-agreed.subject': 'The committee has agreed · {community}',
  'mail.proposal-agreed.text': 'Enough members agree to what was proposed in a case:\n{link}',
  'mail.proposal-returned.subject': 'A case is discussed again · {community}',
  'mail.proposal-returned.text':
    'A proposal was not agreed to, or was taken back. The reasons are in the case:\n{link}',
  'mail.motion-new.subject': 'A motion for the organizers · {community}',
  'mail.motion-new.text':
    'The code of conduct committee of {community} asks the organizers to vote on a motion. The report with it is confidential, and sealed to the organizers alone:\n{link}',
  'mail.motion-voted.subject': 'The organizers have voted · {community}',
  'mail.motion-voted.text': 'The organizers have voted on a motion of the committee. How it went:\n{link}',
  'mail.draft-new.subject': 'A message for you to confirm · {community}',
  'mail.draft-new.text':
    'A message to somebody else is drafted in a case that you can read. It is sent only once another member confirms it:\n{link}',
  'mail.draft-confirmed.subject': 'Your message is confirmed · {community}',
  'mail.draft-confirmed.text': 'The message that you drafted is confirmed. You can send it now:\n{link}',
  'mail.outgoing.subject': 'A message from the code of conduct committee · {community}',
  'mail.case-goes-on.subject': 'A case is not resolved yet · {community}',
  'mail.case-goes-on.text':
    'A case that was being acted on is discussed again. What happened is in the case:\n{link}',
  'mail.case-closed.subject': 'A case is resolved · {community}',
  'mail.case-closed.text':
    'A case is resolved. What was done, how it ended and when it is looked at again is in the case:\n{link}',
  'mail.case-reopened.subject': 'A case is open again · {community}',
  'mail.case-reopened.text': 'There is new information in a case, so that it is discussed again:\n{link}',
  'mail.case-due-soon.subject': 'A case is due soon · {community}',
  'mail.case-due-soon.text':
    'A case that is yours is due to be resolved soon. If it takes longer, please tell the committee, with a new date:\n{link}',
  'mail.case-overdue.subject': 'A case is overdue · {community}',
  'mail.case-overdue.text':
    'A case that is yours should have been resolved by now. Please give the committee the reason and a new date. The reporter may want to hear of it too:\n{link}',
  'mail.case-delayed.subject': 'A case takes longer · {community}',
  'mail.case-delayed.text': 'A case takes longer. The reason and the new date are in the case:\n{link}',
  'mail.case-review.subject': 'Time to look at a closed case again · {community}',
  'mail.case-review.text':
    'Today is the review date of a case that is closed. Has what was done held? New information opens it again:\n{link}',
  'mail.set-aside-proposed.subject': 'Please look at a case · {community}',
  'mail.set-aside-proposed.text':
    'Another member asks you to decide something about who can read a case:\n{link}',
  'mail.mail-test.subject': 'Test message · {community}',
  'mail.mail-test.text': 'This is a test. If you can read it, mail from {community} reaches you.',
  'mail.alert.subject': 'Somebody needs a committee member now · {community}',
  'mail.alert.text': 'Somebody needs a committee member now.\n\nOpen it to see more and to take it:\n{link}',
  'mail.alert-worse.subject': 'It got worse: somebody needs you now · {community}',
  'mail.alert-worse.text':
    'Whoever called the committee of {community} says that it got worse.\n\nPlease look now:\n{link}',
  'mail.alert-handed-over.subject': 'A call is yours now · {community}',
  'mail.alert-handed-over.text':
    'Another member has handed a call for help to you. Somebody is waiting.\n\nPlease look now:\n{link}',
  'mail.alert-taken.subject': 'Somebody is going · {community}',
  'mail.alert-taken.text':
    'Another member is on their way to the call you were told of. Who it is, and how it stands:\n{link}',
  'mail.alert-ended.subject': 'A call is over · {community}',
  'mail.alert-ended.text': 'The call you were told of is over, or was taken back. What was said:\n{link}',
  'mail.alert-report-reminder.subject': 'A call still needs its report · {community}',
  'mail.alert-report-reminder.text':
    'There is no report yet of a call that came to you. Please write one, or say why there is none:\n{link}',
  'mail.line': 'They say: {line}',
  'mail.channel-test.subject': 'Test: this reaches you · {community}',
  'mail.channel-test.text':
    'This is a test that you asked for. If you can read it, this channel reaches you.\n{link}',
  'mail.channel-check.subject': 'Weekly check: nothing to do · {community}',
  'mail.channel-check.text':
    'Once a week Bellwether checks that it can reach you, if nothing else came this way. There is nothing to do. You can turn this check off in your account:\n{link}',
} as const
