import { defineConfig } from '@inlang/paraglide-js';

// Read by the development server and by api/cli/messages.ts, which adds the types.
export default defineConfig({
  outdir: './src/lib/paraglide',
  strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
  isServer: 'import.meta.env.SSR',
  emitReadme: false,
});
