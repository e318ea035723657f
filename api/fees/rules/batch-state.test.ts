import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchState, batchSteps, type BatchFacts } from './batch-state.ts';

const MADE: BatchFacts = {
  ...{ sent: false, acknowledged: false, askedBack: false, takenBack: false },
  ...{ open: 3, posted: 0, returned: 0, returnedByFirm: 0 },
};
const SENT = { ...MADE, sent: true };
const TAKEN = { ...SENT, acknowledged: true };

describe('a batch in the firm’s hands', () => {
  it('is made, sent and acknowledged as people say, and posted as its offsets say', () => {
    expect([MADE, SENT, TAKEN].map(batchState)).toEqual(['made', 'sent', 'acknowledged']);
    expect(batchState({ ...TAKEN, open: 0, posted: 2, returned: 1 })).toBe('posted');
    expect(batchState({ ...MADE, open: 0, returned: 3 })).toBe('returned');
  });

  it('is acknowledged by the first of its offsets that the firm has posted', () => {
    expect(batchState({ ...MADE, open: 2, posted: 1 })).toBe('acknowledged');
  });

  it('is acknowledged by what the firm’s list returned, not by what came back because its hold ended', () => {
    const returned = { ...MADE, open: 2, returned: 1 };
    expect(batchState(returned)).toBe('made');
    expect(batchSteps(returned)).toContain('ask-back');
    expect(batchState({ ...returned, returnedByFirm: 1 })).toBe('acknowledged');
    expect(batchSteps({ ...returned, returnedByFirm: 1 })).toEqual([]);
  });

  it('is marked step by step, each step undone until the next one is taken', () => {
    expect(batchSteps(MADE)).toEqual(['send', 'ask-back']);
    expect(batchSteps(SENT)).toEqual(['acknowledge', 'undo-send', 'ask-back']);
    expect(batchSteps(TAKEN)).toEqual(['undo-acknowledge']);
  });

  it('waits for a second person once somebody asked for it back', () => {
    expect(batchSteps({ ...SENT, askedBack: true })).toEqual(['take-back', 'keep']);
  });

  it('stays with the firm, and says so, where something happened to it after it was asked for', () => {
    const asked = { ...SENT, askedBack: true };
    for (const since of [{ posted: 1 }, { open: 0, returned: 3 }, { returned: 1, returnedByFirm: 1 }]) {
      expect(batchSteps({ ...asked, ...since })).toEqual(['keep']);
    }
  });

  it('is never taken back once something of it is posted, or once it has come back', () => {
    const facts = fc.record({
      ...{ sent: fc.boolean(), acknowledged: fc.boolean(), askedBack: fc.boolean(), takenBack: fc.boolean() },
      ...{ open: fc.nat(3), posted: fc.nat(3), returned: fc.nat(3), returnedByFirm: fc.nat(3) },
    });
    fc.assert(
      fc.property(facts, (batch) => {
        if (!batchSteps(batch).some((step) => step === 'take-back' || step === 'ask-back')) return;
        expect(batch).toMatchObject({ posted: 0, returnedByFirm: 0, takenBack: false });
        expect(batch.open).toBeGreaterThan(0);
      }),
    );
  });
});
