import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Made by tools, or by running the product; .gitignore names the same. */
const NOT_WRITTEN_BY_US = new Set([
  'node_modules',
  '.git',
  '.build',
  '.svelte-kit',
  '.reports',
  '.cache',
  'data',
]);
const GENERATED = new Set([
  'web/build',
  'web/src/lib/paraglide',
  'web/project.inlang/cache',
  'web/project.inlang/.lix',
]);

/** Every file that we wrote below a folder, as a path from the root with forward slashes, sorted; none where it is absent. */
export function listFiles(folder = ''): string[] {
  let entries;
  try {
    entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  const files: string[] = [];
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile() && !/\.sqlite(-\w+)?$/.test(entry.name)) files.push(path);
    // "data" is the product's folder only at the top; a module may have one of its own.
    const skipped = NOT_WRITTEN_BY_US.has(entry.name) && (entry.name !== 'data' || folder === '');
    if (entry.isDirectory() && !skipped && !GENERATED.has(path)) files.push(...listFiles(path));
  }
  return files.sort();
}

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}
