import { describe, expect, it } from 'vitest';
import { undoOf, type Undoable } from './undo.ts';

const TODAY = '2026-06-21';
const me = { by: 'person:me', today: TODAY };
const open: Undoable = {
  ...{ state: 'open', asked: null, carriedTo: null, carried: null, resolution: null },
  ...{ resolvedBy: null, resolvedOn: null, transaction: null },
};
const resolved: Undoable = {
  ...open,
  ...{ state: 'resolved', resolution: 'firm-corrects', resolvedBy: 'person:me', resolvedOn: TODAY },
};

describe('what can be undone of a break', () => {
  it('is what moved no points, by the same person on the same day', () => {
    expect(undoOf(resolved, me)).toBe('resolved');
    expect(undoOf(resolved, { ...me, by: 'person:other' })).toBe('somebody-else');
    expect(undoOf(resolved, { ...me, today: '2026-06-22' })).toBe('another-day');
    expect(undoOf({ ...resolved, resolvedOn: null }, me)).toBe('another-day');
  });

  it('is never what moved points or was booked, nor what a list settled', () => {
    expect(undoOf({ ...resolved, resolution: 'release', transaction: 7 }, me)).toBe('moved-points');
    expect(undoOf({ ...resolved, resolution: 'later-list' }, me)).toBe('by-list');
    expect(undoOf({ ...resolved, resolution: 'replaced' }, me)).toBe('by-list');
  });

  it('is what one asked a colleague for, however long ago', () => {
    const asked = { ...open, asked: { by: 'person:me' } };
    expect(undoOf(asked, { ...me, today: '2026-07-30' })).toBe('asked');
    expect(undoOf(asked, { ...me, by: 'person:other' })).toBe('somebody-else');
  });

  it('is that a write-off be taken back, for whoever asked; once it was declined, for any colleague', () => {
    const of: Undoable = { ...resolved, resolution: 'write-off', transaction: 7 };
    const asked = { by: 'person:me', resolution: 'reverse-write-off' } as const;
    expect(undoOf({ ...of, asked }, me)).toBe('asked');
    expect(undoOf({ ...of, asked }, { ...me, by: 'person:other' })).toBe('moved-points');
    expect(undoOf({ ...of, asked: { ...asked, declined: {} } }, { ...me, by: 'person:other' })).toBe('asked');
  });

  it('is that it was carried on, on the same day', () => {
    const carried = { ...open, carriedTo: '2026-07', carried: { by: 'person:me', day: TODAY } };
    expect(undoOf(carried, me)).toBe('carried');
    expect(undoOf(carried, { ...me, today: '2026-06-22' })).toBe('another-day');
    expect(undoOf(carried, { ...me, by: 'person:other' })).toBe('somebody-else');
    expect(undoOf(open, me)).toBe('nothing');
  });
});
