/**
 * Protects: whatever happens to offsets, months and reopenings, each kept statement adds up, a month opens with what the
 * one before it left, and no fraction of a fen is lost or made between them.
 */
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { beforeAll, expect, it } from 'vitest';
import { closeMonth, reopenMonth } from '../../api/fees/index.ts';
import { givingBack } from '../../api/fees/give-back.ts';
import { findOffset } from '../../api/fees/offsets.ts';
import { offsetCapKey } from '../../api/fees/rules/offset.ts';
import { handingOver } from '../../api/fees/settle-posted-list.ts';
import { settlementOf } from '../../api/fees/statement/figures.ts';
import { findStatement } from '../../api/fees/statement/statements.ts';
import { bodyOf } from '../../api/fees/statement/statement.views.ts';
import { post, verify } from '../../api/ledger/index.ts';
import { addPlace } from '../../api/places/index.ts';
import type { PersonActor } from '../../api/platform/index.ts';
import { addFund, monthOf, runExpiry } from '../../api/programme/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { eachEngine } from '../support/database.ts';
import { book, ok, openFeesWorld, type FeesWorld } from '../support/fees-world.ts';
import { startApp } from '../support/app.ts';

type Step =
  | { do: 'offset'; points: number; valueFen: number; item: string }
  | { do: 'cancel' | 'return' | 'post'; which: number }
  | { do: 'next-month' | 'close' | 'reopen' };

const which = fc.nat(99);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('offset' as const),
      points: fc.integer({ min: 1, max: 400 }),
      valueFen: fc.integer({ min: 1, max: 5_000 }),
      item: fc.constantFrom('物业服务费', '公摊水电'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('return' as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('post' as const), which }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('next-month' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('close' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
);

const person = (id: string): PersonActor => ({ kind: 'person', person: id, roles: [] });
const DAY_MS = 86_400_000;

eachEngine((_name, open) => {
  let world: FeesWorld;
  /** A third of a fen a point, so that nearly every month leaves a fraction. */
  let odd: string;

  beforeAll(async () => {
    world = await openFeesWorld(await startApp(await open()));
    const { deps, merchant } = world;
    const terms = {
      book: 1,
      place: merchant.id,
      name: 'ODD',
      unit: 'ODD',
      rateMicro: 3_337,
      budgetReturns: true,
    };
    odd = ok(await addFund(deps, terms)).id;
    await book(world, { do: 'budget', fund: odd, unit: 'ODD', amount: 1_000_000_000 });
  });

  it('opening + movements = closing, and a month opens with what the last one left', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 30 }), async (steps) => {
        await playAndCheck(steps);
      }),
      { numRuns: 4 },
    );
    expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
  });

  async function playAndCheck(steps: readonly Step[]): Promise<void> {
    const { app, deps, community, clearing } = world;
    const name = uuid();
    const estate = ok(await addPlace(deps, { book: 1, parent: community.id, kind: 'estate', name }));
    const firm = ok(await addPlace(deps, { book: 1, parent: estate.id, kind: 'firm', name: `${name} 物业` }));
    const [member, live]: [string, string[]] = [uuid(), []];
    await book(world, {
      ...{ do: 'credit', member, fund: odd, unit: 'ODD', amount: 20_000 },
      series: { expiresAt: Date.parse('2099-01-01T00:00+08:00'), rateMicro: 3_337, budgetReturns: true },
    });
    /** The latest closure of each closed month, in their order. */
    const closed: { month: string; closure: string }[] = [];
    let month = monthOf(app.clock.now);
    const ask = () => ({ book: 1, scope: 'test', key: uuid(), request: uuid() });
    const settle = async (nth: number, deed: 'cancel' | 'return' | 'post'): Promise<void> => {
      const id = live.splice(nth % Math.max(1, live.length), 1)[0];
      if (id === undefined) return;
      const offset = (await findOffset(app.engine, id))!;
      const back = deed === 'cancel' ? ('cancelled' as const) : ('returned' as const);
      const unit = deed === 'post' ? handingOver(offset, []) : givingBack(offset, [], back);
      ok(await post(deps, ask(), { actor: 'test', ...unit }));
    };
    const close = async (): Promise<void> => {
      if (month >= monthOf(app.clock.now)) return;
      await runExpiry(deps, 1, app.clock.now);
      const by = { actor: person(uuid()), key: uuid(), scope: 'test' };
      const { closure } = ok(await closeMonth(deps, { place: estate.id, month, ...by }));
      closed.push({ month, closure });
      month = nextOf(month);
    };
    // A first month in which all came to nothing would be left out: one offset stands in it.
    const first = { do: 'offset', points: 1, valueFen: 1, item: '物业服务费' } as const;
    for (const one of [first, { do: 'post', which: 0 } as const, ...steps]) {
      app.clock.now += 60_000;
      if (one.do === 'next-month') app.clock.now += 31 * DAY_MS;
      else if (one.do === 'close') await close();
      else if (one.do === 'reopen') {
        const latest = closed.pop();
        if (!latest) continue;
        const by = { actor: person(uuid()), key: uuid(), scope: 'test' };
        ok(await reopenMonth(deps, { closure: latest.closure, reason: '补', ...by }));
        month = latest.month;
      } else if (one.do === 'offset')
        live.push(await offset({ one, member, estate: estate.id, firm: firm.id, via: clearing.id }));
      else if ('which' in one) await settle(one.which, one.do);
    }
    app.clock.now += 31 * DAY_MS;
    while (month < monthOf(app.clock.now)) await close();
    await checkChain(
      closed.map(({ closure }) => closure),
      live.length,
    );
  }

  async function offset(of: {
    one: Extract<Step, { do: 'offset' }>;
    member: string;
    estate: string;
    firm: string;
    via: string;
  }): Promise<string> {
    const { app, deps } = world;
    const { one, member, estate, firm, via } = of;
    const [id, house, bill] = [uuid(), uuid(), uuid()];
    const period = monthOf(app.clock.now);
    const prefix = `DK-${period.slice(2).replace('-', '')}-`;
    const said = { bill_issue: 1, house, item: one.item, period, member, value_fen: one.valueFen };
    const ids = { id, estate, bill, hold: id, rule_version: 'r', number: { planned: 'number' as const } };
    ok(
      await post(
        deps,
        { book: 1, scope: 'test', key: uuid(), request: id },
        {
          ...{ id, actor: 'test', place: estate, ruleVersion: 'r' },
          commands: [
            {
              ...{ do: 'hold', hold: id, member, redeemer: firm, take: { points: one.points, unit: 'ODD' } },
              endsAt: app.clock.now + 5_000 * DAY_MS,
              terms: { '*': { mode: 'clearing', via, factor: 10_000 } },
            },
          ],
          tallies: [{ key: offsetCapKey(house, period), add: one.valueFen, max: 5_000 }],
          uniques: [{ key: `offset:${bill}` }],
          number: { prefix, pad: 4, series: `offset:${estate}:${prefix}` },
          rows: [
            {
              insert: 'offsets',
              values: {
                ...{ ...ids, ...said, state: 'exported', steps: '[]' },
                points: JSON.stringify({ ODD: one.points }),
                hold_transaction: { planned: 'transaction' as const },
                created_at: app.clock.now,
              },
            },
          ],
        },
      ),
    );
    return id;
  }

  async function checkChain(closures: readonly string[], stillLive: number): Promise<void> {
    const kept = await Promise.all(closures.map((closure) => findStatement(world.app.engine, closure)));
    const bodies = kept.map((row) => bodyOf(row!));
    let [before, captured, owedFen, documents] = [bodies[0]!, 0, 0, 0];
    for (const [nth, body] of bodies.entries()) {
      for (const row of [...body.points, ...body.values, ...body.values.map(({ counts }) => counts)])
        expect(row.closing).toBe(row.opening + row.made - row.givenBack - row.posted);
      if (nth > 0) {
        for (const { unit, fund, closing } of before.points)
          expect(body.points.find((row) => row.unit === unit && row.fund === fund)?.opening ?? 0).toBe(
            closing,
          );
        for (const { item, closing, counts } of before.values) {
          const after = body.values.find((row) => row.item === item);
          expect([after?.opening ?? 0, after?.counts.opening ?? 0]).toEqual([closing, counts.closing]);
        }
        for (const { payer, closing } of before.owed)
          expect(body.owed.find((row) => row.payer === payer)?.opening).toBe(closing);
        expect(body.settlement.carriedInMicro).toBe(before.settlement.carriedOutMicro);
      }
      captured += body.settlement.capturedMicro;
      owedFen += body.settlement.owedFen;
      documents += body.documents.count;
      expect(owedFen).toBe(Math.floor(captured / 10_000));
      expect(body.settlement.owedFen + body.settlement.concessionFen).toBe(body.settlement.postedFen);
      expect(body.borne.reduce((sum, { micro }) => sum + micro, 0)).toBe(body.settlement.capturedMicro);
      before = body;
    }
    const left = before.values.reduce((sum, { counts }) => sum + counts.closing, 0);
    expect(left).toBe(stillLive);
    expect(documents).toBe(
      bodies.reduce((sum, { values }) => sum + values.reduce((all, { counts }) => all + counts.made, 0), 0),
    );
  }
});

it('what is owed over any months is the whole fen of all that was captured', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1e9 }), { maxLength: 30 }), (months) => {
      let [beforeMicro, owedFen] = [0, 0];
      for (const capturedMicro of months) {
        const of = settlementOf({ postedFen: 0, beforeMicro, capturedMicro });
        expect(of.carriedInMicro + capturedMicro).toBe(of.owedFen * 10_000 + of.carriedOutMicro);
        beforeMicro += capturedMicro;
        owedFen += of.owedFen;
      }
      expect(owedFen).toBe(Math.floor(beforeMicro / 10_000));
    }),
  );
});

function nextOf(month: string): string {
  const [year = 0, nth = 0] = month.split('-').map(Number);
  return nth === 12 ? `${year + 1}-01` : `${year}-${String(nth + 1).padStart(2, '0')}`;
}
