import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dropBody, isTooLarge } from './body-limit.ts';
import { refusedForm } from './refused-form.ts';

const sent = (length: number | null, method = 'POST') => ({
  method,
  headers: new Headers(
    length === null ? { 'transfer-encoding': 'chunked' } : { 'content-length': String(length) },
  ),
});
const MB = 1024 * 1024;
const to = (route: string | null, search = '') => ({ route, url: new URL(`http://x/y${search}`) });

describe('what a page is sent', () => {
  it('is a few words, except where a form takes a file: once every form took 6 MB', () => {
    const breaks = '/(property)/fees/breaks';
    expect(isTooLarge(sent(5 * MB), to(breaks, '?state=open&/attach&of=x'))).toBe(false);
    expect(isTooLarge(sent(5 * MB), to(breaks, '?/say'))).toBe(true);
    // The first action is the one that is run: `attach` behind it let 6 MB through to any.
    expect(isTooLarge(sent(5 * MB), to(breaks, '?/say&/attach'))).toBe(true);
    expect(isTooLarge(sent(5 * MB), to(breaks, '?/attach&/say'))).toBe(false);
    expect(isTooLarge(sent(5 * MB), to('/(member)/inquiries', '?/attach'))).toBe(true);
    expect(isTooLarge(sent(5 * MB), to(null))).toBe(true);
    expect(isTooLarge(sent(40_000), to('/(member)/inquiries', '?/ask'))).toBe(false);
    expect(isTooLarge(sent(null), to(breaks, '?/say'))).toBe(true);
    expect(isTooLarge(sent(null, 'GET'), to(breaks))).toBe(false);
  });

  it('and is too large is read to its end and forgotten, or as far as the server reads', async () => {
    const whole = new Request('http://x', { method: 'POST', body: 'x'.repeat(MB) });
    await dropBody(whole);
    expect(whole.bodyUsed).toBe(true);
    const cut = new ReadableStream({ pull: (stream) => stream.error(new Error('413')) });
    await expect(dropBody({ body: cut })).resolves.toBeUndefined();
    await expect(dropBody({ body: null })).resolves.toBeUndefined();
  });

  it('and is refused is said to a form with scripts as the result of its action: a 403 was shown as nothing', async () => {
    for (const status of [413, 403]) {
      const answer = refusedForm({ status, message: '不行' }, 'application/json');
      expect(answer?.status).toBe(status);
      expect(await answer?.json()).toEqual({ type: 'error', error: { message: '不行' } });
      expect(refusedForm({ status, message: '不行' }, 'text/html,*/*')).toBeUndefined();
    }
  });

  it('is a file on each page that has a form for one', () => {
    const files = readdirSync('web/src', { recursive: true, encoding: 'utf8' });
    const forms = files.filter(
      (name) =>
        name.endsWith('.svelte') && /<form[^>]*multipart/s.test(readFileSync(`web/src/${name}`, 'utf8')),
    );
    expect(forms.sort()).toEqual([
      'lib/fees/Evidence.svelte',
      'routes/(merchant)/counter/goods/[goods]/+page.svelte',
    ]);
  });
});
