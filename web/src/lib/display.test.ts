import { describe, expect, it } from 'vitest';
import { defaultDisplay, displayAttributes, nextTextStep, parseDisplay } from './display.ts';

describe('the display', () => {
  it('is the default when nothing is known, and ignores words that nobody offered', () => {
    expect(parseDisplay({})).toEqual(defaultDisplay);
    expect(parseDisplay({ theme: '"><script>', mode: 'root', text: '1e3' })).toEqual(defaultDisplay);
  });

  it('keeps what the reader chose', () => {
    const display = parseDisplay({ theme: 'dark', mode: 'elder', text: '27' });
    expect(displayAttributes(display)).toBe('data-theme="dark" data-mode="elder" data-text="27"');
  });

  it('grows to 30 px and shrinks to 18 px and no further', () => {
    expect(nextTextStep(27, 1)).toBe(30);
    expect(nextTextStep(30, 1)).toBe(30);
    expect(nextTextStep(18, -1)).toBe(18);
  });
});
