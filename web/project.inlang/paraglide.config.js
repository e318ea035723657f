import { defineConfig } from '@inlang/paraglide-js';

// Read by vite and by `npm run check` alike, so that both write the same files.
export default defineConfig({
  outdir: './src/lib/paraglide',
  strategy: ['cookie', 'preferredLanguage', 'baseLocale'],
  isServer: 'import.meta.env.SSR',
  emitTsDeclarations: true,
  emitReadme: false,
});
