import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from '../../ledger/core/allocation.ts';
import { seriesAsset } from '../../ledger/core/asset.ts';
import { quoteOffset } from './offset.ts';
import { demoOffsetRule } from './offset-rule.ts';

const at = Date.parse('2026-06-20T10:00+08:00');

const anyHolding = fc.record({
  series: fc.nat(60),
  unit: fc.constantFrom('VOL', 'CON', 'ODD', 'OFF'),
  expiresAt: fc.integer({ min: at - 5, max: at + 20 }),
  available: fc.nat(2_000),
});

describe('the points that a quote shows', () => {
  it('are the points that the ledger takes for its value (trap 3)', () => {
    const rule = { ...demoOffsetRule, worthMicro: { ...demoOffsetRule.worthMicro, ODD: 6_700 } };
    fc.assert(
      fc.property(
        fc.uniqueArray(anyHolding, { selector: (holding) => holding.series, maxLength: 20 }),
        fc.integer({ min: 100, max: 30_000 }),
        (holdings, amountFen) => {
          const answer = quoteOffset(rule, {
            at,
            household: 'h1',
            relation: 'owner',
            bill: { item: '物业服务费', period: '2026-06', amountFen, paidFen: 0, offsetFen: 0 },
            arrearsFen: 0,
            usedThisMonthFen: 0,
            holdings,
          });
          if ('refusal' in answer) return;
          const { valueMicro, worthMicro, takes } = answer.quote;
          const held = holdings.map(({ series, unit, expiresAt, available }) => {
            const asset = seriesAsset(unit, 'fund', { expiresAt, rateMicro: 0, budgetReturns: true });
            return { asset: { ...asset, id: series, key: '' }, available };
          });
          const taken = allocate({ valueMicro, worthMicro }, held, at);
          expect(Array.isArray(taken) && taken.map(({ asset, points }) => [asset.id, points])).toEqual(
            takes.map(({ series, points }) => [series, points]),
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
