/** Values worked out before they are taken: the points that were named, in the order in which they would be taken. */
import { expect, it } from 'vitest';
import { dayOf, VOL } from '../../../tests/support/ledger-desk.ts';
import { allocate, type Holding } from './allocation.ts';
import type { SeriesPart } from './command.ts';

const NOW = dayOf('2026-06-20');

function holding(id: number, available: number, lastDay: string): Holding {
  return { asset: { ...VOL, expiresAt: dayOf(lastDay), id, key: String(id) }, available };
}

/** A series id and its points for each part, or the code of the refusal. */
function taken(yuan: number, holdings: readonly Holding[], ...madeOf: SeriesPart[]) {
  const take = { valueMicro: yuan * 1_000_000, worthMicro: { VOL: 100_000 }, madeOf };
  const answer = allocate(take, holdings, NOW);
  return 'code' in answer ? answer.code : answer.map(({ asset, points }) => ({ series: asset.id, points }));
}

const LATER = holding(7, 36, '2027-12-31');
const SOONER = holding(9, 30, '2026-12-31');

it('a value is taken of the points it was worked out from', () => {
  const parts = [
    { series: 9, points: 30 },
    { series: 7, points: 6 },
  ];
  expect(taken(3.6, [LATER, SOONER], ...parts)).toEqual(parts);
  expect(taken(3.6, [LATER], { series: 7, points: 36 })).toEqual([{ series: 7, points: 36 }]);
});

it('as many points of the same kind, but of another series by now, are a conflict', () => {
  expect(taken(3.6, [LATER, SOONER], { series: 7, points: 36 })).toBe('version-conflict');
  expect(taken(3, [LATER, SOONER], { series: 7, points: 30 })).toBe('version-conflict');
});

it('so are more or fewer of a series, or a series less', () => {
  expect(taken(3.6, [LATER, SOONER], { series: 9, points: 30 })).toBe('version-conflict');
  expect(taken(3, [LATER, SOONER], { series: 9, points: 30 }, { series: 7, points: 6 })).toBe(
    'version-conflict',
  );
  expect(taken(3.6, [SOONER], { series: 9, points: 30 }, { series: 7, points: 6 })).toBe('version-conflict');
});
