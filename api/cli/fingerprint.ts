import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const NEVER_SOURCES = new Set(['node_modules', 'build', '.svelte-kit', 'paraglide']);

/** Every file below the given files and folders, as sorted paths; a path that does not exist has none. */
export function listSources(root: string, paths: readonly string[]): string[] {
  const found: string[] = [];
  const visit = (path: string) => {
    const stats = statSync(join(root, path), { throwIfNoEntry: false });
    if (stats?.isFile()) found.push(path);
    if (!stats?.isDirectory()) return;
    for (const name of readdirSync(join(root, path))) {
      if (!NEVER_SOURCES.has(name)) visit(`${path}/${name}`);
    }
  };
  paths.forEach(visit);
  // Tests are read by nobody but vitest: to change one must not make the product look out of date.
  return found.filter((path) => !/\.test\.ts$/.test(path)).sort();
}

/** One hash over names and contents. Times are not used: a checkout or a copy changes them and nothing else. */
export function fingerprint(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of listSources(root, paths)) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
