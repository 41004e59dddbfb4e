import type { ReportBody } from '../../procedure/report.ts'
import { utf8 } from '../../sealing/bytes.ts'
import { chatScreenshot } from './picture.ts'

/** What somebody does in a case, hours after it was reported. */
export type Happening = { readonly after: number } & (
  | { readonly by: string; readonly does: 'acknowledge' | 'keep-on-file' | 'bring' }
  | { readonly by: string; readonly does: 'note' | 'message'; readonly text: string }
  | { readonly by: 'reporter'; readonly does: 'answer'; readonly text: string }
  | { readonly by: 'reporter'; readonly does: 'open-mailbox' }
)

/** One invented case: what was reported, and what happened then. */
export interface Told {
  /** In a line, for whoever looks at the demo. */
  readonly about: string
  /** Hours before the demo was started. */
  readonly ago: number
  /** `web-plain`: from a browser without JavaScript, sealed by the server. */
  readonly channel: 'web' | 'web-plain'
  readonly language: 'en' | 'es'
  readonly report: ReportBody
  /** Names of members who are involved. */
  readonly involved?: readonly string[]
  readonly files?: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[]
  /** Mail address for "there is something for you". */
  readonly notice?: string
  readonly since: readonly Happening[]
}

const days = 24

/** A dozen cases and one, in every state that can be reached, oldest first. Nobody and nothing in them is real. */
export const told: readonly Told[] = [
  {
    about: 'brought to the committee, talked over with an anonymous reporter, and past its two weeks',
    ago: 15.2 * days,
    channel: 'web',
    language: 'en',
    report: {
      narrative:
        'The second speaker made jokes about people who learned to program late. Each one got a laugh and then he pointed at somebody in the room. I was one of them. I left in the break and so did my friend.',
      when: { phrase: 'during the second talk' },
      where: 'the main room',
      others: 'Two people at our table, I do not know their names.',
      decisionWanted: 'yes',
    },
    since: [
      { after: 1.5, by: 'Pat', does: 'acknowledge' },
      { after: 2, by: 'Pat', does: 'bring' },
      { after: 9, by: 'reporter', does: 'open-mailbox' },
      {
        after: 26,
        by: 'Mei',
        does: 'note',
        text: 'I was in the room. The second talk was about onboarding. I remember the pointing, and that the host said nothing.',
      },
      {
        after: 30,
        by: 'Uma',
        does: 'message',
        text: 'Thank you for writing. May we talk to the host of the evening about what they saw? We would not say that somebody reported it, only that we have a question about the talk. If you would rather we did not, that is fine.',
      },
      {
        after: 51,
        by: 'reporter',
        does: 'answer',
        text: 'Yes, you can ask the host. Please do not say which table we sat at.',
      },
      {
        after: 53,
        by: 'Uma',
        does: 'note',
        text: 'Host asked, without the table. Waiting for their answer.',
      },
    ],
  },
  {
    about: 'dealt with on the spot and kept on file',
    ago: 11 * days,
    channel: 'web',
    language: 'en',
    report: {
      narrative:
        'A guest at the project night kept interrupting the beginners’ table and called one of them stupid. I spoke to him twice. The second time I asked him to leave for the evening, and he did.',
      whoName: 'He gave the name “Bo” at the door',
      whoLooks: 'Tall, grey cap, a laptop with many stickers',
      when: { phrase: 'between eight and half past' },
      where: 'project night, beginners’ table',
      goingOn: 'no',
      dealtWith: 'yes',
      dealtHow: 'Asked to leave for the evening by me and another host.',
      decisionWanted: 'no',
      reporterName: 'Kai, host of the project night',
    },
    notice: 'kai@example.org',
    since: [
      { after: 2.4, by: 'Sam', does: 'keep-on-file' },
      { after: 20, by: 'reporter', does: 'open-mailbox' },
    ],
  },
  {
    about: 'dealt with by the moderators of the chat and kept on file',
    ago: 9 * days,
    channel: 'web',
    language: 'en',
    report: {
      narrative:
        'Somebody posted the same insult in three channels of our chat after a disagreement about tabs and spaces. We removed the messages and muted the account for a week.',
      whoName: 'the account “quietriver”',
      where: 'the chat, #general, #jobs and #help',
      when: { phrase: 'Sunday evening' },
      dealtWith: 'yes',
      dealtHow: 'Messages removed, account muted for a week by two moderators.',
      decisionWanted: 'no',
    },
    since: [{ after: 5, by: 'Pat', does: 'keep-on-file' }],
  },
  {
    about: 'about a member of the committee: Gus sees no trace of it',
    ago: 6.1 * days,
    channel: 'web',
    language: 'en',
    report: {
      narrative:
        'I help at check-in. Gus commented on how I look, each time he came by. I asked him to stop. Since then he writes to me at night, and I do not answer.',
      whoName: 'Gus, from the committee',
      when: { phrase: 'the last three meetups' },
      where: 'the check-in desk, then private messages',
      goingOn: 'yes',
      decisionWanted: 'yes',
      needs: 'I would like not to be scheduled with him.',
      reporterName: 'Ida',
    },
    involved: ['Gus'],
    notice: 'ida@example.org',
    since: [
      { after: 0.8, by: 'Sam', does: 'acknowledge' },
      { after: 1, by: 'Sam', does: 'bring' },
      { after: 6, by: 'reporter', does: 'open-mailbox' },
      {
        after: 18,
        by: 'Raj',
        does: 'note',
        text: 'The check-in plan for the next meetup is mine. I have put Ida at the other door, without saying why.',
      },
      {
        after: 19,
        by: 'Mei',
        does: 'message',
        text: 'You will be at the north door next time, with Tia. Nobody was told a reason. Please tell me if you would like anything else, or somebody else to write to.',
      },
      { after: 27, by: 'reporter', does: 'answer', text: 'Thank you. The north door is good.' },
    ],
  },
  {
    about: 'the reporter wants nothing done',
    ago: 5 * days,
    channel: 'web',
    language: 'en',
    report: {
      narrative:
        'Somebody I know from work told people at the bar about my health. I do not want anybody spoken to. I only want it written down somewhere.',
      where: 'the bar after the meetup',
      nothingDone: 'yes',
      decisionWanted: 'unsure',
    },
    since: [
      { after: 1.1, by: 'Pat', does: 'acknowledge' },
      { after: 14, by: 'reporter', does: 'open-mailbox' },
      { after: 14.2, by: 'reporter', does: 'answer', text: 'Thank you. That is all I wanted.' },
    ],
  },
  {
    about: 'with two files as evidence',
    ago: 4 * days,
    channel: 'web',
    language: 'en',
    report: {
      narrative:
        'I talked to him for five minutes at the pizza table. He found my number, I do not know how, and has sent me messages every day since. I blocked him yesterday. I saved some of them.',
      whoName: 'Theo, I do not know the rest of his name',
      whoBadge: 'first-timer badge',
      when: { phrase: 'since the last meetup' },
      goingOn: 'unsure',
      dealtWith: 'no',
      decisionWanted: 'yes',
      reach: 'Only here, please.',
    },
    files: [
      { name: 'messages.png', type: 'image/png', bytes: chatScreenshot() },
      {
        name: 'times.txt',
        type: 'text/plain',
        bytes: utf8('Mon 22:10\nTue 07:31\nTue 23:54\nWed 12:02\nThu 00:40\nThu 06:15\n'),
      },
    ],
    since: [
      { after: 1.7, by: 'Pat', does: 'acknowledge' },
      {
        after: 2,
        by: 'Pat',
        does: 'note',
        text: 'Six messages at all hours. To bring to the committee once the reporter says whether they are safe at home.',
      },
    ],
  },
  {
    about: 'sealed by the server, from a browser without JavaScript; brought to the committee',
    ago: 3 * days,
    channel: 'web-plain',
    language: 'en',
    report: {
      narrative:
        'A man with a large camera took close pictures of people without asking. When a woman asked him to delete hers he laughed. She had the yellow “no photos” lanyard on.',
      whoLooks: 'About fifty, black vest, two cameras',
      when: { phrase: 'in the break' },
      where: 'next to the stairs',
      others: 'The woman with the yellow lanyard',
      decisionWanted: 'yes',
    },
    since: [
      { after: 3.4, by: 'Sam', does: 'acknowledge' },
      { after: 3.6, by: 'Sam', does: 'bring' },
      {
        after: 8,
        by: 'Raj',
        does: 'note',
        text: 'The sponsor had brought a photographer. I can ask them for the name.',
      },
    ],
  },
  {
    about:
      'everybody on the committee is involved: only the recovery kit opens it, the organizers know that it exists',
    ago: 2 * days,
    channel: 'web',
    language: 'en',
    report: {
      narrative:
        'In spring I told the committee at dinner what had happened to me at the sprint. All of them were at the table. They said it was bad timing and asked me to leave it. I have left it since, and I should not have to.',
      when: { phrase: 'in spring, at the committee’s dinner' },
      decisionWanted: 'yes',
    },
    involved: ['Pat', 'Sam', 'Mei', 'Raj', 'Uma', 'Gus'],
    since: [],
  },
  {
    about: 'nobody has answered for more than a day: overdue, and open to every member',
    ago: 30,
    channel: 'web',
    language: 'en',
    report: {
      narrative:
        'A man from the meetup walked behind me to the station, and stopped when I stopped. I went into a shop until he was gone. I am all right. I would like to know whether he will be there next month.',
      whoLooks: 'Thirties, red jacket, beard',
      when: { phrase: 'after the meetup, around ten' },
      where: 'on the way to the station',
      goingOn: 'no',
      decisionWanted: 'yes',
    },
    since: [],
  },
  {
    about: 'in Spanish, acknowledged',
    ago: 20,
    channel: 'web',
    language: 'es',
    report: {
      narrative:
        'En la mesa de proyectos me pidieron que hablara inglés “como todo el mundo”, aunque solo estaba ayudando a otra persona que tampoco lo habla bien. Nos fuimos.',
      when: { phrase: 'ayer por la tarde' },
      where: 'mesa de proyectos',
      decisionWanted: 'unsure',
    },
    since: [
      { after: 4, by: 'Sam', does: 'acknowledge' },
      { after: 11, by: 'reporter', does: 'open-mailbox' },
    ],
  },
  {
    about: 'unanswered for seven hours: it is Sam’s turn now',
    ago: 7,
    channel: 'web',
    language: 'en',
    report: {
      narrative:
        'The ramp at the side door was full of boxes again. When I asked, I was told to “just come in with the others”. I cannot climb the steps, so I went home.',
      where: 'side door',
      needs: 'Somebody to call me before the next meetup about the ramp.',
      reporterName: 'Fay',
      reach: '312-555-0187',
    },
    since: [],
  },
  {
    about: 'new, sealed by the server',
    ago: 2.5,
    channel: 'web-plain',
    language: 'en',
    report: {
      narrative:
        'Somebody wrote a slur on the whiteboard in the small room. I wiped it off. There is a picture on my phone if you need it.',
      where: 'small room, whiteboard',
      dealtWith: 'unsure',
    },
    since: [],
  },
  {
    about: 'new, half an hour old',
    ago: 0.5,
    channel: 'web',
    language: 'en',
    report: {
      narrative:
        'Two people at the back argue loudly and one of them has pushed the other. The host is on stage. I sit near the door.',
      when: { phrase: 'now' },
      where: 'back of the main room',
      goingOn: 'yes',
      reporterName: 'Lena',
    },
    notice: 'lena@example.org',
    since: [],
  },
]
