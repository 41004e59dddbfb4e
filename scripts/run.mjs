// node scripts/run.mjs <program> [arguments]: makes the clone ready, then runs one of our programs on Node 24.
import { become } from './become.mjs'
import { prepare } from './prepare.mjs'

become(prepare(), process.argv.slice(2))
