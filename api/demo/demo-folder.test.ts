import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginFolder, finishFolder, readFolder } from './demo-folder.ts';

let parent: string;
let folder: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'linli-demo-'));
  folder = join(parent, 'demo');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const record = {
  ...{ seed: 'a', month: '2026-06', madeAt: '2026-06-20T04:00:00.000Z', estate: 'e' },
  ...{ password: 'p', people: [], systemKey: 'linli_k' },
};

function make(): void {
  expect(beginFolder(folder, readFolder(folder))).toBeUndefined();
  finishFolder(folder, record, new Map([['花名册.xlsx', Buffer.from('roster')]]));
}

describe('the folder of the demo', () => {
  it('is made once, with its sample files, and then found', () => {
    expect(readFolder(folder)).toEqual({ kind: 'absent' });
    make();
    expect(readFolder(folder)).toMatchObject({ kind: 'made', record: { ...record, files: ['花名册.xlsx'] } });
    expect(readFileSync(join(folder, 'files', '花名册.xlsx'), 'utf8')).toBe('roster');
    // It holds a key and passwords.
    expect(statSync(join(folder, 'demo.json')).mode & 0o077).toBe(0);
  });

  it('of a seeding that broke off is half a demo, and is begun again', () => {
    beginFolder(folder, readFolder(folder));
    writeFileSync(join(folder, 'linli.db'), 'half');
    expect(readFolder(folder)).toEqual({ kind: 'half' });
    make();
    expect(existsSync(join(folder, 'linli.db'))).toBe(false);
  });

  it.each([
    ['of an older version', { format: 1 }],
    ['of an older version, with people whom we no longer know', { format: 1, people: [{ who: 'guard' }] }],
    ['of a newer version', { format: 99, tariffs: [] }],
  ])('%s is known for what it is, and made anew', (_what, changed) => {
    make();
    const file = join(folder, 'demo.json');
    const known = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...known, ...changed }));
    writeFileSync(join(folder, 'linli.db'), 'old');
    expect(readFolder(folder)).toEqual({ kind: 'other-version' });
    make();
    expect(readFolder(folder)).toMatchObject({ kind: 'made' });
    expect(existsSync(join(folder, 'linli.db'))).toBe(false);
  });

  it('that is a file is refused in one sentence, and left as it is', () => {
    writeFileSync(folder, 'mine');
    expect(readFolder(folder)).toEqual({ kind: 'file' });
    expect(beginFolder(folder, readFolder(folder))).toMatchObject({
      kind: 'refused',
      zh: `${folder} 是一个文件，不是文件夹；请用 DATA_DIR 换一个文件夹。`,
    });
    expect(readFileSync(folder, 'utf8')).toBe('mine');
    // Nor can there be a folder inside a file.
    const inside = join(folder, 'demo');
    expect(beginFolder(inside, readFolder(inside))?.zh).toContain('ENOTDIR');
  });

  it('is never deleted when it holds anything but a demo', () => {
    make();
    writeFileSync(join(folder, 'demo.json'), '{"state":"something else"}');
    writeFileSync(join(folder, 'linli.db'), 'books');
    expect(beginFolder(folder, readFolder(folder))).toMatchObject({ kind: 'refused' });
    rmSync(join(folder, 'demo.json'));
    expect(beginFolder(folder, readFolder(folder))?.zh).toContain('不是演示的文件');
    expect(readFileSync(join(folder, 'linli.db'), 'utf8')).toBe('books');
  });

  it('that cannot be written is said in a sentence', () => {
    writeFileSync(folder, 'a file');
    const into = join(folder, 'demo');
    expect(beginFolder(into, readFolder(into))?.en).toMatch(/cannot be written/);
  });
});
