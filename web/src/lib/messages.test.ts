import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { m } from './paraglide/messages.js';

const web = new URL('../../', import.meta.url);
const settings = JSON.parse(readFileSync(new URL('project.inlang/settings.json', web), 'utf8')) as {
  locales: string[];
  'plugin.inlang.messageFormat': { pathPattern: string[] };
};
const patterns = settings['plugin.inlang.messageFormat'].pathPattern;

/** One text, or one for one and one for more: English says “1 row” and “2 rows”. */
type Message = string | [{ match: Record<string, string> }];

function read(pattern: string, locale: string): Record<string, Message> {
  const path = pattern.replace('{locale}', locale);
  return JSON.parse(readFileSync(new URL(path, web), 'utf8')) as Record<string, Message>;
}

const textsOf = (message: Message = '') =>
  typeof message === 'string' ? [message] : Object.values(message[0].match);

const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe.each(patterns)('the messages of %s', (pattern) => {
  const zh = read(pattern, 'zh-CN');
  const en = read(pattern, 'en');

  it('have the same keys in Chinese and in English, in the same order', () => {
    expect(Object.keys(en)).toEqual(Object.keys(zh));
  });

  it('say something, and fill in the same blanks, in both', () => {
    for (const [key, message] of Object.entries(zh)) {
      const [chinese = ''] = textsOf(message);
      expect(chinese.trim(), key).not.toBe('');
      for (const text of textsOf(en[key])) {
        expect(text.trim(), key).not.toBe('');
        expect(names(text), key).toEqual(names(chinese));
      }
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

describe('a number of things', () => {
  it('is one thing or several in English', () => {
    expect(m.fees_list_rows({ count: 1 }, { locale: 'en' })).toBe('1 row');
    expect(m.fees_list_rows({ count: 2 }, { locale: 'en' })).toBe('2 rows');
    expect(m.fees_list_rows({ count: 1 }, { locale: 'zh-CN' })).toBe('清单 1 行');
  });
});
