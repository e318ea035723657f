/** The project's root, found by walking up: benches and drills run from a bundle that lies elsewhere than their sources. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function projectRoot(from: string = import.meta.dirname): string {
  if (existsSync(join(from, 'package.json')) && existsSync(join(from, 'tests'))) return from;
  if (dirname(from) === from) throw new Error('The root of the project was not found above the program.');
  return projectRoot(dirname(from));
}
