import { describe, expect, it } from 'vitest';
import { cleanScan, createWedge } from './wedge.ts';

function type(text: string, everyMs: number) {
  const wedge = createWedge();
  let answer: string | null = null;
  [...text, 'Enter'].forEach((key, index) => {
    answer = wedge.key(key, index * everyMs);
  });
  return answer;
}

describe('a scan gun', () => {
  it('is heard wherever the focus is', () => {
    expect(type('12345678', 8)).toBe('12345678');
  });

  it('presses Shift for capitals and is still one scan', () => {
    const wedge = createWedge();
    const keys = ['h', 'Shift', 'T', 't', 'p', 's', ':', 'Enter'];
    expect(keys.map((key, index) => wedge.key(key, index * 10)).at(-1)).toBe('hTtps:');
  });

  it('is told from a person by speed', () => {
    expect(type('12345678', 120)).toBeNull();
  });

  it('starts afresh after a pause, so that half a scan is never joined to the next', () => {
    const wedge = createWedge();
    for (const [index, key] of [...'9999'].entries()) wedge.key(key, index * 5);
    for (const [index, key] of [...'12345678'].entries()) wedge.key(key, 1000 + index * 5);
    expect(wedge.key('Enter', 1045)).toBe('12345678');
  });

  it('does not take two stray keys for a code', () => {
    expect(type('12', 5)).toBeNull();
  });
});

it('digits typed in full width are the same digits', () => {
  expect(cleanScan('１２３４ 5678\n')).toBe('12345678');
});
