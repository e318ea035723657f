import { describe, expect, it } from 'vitest';
import { joinTransfer, transferKey, type Part } from './transfer.ts';

describe('a transfer of the bank', () => {
  it('is the same one however its number is typed', () => {
    const typed = [
      'icbc 2026-0702 17',
      'ＩＣＢＣ２０２６０７０２１７',
      'ICBC2026\u200b070217',
      ' ICBC2026　070217 ',
    ];
    expect(new Set(typed.map(transferKey))).toEqual(new Set(['ICBC2026070217']));
    expect(transferKey(' -- ')).toBe('');
  });

  const part = { settlement: 's2', payee: 'm', paidOn: '2026-07-02', amountFen: 400, totalFen: 1_000 };
  const first: Part = {
    settlement: 's1',
    payee: 'm',
    paidOn: '2026-07-02',
    amountFen: 600,
    transferFen: 1_000,
  };

  it('pays several settlements of one payee up to what it was', () => {
    expect(joinTransfer([], { ...part, totalFen: undefined })).toEqual({ transferFen: 400, before: 0 });
    expect(joinTransfer([first], part)).toEqual({ transferFen: 1_000, before: 600 });
    expect(joinTransfer([first], { ...part, amountFen: 401 })).toBe('exceeded');
    expect(joinTransfer([], { ...part, amountFen: 1_001 })).toBe('exceeded');
  });

  it.each([
    ['nobody said that it pays several', { totalFen: undefined }],
    ['it is the same settlement', { settlement: 's1' }],
    ['another is paid', { payee: 'n' }],
    ['the days differ', { paidOn: '2026-07-03' }],
    ['its sum differs', { totalFen: 1_001 }],
  ])('is recorded already where %s', (_why, other) => {
    expect(joinTransfer([first], { ...part, ...other })).toBe('recorded');
  });
});
