import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { checks, strict } from './vite.site.config.ts'

export default defineConfig({
  appType: 'custom',
  logLevel: 'warn',
  publicDir: false,
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    ...strict,
    outDir: 'dist/console',
    rolldownOptions: {
      input: ['src/console/main.tsx', 'src/console/console.css', 'src/console/channels/sw.ts'],
      checks,
    },
  },
})
