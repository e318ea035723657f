import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const web = new URL('../../', import.meta.url);
const settings = JSON.parse(readFileSync(new URL('project.inlang/settings.json', web), 'utf8')) as {
  locales: string[];
  'plugin.inlang.messageFormat': { pathPattern: string[] };
};
const patterns = settings['plugin.inlang.messageFormat'].pathPattern;

function read(pattern: string, locale: string): Record<string, string> {
  const path = pattern.replace('{locale}', locale);
  return JSON.parse(readFileSync(new URL(path, web), 'utf8')) as Record<string, string>;
}

const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe.each(patterns)('the messages of %s', (pattern) => {
  const zh = read(pattern, 'zh-CN');
  const en = read(pattern, 'en');

  it('have the same keys in Chinese and in English, in the same order', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh));
  });

  it('say something, and fill in the same blanks, in both', () => {
    for (const [key, text] of Object.entries(zh)) {
      expect(text.trim(), key).not.toBe('');
      expect(en[key]?.trim(), key).not.toBe('');
      expect(names(en[key] ?? ''), key).toEqual(names(text));
    }
  });
});

describe('the message files', () => {
  it('are all listed in the settings, or a page would lose its words without a sound', () => {
    for (const locale of settings.locales) {
      const there = readdirSync(new URL(`messages/${locale}`, web)).map(
        (file) => `./messages/{locale}/${file}`,
      );
      expect(there.sort()).toEqual([...patterns].sort());
    }
  });

  it('do not use a key twice: the last file would silently win', () => {
    const keys = patterns.flatMap((pattern) => Object.keys(read(pattern, 'zh-CN')));
    expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  });
});
