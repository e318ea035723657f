/** Where a test's databases lie: in memory where there is room for all of them, since each has two thousand files. */
import { accessSync, constants, readdirSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
/** A whole run takes 5 GiB of it. */
const ROOM_BYTES = 8 * 2 ** 30;
const DAY_MS = 86_400_000;

export function quickFolder(): string {
  try {
    accessSync(IN_MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    return Math.min(bavail * bsize, process.availableMemory()) >= ROOM_BYTES ? IN_MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

/** What a run that was killed left behind would take memory until the machine starts anew. */
export function sweepQuickFolder(): void {
  const folder = quickFolder();
  if (folder !== IN_MEMORY) return;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const entry = statSync(path, { throwIfNoEntry: false });
    if (/^linli-\w+-\w{6}$/.test(name) && entry && entry.mtimeMs < Date.now() - DAY_MS) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}
