/** What is said of a refusal beside its title: a sentence for people, or nothing, never a name of the program. */
import { expect, it } from 'vitest';
import type { RefusalCode } from './core/refusals.ts';
import { problemOfRefusal } from './posting.ts';

it.each([
  ['insufficient-points', { role: 'available', short: 1_210 }, '还差 1,210 分', '1,210 points are missing'],
  ['budget-exhausted', { role: 'unissued', short: 6 }, '额度还差 6 分', 'The budget is 6 points short'],
  ['value-not-reachable', { shortMicro: 350_000 }, '还差 ¥0.35', '¥0.35 is missing'],
  [
    'cap-exceeded',
    { key: 'earned:x', max: 500, left: 0 },
    '上限 500，还剩 0',
    'The limit is 500, of which 0 is left',
  ],
  ['month-closed', { place: 'x', month: '2026-06' }, '2026年6月', '2026-06'],
  [
    'hold-ended',
    { endsAt: Date.parse('2026-07-01T00:00+08:00') },
    '预留到 2026-07-01 00:00 为止',
    'It was kept until 2026-07-01 00:00',
  ],
  ['overpaid', { owedMicro: 35_490_000 }, '应付的是 ¥35.49', '¥35.49 is owed'],
] satisfies [RefusalCode, object, string, string][])('%s', (code, facts, zh, en) => {
  expect(problemOfRefusal({ code, facts })).toMatchObject({ kind: 'problem', code, detail: { zh, en } });
});

it.each([
  ['insufficient-points', { role: 'available', short: 0 }],
  ['out-of-bounds', { role: 'expired' }],
  ['terms-missing', { fund: 'x' }],
  ['award-settled', { left: 0 }],
] satisfies [RefusalCode, object][])('%s says nothing more where nothing helps', (code, facts) => {
  expect(problemOfRefusal({ code, facts })).toEqual({ kind: 'problem', code });
});
