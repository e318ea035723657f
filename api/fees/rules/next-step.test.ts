import { describe, expect, it } from 'vitest';
import { nextStep, type MonthAtWork } from './next-step.ts';

const fresh: MonthAtWork = {
  ...{ bills: 20, held: 0, handedOver: 0, posted: 0, batchesOut: 0, openBreaks: 0 },
  ...{ cutOff: false, over: false, asked: false },
};
const step = (of: Partial<MonthAtWork>) => nextStep({ ...fresh, ...of });

describe('the next step of a month', () => {
  it('begins with its bills', () => {
    expect(step({ bills: 0 })).toBe('import-bills');
    expect(step({ bills: 0, over: true, cutOff: true })).toBe('import-bills');
  });

  it('leaves residents their time until the cut-off, and hands over after it', () => {
    expect(step({ held: 3 })).toBe('wait-for-residents');
    expect(step({ held: 3, cutOff: true })).toBe('hand-over');
  });

  it('then waits for the firm’s list, and looks into what does not agree', () => {
    const out = { handedOver: 3, cutOff: true };
    expect(step({ ...out, batchesOut: 1 })).toBe('bring-posted-list');
    expect(step({ ...out, batchesOut: 1, openBreaks: 2 })).toBe('bring-posted-list');
    expect(step({ ...out, openBreaks: 2 })).toBe('resolve-breaks');
    expect(step(out)).toBe('bring-posted-list');
  });

  it('ends with two who close it once it is over', () => {
    const done = { posted: 3, cutOff: true };
    expect(step(done)).toBe('wait-for-month-end');
    expect(step({ ...done, over: true })).toBe('ask-to-close');
    expect(step({ ...done, over: true, asked: true })).toBe('approve-closing');
  });

  it('closes a month in which nobody offset anything', () => {
    expect(step({ cutOff: true, over: true })).toBe('ask-to-close');
  });
});
