import { expect, it } from 'vitest';
import { languageOf } from './language.ts';

const ask = (headers: Record<string, string>) => languageOf(new Headers(headers));

it('Chinese comes first; English for who asks for it more', () => {
  expect(ask({})).toBe('zh');
  expect(ask({ 'accept-language': 'fr' })).toBe('zh');
  expect(ask({ 'accept-language': 'en-GB,en;q=0.9' })).toBe('en');
  expect(ask({ 'accept-language': 'en;q=0.5, zh-CN;q=0.8' })).toBe('zh');
  expect(ask({ 'accept-language': 'en;q=x,zh;q=' })).toBe('en');
});

it("one's own choice goes before the browser's", () => {
  expect(ask({ cookie: 'a=b; PARAGLIDE_LOCALE=en', 'accept-language': 'zh' })).toBe('en');
  expect(ask({ cookie: 'PARAGLIDE_LOCALE=zh-CN', 'accept-language': 'en' })).toBe('zh');
});
