import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint, listSources } from './fingerprint.ts';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'linli-fingerprint-'));
  mkdirSync(join(root, 'api/shop'), { recursive: true });
  writeFileSync(join(root, 'api/main.ts'), 'main');
  writeFileSync(join(root, 'api/shop/code.ts'), 'code');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('whether something must be built again', () => {
  test('does not depend on when a file was written', () => {
    const before = fingerprint(root, ['api']);
    utimesSync(join(root, 'api/main.ts'), 1, 1);
    expect(fingerprint(root, ['api'])).toBe(before);
  });

  test('follows what a file says, what it is called, and whether it is there', () => {
    const seen = new Set([fingerprint(root, ['api'])]);
    writeFileSync(join(root, 'api/main.ts'), 'changed');
    seen.add(fingerprint(root, ['api']));
    writeFileSync(join(root, 'api/new.ts'), '');
    seen.add(fingerprint(root, ['api']));
    rmSync(join(root, 'api/shop/code.ts'));
    seen.add(fingerprint(root, ['api']));
    expect(seen.size).toBe(4);
  });

  test('does not confuse two files with one that holds both', () => {
    writeFileSync(join(root, 'api/main.ts'), 'ma');
    const before = fingerprint(root, ['api/main.ts', 'api/shop']);
    writeFileSync(join(root, 'api/main.ts'), 'mainapi/shop/code.ts');
    expect(fingerprint(root, ['api/main.ts', 'api/shop'])).not.toBe(before);
  });

  test('leaves out tests, packages, and what was built', () => {
    mkdirSync(join(root, 'web/build'), { recursive: true });
    writeFileSync(join(root, 'web/build/handler.js'), '');
    writeFileSync(join(root, 'api/main.test.ts'), '');
    expect(listSources(root, ['api', 'web', 'absent'])).toEqual(['api/main.ts', 'api/shop/code.ts']);
  });
});
