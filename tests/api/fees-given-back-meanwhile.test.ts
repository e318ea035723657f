/** Two people at the same moment: one gives an offset back, the other takes in the list in which the firm has posted it. */
import { expect, it } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { waitingForExport } from '../../api/fees/export-offsets.ts';
import { importPostedList } from '../../api/fees/index.ts';
import { findOffset } from '../../api/fees/offsets.ts';
import { givingBack } from '../../api/fees/give-back.ts';
import { askBatchBack, takeBatchBack } from '../../api/fees/take-back-batch.ts';
import { handingOver } from '../../api/fees/settle-posted-list.ts';
import { post, verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { eachEngine } from '../support/database.ts';
import { fileOf, ok, secondOf } from '../support/fees-world.ts';
import { CLERK, openJune, POSTED_HEADER, postedRow, read, takePosted } from '../support/june-month.ts';

type Break = { kind: string; zh: string; difference: string };

eachEngine((_name, open) => {
  it('an offset given back between the comparison and its capture is a break, and is so in later lists', async () => {
    const world = await openJune(open, { rooms: ['0501', '0502'], points: { con: 4_000 } });
    const { deps, estate, app } = world;
    const [first] = await app.engine.db.select().from(app.engine.tables.offsets);
    let isGivenBack = false;
    const commit: typeof deps.journal.commit = async (book, unit, lane) => {
      if (!isGivenBack && unit.commands.some(({ do: step }) => step === 'capture')) {
        isGivenBack = true;
        const offset = (await findOffset(app.engine, first!.id))!;
        const ask = { book, scope: 'colleague', key: 'release', request: 'release' };
        ok(await post(deps, ask, { actor: 'colleague', ...givingBack(offset, [], 'returned') }));
      }
      return deps.journal.commit(book, unit, lane);
    };
    const journal = Object.assign(Object.create(deps.journal) as typeof deps.journal, { commit });
    const rows = [1, 2].map((nth) => postedRow(nth, '10.00', '2026-06-20'));
    const file = fileOf([POSTED_HEADER, ...rows, ''].join('\n'), '一.csv');
    const asked = { estate: estate.id, file, actor: CLERK, dryRun: false };
    const taken = ok(await importPostedList({ ...deps, journal }, asked));
    expect(taken.counts).toMatchObject({ matched: 2, captured: 1, failed: 0 });
    const breaks = async () =>
      (await read<{ items: Break[] }>(world, `/estates/${estate.id}/breaks?state=open`)).items;
    const [found, ...others] = await breaks();
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: 'duplicate', difference: '10.00' });
    expect(found!.zh).toBe(
      'DK-2606-0001：对账的时候，这张单的积分刚刚退给居民，不能再付给物业。请物业撤销清单第 2 行，改向居民收 10.00 元',
    );
    await takePosted(world, '二.csv', [...rows, '']);
    expect(await breaks()).toHaveLength(1);
    expect((await verify(app.engine)).findings).toEqual([]);
  });

  it('a batch of which a kept list has rows cannot be taken back, also before they are captured', async () => {
    const world = await openJune(open, { rooms: ['0501', '0502'], points: { con: 4_000 } });
    const { deps, estate, app } = world;
    const second = await secondOf(world);
    const [batch] = await app.engine.db.select().from(app.engine.tables.exportBatches);
    const by = (person: string) => ({ kind: 'person' as const, person, roles: [] });
    const asked = { batch: batch!.id, reason: '房号不对', actor: by(world.accountant.id) };
    expect(await askBatchBack(deps, asked)).toBeUndefined();
    const commit: typeof deps.journal.commit = async () => {
      throw new Error('the power is cut');
    };
    const journal = Object.assign(Object.create(deps.journal) as typeof deps.journal, { commit });
    const rows = [postedRow(1, '10.00', '2026-06-20')];
    const file = fileOf([POSTED_HEADER, ...rows, ''].join('\n'), '一.csv');
    const list = { estate: estate.id, file, actor: CLERK, dryRun: false };
    const cut = importPostedList({ ...deps, journal }, list);
    await expect(cut).rejects.toThrow('the power is cut');
    const take = { batch: batch!.id, actor: by(second.id), key: 'take', scope: 'test' };
    // On PostgreSQL the list is kept together with what it captures, and nothing of it is there yet.
    if (app.engine.kind === 'sqlite')
      expect(await takeBatchBack(deps, take)).toMatchObject({ code: 'batch-step-not-possible' });
    expect(ok(await importPostedList(deps, list)).counts).toMatchObject({ captured: 1 });
    expect(await takeBatchBack(deps, take)).toMatchObject({ code: 'batch-step-not-possible' });
    expect((await verify(app.engine)).findings).toEqual([]);
  });

  it('a batch taken back after one of it was given back has what its transaction says', async () => {
    const world = await openJune(open, { rooms: ['0501', '0502'], points: { con: 4_000 } });
    const { deps, app } = world;
    const second = await secondOf(world);
    const [batch] = await app.engine.db.select().from(app.engine.tables.exportBatches);
    const [first] = await app.engine.db.select().from(app.engine.tables.offsets);
    const ask = { book: 1, scope: 'colleague', key: 'release', request: 'release' };
    ok(await post(deps, ask, { actor: 'colleague', ...givingBack(first!, [], 'returned') }));
    const by = (person: string) => ({ kind: 'person' as const, person, roles: [] });
    const asked = { batch: batch!.id, reason: '房号不对', actor: by(world.accountant.id) };
    expect(await askBatchBack(deps, asked)).toBeUndefined();
    ok(await takeBatchBack(deps, { batch: batch!.id, actor: by(second.id), key: 'take', scope: 'test' }));
    expect((await verify(app.engine, productChecks)).findings).toEqual([]);
  });

  it('a batch taken back between the comparison and its capture is said as that, and not handed over again', async () => {
    const world = await openJune(open, { rooms: ['0501', '0502'], points: { con: 4_000 } });
    const { deps, estate, app } = world;
    const [first] = await app.engine.db.select().from(app.engine.tables.offsets);
    let isBack = false;
    const commit: typeof deps.journal.commit = async (book, unit, lane) => {
      if (!isBack && unit.commands.some(({ do: step }) => step === 'capture')) {
        isBack = true;
        const { id, version } = (await findOffset(app.engine, first!.id))!;
        const set = { state: 'held', export_batch: null };
        const back = { commands: [], rows: [{ update: 'offsets', id, version, set }], place: estate.id };
        const ask = { book, scope: 'colleague', key: 'take-back', request: 'take-back' };
        ok(await post(deps, ask, { actor: 'colleague', ...back }));
      }
      return deps.journal.commit(book, unit, lane);
    };
    const journal = Object.assign(Object.create(deps.journal) as typeof deps.journal, { commit });
    const rows = [1, 2].map((nth) => postedRow(nth, '10.00', '2026-06-20'));
    const file = fileOf([POSTED_HEADER, ...rows, ''].join('\n'), '一.csv');
    const list = { estate: estate.id, file, actor: CLERK, dryRun: false };
    const taken = ok(await importPostedList({ ...deps, journal }, list));
    expect(taken.counts).toMatchObject({ matched: 2, captured: 1, failed: 0 });
    const { items } = await read<{ items: Break[] }>(world, `/estates/${estate.id}/breaks?state=open`);
    expect(items).toMatchObject([{ kind: 'not-handed-over', difference: '10.00' }]);
    expect(await waitingForExport(app.engine, { estate: estate.id, now: app.clock.now })).toMatchObject({
      count: 0,
    });
  });

  it('a batch of which something is captured while its taking back is judged stays with the firm', async () => {
    const world = await openJune(open, { rooms: ['0501', '0502'], points: { con: 4_000 } });
    const { deps, app } = world;
    const second = await secondOf(world);
    const [batch] = await app.engine.db.select().from(app.engine.tables.exportBatches);
    const by = (person: string) => ({ kind: 'person' as const, person, roles: [] });
    const asked = { batch: batch!.id, reason: '房号不对', actor: by(world.accountant.id) };
    expect(await askBatchBack(deps, asked)).toBeUndefined();
    let isCaptured = false;
    const engine = whenAskedFor(app.engine, app.engine.tables.closures, async () => {
      if (isCaptured) return;
      isCaptured = true;
      const [first] = await app.engine.db.select().from(app.engine.tables.offsets);
      const ask = { book: 1, scope: 'colleague', key: 'capture', request: 'capture' };
      ok(await post(deps, ask, { actor: 'colleague', ...handingOver(first!, []) }));
    });
    const take = { batch: batch!.id, actor: by(second.id), key: 'take', scope: 'test' };
    expect(await takeBatchBack({ ...deps, engine }, take)).toMatchObject({ code: 'batch-step-not-possible' });
    expect(isCaptured).toBe(true);
    const states = (await app.engine.db.select().from(app.engine.tables.offsets)).map(({ state }) => state);
    expect(states.sort()).toEqual(['exported', 'posted']);
  });
});

/** The same engine, in which somebody else does something just before a table is read. */
function whenAskedFor(engine: Engine, table: object, meanwhile: () => Promise<void>): Engine {
  const around = <Query extends object>(query: Query, isIt: boolean): Query =>
    new Proxy(query, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        const method = value as (...args: unknown[]) => unknown;
        return (...args: unknown[]) => {
          const isNow = isIt || (name === 'from' && args[0] === table);
          if (name === 'then' && isIt) return meanwhile().then(() => method.apply(target, args));
          const made = method.apply(target, args);
          return name !== 'then' && typeof made === 'object' && made !== null ? around(made, isNow) : made;
        };
      },
    });
  const inside = (one: Engine): Engine => ({
    ...one,
    db: around(one.db, false),
    reader: around(one.reader, false),
    exclusively: (name, work) => one.exclusively(name, (its) => work(inside(its))),
  });
  return inside(engine);
}
