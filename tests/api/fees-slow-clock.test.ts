/** Several processes on one book, one of them with a slow clock: a month's paper is what the book has, by whichever clock. */
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth } from '../../api/fees/index.ts';
import { findStatement, type StatementBody } from '../../api/fees/statement/statements.ts';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { runExpiry } from '../../api/programme/index.ts';
import { eachEngine } from '../support/database.ts';
import { ok, type FeesWorld } from '../support/fees-world.ts';
import { CLERK, openJune, postedRow, read, takePosted } from '../support/june-month.ts';

const JULY_1 = Date.parse('2026-07-01T00:00:00+08:00');
const MINUTE_MS = 60_000;

eachEngine((_name, open) => {
  describe('June, closed at 0:03 while another process, 7 minutes slow, still has June', () => {
    let world: FeesWorld;
    /** What another process does between the reading of the month and its closing. */
    let meanwhile: (() => Promise<void>) | undefined;
    const closing = () => {
      const { deps, estate } = world;
      const journal = new Proxy(deps.journal, {
        get: (target, name) => {
          const own: unknown = Reflect.get(target, name, target);
          if (name !== 'commit') return typeof own === 'function' ? (own.bind(target) as unknown) : own;
          return async (...unit: Parameters<typeof target.commit>) => {
            const first = meanwhile;
            meanwhile = undefined;
            await first?.();
            return target.commit(...unit);
          };
        },
      });
      const by = { actor: CLERK, key: uuid(), scope: 'test' };
      return closeMonth({ ...deps, journal }, { place: estate.id, month: '2026-06', ...by });
    };
    const draft = () =>
      read<{ month: string; totals: Record<'opening' | 'closing' | 'posted', string>; readThrough: string }>(
        world,
        `/places/${world.estate.id}/preliminary-statement`,
      );

    beforeAll(async () => {
      world = await openJune(open, { rooms: ['0501', '0502'], points: { con: 2_000 } });
    });

    it('the draft has what a process ahead of this one has booked', async () => {
      const { clock } = world.app;
      clock.now += 7 * MINUTE_MS;
      await takePosted(world, 'fast.csv', [postedRow(1, '10.00', '2026-06-20')]);
      clock.now -= 7 * MINUTE_MS;
      expect((await draft()).totals).toMatchObject({ posted: '10.00', closing: '10.00' });
    });

    it('what is booked into June at that moment is June’s, and July opens with what is left', async () => {
      const { app, deps } = world;
      app.clock.now = JULY_1 + 3 * MINUTE_MS;
      await runExpiry(deps, 1, app.clock.now);
      meanwhile = async () => {
        app.clock.now -= 7 * MINUTE_MS;
        await takePosted(world, 'slow.csv', [postedRow(2, '10.00', '2026-06-30')]);
        app.clock.now += 7 * MINUTE_MS;
      };
      const { closure } = ok(await closing());
      expect(meanwhile).toBeUndefined();
      const kept = await findStatement(app.engine, closure);
      const june = JSON.parse(kept!.body) as StatementBody;
      expect(june.values).toMatchObject([{ posted: 2_000, closing: 0 }]);
      expect(await draft()).toMatchObject({ month: '2026-07', totals: { opening: '0.00', closing: '0.00' } });
      expect((await verify(app.engine, productChecks)).findings).toEqual([]);
    });
  });
});
