import { describe, expect, it } from 'vitest';
import { errorFacts, pageHeaders } from './page-answer.ts';

describe('the pages of a signed-in person', () => {
  it('are kept by no browser and no proxy; the others may be', () => {
    expect(pageHeaders(true)).toMatchObject({
      'cache-control': 'private, no-store',
      'referrer-policy': 'same-origin',
    });
    expect(pageHeaders(false)).not.toHaveProperty('cache-control');
    expect(pageHeaders(false)).toMatchObject({ 'x-content-type-options': 'nosniff' });
  });
});

describe('a page that broke', () => {
  it('is written down by its kind and place, never with its message, over however many lines that runs', () => {
    const broken = new TypeError('no house for 王小明\n13800000001 of 3-2-0601');
    const facts = errorFacts(broken);
    expect(facts.kind).toBe('TypeError');
    expect(facts.at.length).toBeGreaterThan(0);
    expect(facts.at.every((line) => line.startsWith('at '))).toBe(true);
    expect(JSON.stringify(facts)).not.toMatch(/王小明|13800000001|0601/);
  });

  it('that threw something else than an error is told by its type', () => {
    expect(errorFacts('王小明')).toEqual({ kind: 'string', at: [] });
  });
});
