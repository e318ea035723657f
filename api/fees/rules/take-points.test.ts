import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from '../../ledger/core/allocation.ts';
import { seriesAsset } from '../../ledger/core/asset.ts';
import { takeParts, type Holding } from './take-points.ts';

const at = Date.parse('2026-06-20T10:00+08:00');
const DAY = 86_400_000;
const worthMicro = { CON: 10_000, VOL: 100_000, ODD: 6_700 };

const con = (available: number, days: number, series = days): Holding => ({
  ...{ series, unit: 'CON', available, expiresAt: at + days * DAY },
});
const given = (parts: ReturnType<typeof takeParts>) =>
  parts?.map(({ member = 'me', valueFen }) => `${member} ${valueFen}`);

describe('whose points pay an offset', () => {
  const others = [
    { member: 'father', holdings: [con(500, 300)] },
    { member: 'mother', holdings: [con(500, 20)] },
    { member: 'brother', holdings: [] },
  ];
  const pay = (own: Holding[], wantedFen: number) =>
    given(takeParts(own, others, { worthMicro, wantedFen, at }));

  it('are the asker’s own as far as they reach, even if others’ end sooner', () => {
    expect(pay([con(1_000, 400)], 900)).toEqual(['me 900']);
  });

  it('are then the family’s, whoever’s points end soonest first', () => {
    expect(pay([con(100, 400)], 700)).toEqual(['me 100', 'mother 500', 'father 100']);
  });

  it('are the family’s alone where the asker has none', () => {
    expect(pay([], 600)).toEqual(['mother 500', 'father 100']);
  });

  it('are not the family’s for the fen that are less than one of the asker’s own points, nor for those of a relative', () => {
    const vol = (available: number, days: number) => ({ ...con(available, days), unit: 'VOL' });
    expect(pay([vol(1_000, 400)], 3_549)).toEqual(['me 3540']);
    expect(pay([vol(1_000, 400), con(5, 500)], 3_549)).toEqual(['me 3545']);
    // All that she has, and more than a point is missing: now the family is asked.
    expect(pay([vol(10, 400)], 109)).toEqual(['me 100', 'mother 9']);
    const family = [
      { member: 'father', holdings: [con(500, 300)] },
      { member: 'aunt', holdings: [vol(100, 10)] },
    ];
    expect(given(takeParts([con(4, 9)], family, { worthMicro, wantedFen: 59, at }))).toEqual([
      'me 4',
      'aunt 50',
    ]);
    // A point that is worth a broken number of fen and is kept for that alone holds nobody up.
    const half = { ...con(3, 400), unit: 'HALF' };
    const of = { worthMicro: { ...worthMicro, HALF: 5_000 }, wantedFen: 20, at };
    expect(given(takeParts([half], others, of))).toEqual(['me 1', 'mother 19']);
  });

  it('are all that are whole fen, whichever end first, where points are worth half a fen (200 points a yuan)', () => {
    const vol = { ...con(36, 300), unit: 'VOL' };
    const halves = (available: number) => ({ ...con(available, 200), unit: 'HALF' });
    const of = { worthMicro: { VOL: 100_000, HALF: 5_000 }, wantedFen: 3_549, at };
    expect(given(takeParts([halves(1_000), vol], [], of))).toEqual(['me 860']);
    expect(given(takeParts([halves(1_001), vol], [], of))).toEqual(['me 860']);
  });

  it('are nobody’s where nobody has any', () => {
    expect(takeParts([], [], { worthMicro, wantedFen: 5, at })).toBeUndefined();
    expect(takeParts([con(5, -1)], [], { worthMicro, wantedFen: 5, at })).toBeUndefined();
  });

  const anyHoldings = fc.uniqueArray(
    fc.record({
      series: fc.nat(40),
      unit: fc.constantFrom('VOL', 'CON', 'ODD', 'OFF'),
      expiresAt: fc.integer({ min: at - 3, max: at + 12 }),
      available: fc.nat(900),
    }),
    { selector: ({ series }) => series, maxLength: 6 },
  );

  it('are, of each member, whole fen and just what the ledger takes of that member for the part (trap 3)', () => {
    fc.assert(
      fc.property(
        fc.array(anyHoldings, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 8_000 }),
        ([own = [], ...family], wantedFen) => {
          const purses = family.map((holdings, nth) => ({ member: `m${nth}`, holdings }));
          const parts = takeParts(own, purses, { worthMicro, wantedFen, at }) ?? [];
          expect(parts.reduce((sum, { valueFen }) => sum + valueFen, 0)).toBeLessThanOrEqual(wantedFen);
          expect(new Set(parts.map(({ member }) => member)).size).toBe(parts.length);
          for (const { member, valueFen, valueMicro, takes } of parts) {
            expect(valueMicro).toBe(valueFen * 10_000);
            const of = member === undefined ? own : family[Number(member.slice(1))]!;
            const held = of.map(({ series, unit, expiresAt, available }) => {
              const asset = seriesAsset(unit, 'fund', { expiresAt, rateMicro: 0, budgetReturns: true });
              return { asset: { ...asset, id: series, key: '' }, available };
            });
            const taken = allocate({ valueMicro, worthMicro }, held, at);
            expect(Array.isArray(taken) && taken.map(({ asset, points }) => [asset.id, points])).toEqual(
              takes.map(({ series, points }) => [series, points]),
            );
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
