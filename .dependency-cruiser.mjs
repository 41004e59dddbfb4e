// The arrows of the design, as rules. `to` names what a folder may reach beyond itself; everything else of
// ours is forbidden to it, so that a new folder starts with no permission rather than with all of them.
const reaches = {
  procedure: [],
  sealing: [],
  words: ['procedure'],
  store: ['procedure', 'sealing'],
  casework: ['store', 'procedure', 'sealing'],
  alerts: ['casework', 'store', 'procedure', 'sealing', 'words'],
  mailroom: ['casework', 'store', 'procedure', 'sealing', 'words'],
  http: ['casework', 'store', 'procedure', 'sealing', 'words'],
  // What waits on a device, sealed: for both browser folders.
  kept: [],
  site: ['procedure', 'sealing', 'words', 'kept'],
  console: ['procedure', 'sealing', 'words', 'kept'],
}

const arrows = Object.entries(reaches).map(([folder, others]) => ({
  name: `${folder}-reaches-${others.join('-') || 'nothing-of-ours'}`,
  severity: 'error',
  comment: `src/${folder} may import ${others.join(', ') || 'nothing of ours'}.`,
  from: { path: `^src/${folder}/`, pathNot: '[.]test[.]tsx?$' },
  to: {
    path: '^src/',
    pathNot: `^src/(${[folder, ...others].join('|')})/`,
    // The two browser folders may know the shape of the API's answers, never its code: see the rule below.
    ...(folder === 'site' || folder === 'console' ? { dependencyTypesNot: ['type-only'] } : {}),
  },
}))

export default {
  forbidden: [
    ...arrows,
    {
      name: 'browser-takes-types-from-http-alone',
      severity: 'error',
      comment: 'src/site and src/console may import types from src/http, and from nowhere further in.',
      from: { path: '^src/(site|console)/' },
      to: { path: '^src/', pathNot: '^src/(site|console|procedure|sealing|words|kept|http)/' },
    },
    {
      name: 'site-and-console-apart',
      severity: 'error',
      comment: 'The public pages must not carry the console, nor the console the public pages.',
      from: { path: '^src/(site|console)/' },
      to: { path: '^src/(site|console)/', pathNot: '^src/$1/' },
    },
    {
      name: 'a-place-for-everything',
      severity: 'error',
      comment: 'A folder of src that the list of arrows does not know.',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: `^src/(${[...Object.keys(reaches), 'cli'].join('|')})/` },
    },
    {
      name: 'nothing-imports-main',
      severity: 'error',
      comment: 'main.ts starts the server; whoever wants a part of it imports that part.',
      from: {},
      to: { path: '^src/main[.]ts$' },
    },
    {
      name: 'cli-is-a-top',
      severity: 'error',
      comment: 'The command line may use everything; nothing uses it.',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'no-test-in-the-product',
      severity: 'error',
      comment: 'What runs in production imports no test and no test support.',
      from: { path: '^src/', pathNot: '[.]test[.]tsx?$' },
      to: { path: '^test/|[.]test[.]tsx?$' },
    },
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'Two files that need each other are one file, or three.',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolves',
      severity: 'error',
      comment: 'The import leads nowhere.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-developer-tool-in-the-server',
      severity: 'error',
      comment: 'What the server runs is a dependency, not a developer’s tool.',
      from: { path: '^src/', pathNot: '[.]test[.]tsx?$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
