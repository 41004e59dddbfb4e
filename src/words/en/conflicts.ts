/** Conflicts of interest that are found later (K3). */
export const conflicts = {
  'record.epoch': '{name}: sealed anew',
  'record.epoch.text':
    'What is added from here on is sealed with a new key, for those who can read the case now.',
  'conflict.title': 'Conflict of interest',
  'conflict.step-aside': 'I have one: step aside',
  'conflict.step-aside.confirm':
    'You will not see this case any more, nor that there is one. Nobody asks why. This cannot be taken back here.',
  'conflict.step-aside.do': 'Step aside',
  'conflict.other': 'Another member has one',
  'conflict.other.who': 'Who?',
  'conflict.other.hint': 'A second member decides. Nobody asks why, and they are not told.',
  'conflict.other.do': 'Say so',
  'conflict.said': '{by} says that {name} has a conflict of interest. A second member decides.',
  'conflict.decide': 'I agree: {name} is left out',
  'conflict.withdraw': 'Take it back',
  'conflict.disagree': 'I do not agree',
  'log.set-aside-proposed': 'said that another member has a conflict of interest',
  'log.set-aside-withdrawn': 'withdrew that, or did not agree: the member stays',
  'log.set-aside': 'agreed that a member has a conflict of interest: they are left out',
  'log.stepped-aside': 'stepped aside because of a conflict of interest',
  'log.epoch-renewed': 'sealed the case anew after somebody left it',
  'outbox.set-aside-proposed': 'A conflict of interest to decide on',
} as const
