import { describe, expect, it } from 'vitest';
import { deskFor, roleOfDesk, stateAfter } from './index.ts';

const fresh = { state: 'open', reopened: false } as const;
const answered = { state: 'answered', reopened: false } as const;

describe('the life of a question', () => {
  it('is answered, asked on about, answered again and closed', () => {
    expect(stateAfter(fresh, 'answer')).toBe('answered');
    expect(stateAfter(answered, 'reopen')).toBe('reopened');
    expect(stateAfter({ state: 'reopened', reopened: true }, 'answer')).toBe('answered');
    expect(stateAfter({ state: 'answered', reopened: true }, 'close')).toBe('closed');
  });

  it('is not asked on about twice, nor closed before anybody has answered', () => {
    expect(stateAfter({ state: 'answered', reopened: true }, 'reopen')).toBeUndefined();
    expect(stateAfter(fresh, 'close')).toBeUndefined();
    expect(stateAfter(fresh, 'reopen')).toBeUndefined();
  });

  it('that somebody else asked for its member is taken back by them until it is answered', () => {
    expect(stateAfter({ ...fresh, mayWithdraw: true }, 'close')).toBe('closed');
    expect(stateAfter({ state: 'reopened', reopened: true, mayWithdraw: true }, 'close')).toBeUndefined();
  });

  it('ends: what is closed stays closed, and what is answered is not answered again', () => {
    for (const deed of ['answer', 'reopen', 'close'] as const)
      expect(stateAfter({ state: 'closed', reopened: false }, deed)).toBeUndefined();
    expect(stateAfter(answered, 'answer')).toBeUndefined();
  });
});

it('a sale is the shop manager’s to explain, an offset the accountant’s, all else the community’s', () => {
  const kinds = ['purchase', 'redemption', 'offset', 'service', undefined];
  expect(kinds.map((kind) => roleOfDesk(deskFor(kind)))).toEqual([
    ...['merchant_manager', 'merchant_manager', 'accountant', 'staff', 'staff'],
  ]);
});
