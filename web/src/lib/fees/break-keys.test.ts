import { describe, expect, it } from 'vitest';
import { breakKeyOf } from './break-keys.ts';

const pressed = (key: string, held: Partial<Parameters<typeof breakKeyOf>[0]> = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, defaultPrevented: false },
  ...held,
});

describe('the keys of the workspace', () => {
  it('lead from break to break and to what is done with one', () => {
    const deeds = [...'jkarcoxbu/?'].map((key) => breakKeyOf(pressed(key), false));
    expect(deeds).toEqual([
      ...[
        'next',
        'previous',
        'accept',
        'resolve',
        'comment',
        'owner',
        'pick',
        'bulk',
        'undo',
        'find',
        'help',
      ],
    ]);
  });

  it('are letters where somebody types, and the browser’s with Ctrl', () => {
    expect(breakKeyOf(pressed('a'), true)).toBeUndefined();
    expect(breakKeyOf(pressed('a', { ctrlKey: true }), false)).toBeUndefined();
    expect(breakKeyOf(pressed('c', { metaKey: true }), false)).toBeUndefined();
    expect(breakKeyOf(pressed('j', { isComposing: true }), false)).toBeUndefined();
    expect(breakKeyOf(pressed('Tab'), false)).toBeUndefined();
    expect(breakKeyOf(pressed('constructor'), false)).toBeUndefined();
  });
});
