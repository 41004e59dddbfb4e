/** What the command line says. Like the log, it is for whoever runs the server, and in English alone. */
export const cli = {
  help: `Usage: npm run bellwether <command>

  demo [--json]   a community that is invented and gone when you stop it, to look around in
  set-up          print a new set-up link; the one before it stops working
  verify          check the log and the key directory of every community
  recover FOLDER  open every case with the community’s recovery kit and write them, readable, into FOLDER
  help            this text

The commands read the same environment variables as the server: see README.md.
`,
  'unknown-command': 'There is no command “{command}”.',
  'unknown-option': '“{option}” is no option of {command}.',
  unavailable: 'The store cannot be opened: {reason}',
  'no-store': 'There is no {path}. Set DATA_DIR to the folder of your server.',

  'set-up': 'Set a community up here (the link works once, and is the only one that works): {link}',

  'verify.none': 'There is no community here.',
  'verify.log': '{community}: the log holds: {entries} entries, head {head}',
  'verify.log.broken':
    '{community}: THE LOG DOES NOT HOLD: entry {entry} is missing, or is not what was written.',
  'verify.directory': '{community}: the key directory holds: {entries} entries, fingerprint {fingerprint}',
  'verify.directory.broken': '{community}: THE KEY DIRECTORY DOES NOT HOLD: {reason}',

  'recover.usage': 'Name one folder that does not exist yet: npm run bellwether recover FOLDER',
  'recover.words': 'The ten words of the recovery kit: ',
  'recover.other-kit':
    'This is not the recovery kit of a community here. Check every word; capital letters and dashes do not matter.',
  'recover.folder': '{folder} exists already or cannot be made. Name a new folder.',
  'recover.file': 'File {number} of {name} could not be opened.',
  'recover.done': '{cases} cases of {name} are in {folder}, readable by anybody who can open that folder.',
  'recover.doubts':
    '{cases} cases of {name} are in {folder}, readable by anybody who can open that folder. NOT EVERYTHING COULD BE OPENED OR VERIFIED: look for “doubts” in the case.json files.',

  'demo.title': `
{name}, a demonstration of Bellwether. Everybody and everything in it is invented, and it is gone when you
stop it (Ctrl-C). The addresses of its people are nobody’s, and it sends no mail.
`,
  'demo.addresses': `Somebody reports something:      {home}
They come back with their code:  {mailbox}
The committee answers:           {console}
`,
  'demo.members': 'The committee, with their passphrases:',
  'demo.primary': 'on call, primary',
  'demo.secondary': 'on call, secondary',
  'demo.chair': 'chair',
  'demo.organizer': 'organizer, not on the committee',
  'demo.kits': '\nTheir recovery kits, which open their keys when a passphrase is forgotten:',
  'demo.recovery': '\nThe recovery kit of the community, which opens every case:\n  {recoveryKit}\n',
  'demo.cases': 'The cases, with the receipt codes of those who reported them:',
  'demo.mail': '\nThe mail it would have sent is in {folder}',
} as const
