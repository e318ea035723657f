import { describe, expect, it } from 'vitest';
import { pairKeyOf } from './pair-keys.ts';

const pressed = (key: string, held = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...held },
});

describe('the keys of the pairing', () => {
  it('lead from row to row and from side to side', () => {
    const deeds = ['j', 'k', 'x', 's', 'u', 'ArrowDown', 'ArrowUp'].map((key) =>
      pairKeyOf(pressed(key), 'ours'),
    );
    expect(deeds).toEqual(['next', 'previous', 'pick', 'other', 'undo', 'next', 'previous']);
  });

  it('are the browser’s with Ctrl, in a script that composes, and as arrows where one of several is chosen', () => {
    expect(pairKeyOf(pressed('x', { ctrlKey: true }), 'ours')).toBeUndefined();
    expect(pairKeyOf(pressed('j', { isComposing: true }), 'ours')).toBeUndefined();
    expect(pairKeyOf(pressed('ArrowDown'), 'theirs')).toBeUndefined();
    expect(pairKeyOf(pressed('j'), 'theirs')).toBe('next');
    expect(pairKeyOf(pressed('Enter'), 'ours')).toBeUndefined();
    expect(pairKeyOf(pressed('constructor'), 'ours')).toBeUndefined();
  });
});
