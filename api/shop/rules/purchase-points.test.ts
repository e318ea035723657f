import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoPurchaseRule as rule } from '../../programme/rules/index.ts';
import { pointsForPurchase, pointsToTakeBack, type Purchase } from './purchase-points.ts';

const noon = Date.parse('2026-06-13T12:00+08:00');
const bought = (amountFen: number, changes: Partial<Purchase> = {}) =>
  pointsForPurchase(rule, { member: 'm1', at: noon, amountFen, paidWithPointsFen: 0, ...changes });

describe('points for a purchase', () => {
  it.each([
    [6_080, 60],
    [100, 1],
    [99, 0],
    [0, 0],
    [50_000, 500],
    [50_100, 500],
  ])('of %i fen are %i: 1 for each whole yuan, at most 500 a day', (fen, points) => {
    expect(bought(fen).points).toBe(points);
  });

  it('are given on the net amount only: 60.80 of which 10.90 were paid with points earn 49', () => {
    const found = bought(6_080, { paidWithPointsFen: 1_090 });
    expect(found).toMatchObject({ points: 49, netFen: 4_990, day: '2026-06-13' });
    expect(found.steps.map((step) => [step.zh, step.value])).toEqual([
      ['消费 60.80 元', '60.80'],
      ['其中用积分付的 10.90 元不再计分', '49.90'],
      ['每满 1 元计 1 分，零头不计', '49'],
    ]);
  });

  it('are none when all was paid with points', () => {
    expect(bought(6_080, { paidWithPointsFen: 6_080 })).toMatchObject({ points: 0, tallies: [] });
    expect(bought(6_080, { paidWithPointsFen: 7_000 })).toMatchObject({ points: 0, netFen: 0 });
  });

  it('are what is left of the day, and the tally says so', () => {
    expect(bought(6_080, { earnedThatDay: 480 })).toMatchObject({
      points: 20,
      tallies: [{ key: 'earned:CON:m1:2026-06-13', add: 20, max: 500, was: 480 }],
    });
  });

  it('never grow by splitting a purchase', () => {
    fc.assert(
      fc.property(fc.nat(40_000), fc.nat(40_000), (one, two) => {
        const first = bought(one);
        const second = bought(two, { earnedThatDay: first.points });
        expect(first.points + second.points).toBeLessThanOrEqual(bought(one + two).points);
      }),
    );
  });
});

describe('points to take back for a refund', () => {
  const purchase = { netFen: 6_080, points: 60, refundedFen: 0, takenBack: 0 };

  it('are all of them for the whole, half of them for the half', () => {
    expect(pointsToTakeBack({ ...purchase, refundFen: 6_080 })).toBe(60);
    expect(pointsToTakeBack({ ...purchase, refundFen: 3_040 })).toBe(30);
    expect(pointsToTakeBack({ ...purchase, refundFen: 0 })).toBe(0);
  });

  it('follow what was given then: a purchase that the daily cap cut to 12 gives back at most 12', () => {
    expect(pointsToTakeBack({ ...purchase, points: 12, refundFen: 3_040 })).toBe(6);
    expect(pointsToTakeBack({ ...purchase, points: 12, refundFen: 6_080 })).toBe(12);
  });

  it('round in favour of the fund: what is kept earns whole points only', () => {
    expect(pointsToTakeBack({ ...purchase, refundFen: 1 })).toBe(1);
  });

  it('are nothing for a purchase that earned nothing', () => {
    expect(pointsToTakeBack({ netFen: 0, points: 0, refundedFen: 0, takenBack: 0, refundFen: 100 })).toBe(0);
  });

  it('come to the same in parts as at once, never to more than was given', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000_000 }),
        fc.nat(50_000),
        fc.array(fc.nat(2_000_000), { maxLength: 6 }),
        (netFen, points, parts) => {
          let refundedFen = 0;
          let takenBack = 0;
          for (const refundFen of parts) {
            const taken = pointsToTakeBack({ netFen, points, refundedFen, takenBack, refundFen });
            expect(taken).toBeGreaterThanOrEqual(0);
            refundedFen += refundFen;
            takenBack += taken;
          }
          const once = pointsToTakeBack({
            netFen,
            points,
            refundedFen: 0,
            takenBack: 0,
            refundFen: refundedFen,
          });
          expect(takenBack).toBe(once);
          expect(takenBack).toBeLessThanOrEqual(points);
          if (refundedFen >= netFen) expect(takenBack).toBe(points);
        },
      ),
    );
  });
});
