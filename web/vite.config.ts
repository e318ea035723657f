import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

// `vite dev` has no API in its process: it borrows a running one (see src/hooks.server.ts).
const api = process.env['LINLI_API'];

export default defineConfig(({ command }) => ({
  plugins: [
    // For a build api/cli/messages.ts has compiled them.
    command === 'serve' &&
      paraglideVitePlugin({ project: './project.inlang', outdir: './src/lib/paraglide' }),
    sveltekit(),
  ],
  // Residents' phones are not new: WeChat's own browser on an old Android is the floor.
  build: { target: ['chrome90', 'safari15', 'firefox102'] },
  // The server half carries all it needs: nothing of web/ is an installed dependency at run time.
  ssr: { noExternal: true },
  ...(api ? { server: { proxy: { '/api': api } } } : {}),
}));
