import { become } from './become.mjs'
import { prepare } from './prepare.mjs'

become(prepare(), ['src/main.ts', ...process.argv.slice(2)])
