/** A month in which another firm takes over: what is owed to each is on its own section of the paper, and its own voucher. */
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { cancelOffset } from '../../api/fees/index.ts';
import { readFigures } from '../../api/fees/statement/read-figures.ts';
import { carriedFrom } from '../../api/fees/statement/statements.ts';
import { lastSeqBookedBy, post, verify } from '../../api/ledger/index.ts';
import { addPlace } from '../../api/places/index.ts';
import { addAgreement } from '../../api/programme/index.ts';
import { codeOf } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { closeByTwo, offsetBill, ok, residentOf, secondOf, type FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, handOver, openEstate, postedRow, read, takePosted } from '../support/june-month.ts';

type Owed = { opening: string; captured: string; paid: string; closing: string };
type Section = { firm: { name: string }; owed: Owed[]; settlement: { owed: string; posted: string } };
type Statement = { firm: { name: string }; owed: Owed[]; firms: Section[]; settlement: { owed: string } };
type Voucher = { firm: { id: string; name: string }; firms: { id: string; name: string }[]; total: string };

const JULY_2 = Date.parse('2026-07-02T09:00:00+08:00');
const june = {
  start: Date.parse('2026-06-01T00:00+08:00'),
  end: Date.parse('2026-07-01T00:00+08:00'),
};

eachEngine((_name, open) => {
  describe('June, in which 新物业 took over from 和美物业', () => {
    let world: FeesWorld;
    let second: string;
    const draft = () => read<Statement>(world, `/places/${world.estate.id}/preliminary-statement`);

    beforeAll(async () => {
      world = await openEstate(open, { rooms: ['0501', '0502', '0503'], points: { con: 3_000 } });
      const { deps, app, community, estate, firm, clearing } = world;
      const parent = { book: 1, parent: community.id, kind: 'firm' as const };
      second = ok(await addPlace(deps, { ...parent, name: '新物业' })).id;
      const terms = { mode: 'clearing' as const, via: clearing.id, factor: 10_000 };
      ok(await addAgreement(deps, { redeemer: second, fund: '*', terms, validFrom: 0 }));
      await offsetBill(world, '0501', '30.00');
      const { estateFirms: t } = app.engine.tables;
      const row = { version: 1, estate: estate.id, reason: 'x', namedBy: 'test', createdAt: 0 };
      await app.engine.db.delete(t);
      await app.engine.db.insert(t).values([
        { ...row, id: uuid(), firm: firm.id, since: '2026-01-01', until: '2026-06-22' },
        { ...row, id: uuid(), firm: second, since: '2026-06-22', until: null },
      ]);
      app.clock.now += 3 * DAY_MS;
      await offsetBill(world, '0502', '10.00');
      // To each its own.
      await handOver(world);
      await handOver(world, 'june-2');
      app.clock.now += DAY_MS;
      await takePosted(world, 'june.csv', [
        postedRow(1, '30.00'),
        postedRow(2, '10.00').replace('0002', 'B0001'),
      ]);
      const paid = { do: 'pay' as const, payer: clearing.id, payee: firm.id, amountMicro: 10_000_000 };
      const ask = { book: 1, scope: 'test', key: uuid(), request: paid };
      ok(await post(deps, ask, { actor: 'test', place: estate.id, commands: [paid] }));
    });

    it('each is owed what its own offsets took, and the sum is over both', async () => {
      const { firms, owed, firm } = await draft();
      expect(firm.name).toBe('新物业');
      expect(
        firms.map((one) => [one.firm.name, one.settlement.owed, one.owed.map((row) => row.closing)]),
      ).toEqual([
        ['新物业', '10.00', ['10.00']],
        // 10.00 of it were paid.
        ['和美物业', '30.00', ['20.00']],
      ]);
      expect(owed.map(({ captured }) => captured)).toEqual(['40.00']);
    });

    it('reads one moment: an offset that is made between two of its queries is in none of them', async () => {
      const { app, estate } = world;
      const at = await lastSeqBookedBy(app.engine, { book: 1, at: app.clock.now });
      const of = { book: 1, estate: estate.id, firm: second, ...june, readThrough: at };
      const before = await readFigures(app.engine, of);
      const { offset } = await offsetBill(world, '0503', '5.00');
      expect(await readFigures(app.engine, of)).toEqual(before);
      const member = await residentOf(world, '0503');
      const actor = { kind: 'person' as const, person: member, roles: [] };
      ok(await cancelOffset(world.deps, { offset, actor, key: uuid(), scope: 'test' }));
      expect(await readFigures(app.engine, of)).toEqual(before);
      expect((await draft()).firms).toHaveLength(2);
    });

    it('is not closed while nobody has said whose it is', async () => {
      const { app, estate, deps } = world;
      const { estateFirms: t } = app.engine.tables;
      const rows = await app.engine.db.select().from(t);
      ok(await addPlace(deps, { book: 1, parent: estate.id, kind: 'firm', name: '第三家' }));
      await app.engine.db.delete(t);
      app.clock.now = JULY_2;
      expect(await codeOf(await closeByTwo(world, { month: '2026-06' }))).toBe('no-firm');
      await app.engine.db.delete(t);
      await app.engine.db.insert(t).values(rows);
    });

    it('is closed with a voucher for each of them', async () => {
      const answer = await closeByTwo(world, { month: '2026-06' });
      expect(answer.status, await answer.clone().text()).toBe(201);
      const { id: closure } = (await answer.json()) as { id: string };
      const path = `/closures/${closure}/voucher`;
      const first = await read<Voucher>(world, path);
      expect(first).toMatchObject({ firm: { name: '新物业' }, total: '10.00' });
      expect(first.firms.map(({ name }) => name)).toEqual(['新物业', '和美物业']);
      const other = await read<Voucher>(world, `${path}?firm=${first.firms[1]!.id}`);
      expect(other).toMatchObject({ firm: { name: '和美物业' }, total: '30.00' });
      const none = await world.app.request(`/api/v1${path}?firm=${uuid()}`, { by: world.accountant });
      expect(none.status).toBe(404);
      // July opens with what June's statement leaves to each of the two, which is what the ledger has.
      const { app, estate } = world;
      const july = { start: june.end, end: Date.parse('2026-08-01T00:00+08:00') };
      const readThrough = await lastSeqBookedBy(app.engine, { book: 1, at: app.clock.now });
      const of = { book: 1, estate: estate.id, firm: second, ...july, readThrough };
      const carried = await carriedFrom(app.engine, { place: estate.id, month: '2026-06' });
      expect(carried?.owedBefore.map(({ micro }) => micro).sort()).toEqual([10_000_000, 20_000_000]);
      expect(await readFigures(app.engine, { ...of, carried })).toEqual(await readFigures(app.engine, of));
      expect((await verify(world.app.engine)).findings).toEqual([]);
    });

    it('whoever served when a row was posted bears what is written off, with nothing else to settle', async () => {
      const { app, estate, community, deps, accountant } = world;
      const parent = { book: 1, parent: community.id, kind: 'firm' as const };
      const before = ok(await addPlace(deps, { ...parent, name: '前物业' })).id;
      const { estateFirms: t } = app.engine.tables;
      const row = { id: uuid(), version: 1, estate: estate.id, reason: 'x', namedBy: 'test', createdAt: 0 };
      await app.engine.db
        .insert(t)
        .values([{ ...row, firm: before, since: '2025-01-01', until: '2026-01-01' }]);
      await takePosted(world, 'july.csv', [
        postedRow(1, '30.00'),
        ',3-2-0503,物业服务费,202512,18.00,2025-12-30,已入账,',
      ]);
      const { items } = await read<{ items: { id: string; kind: string }[] }>(
        world,
        `/estates/${estate.id}/breaks?state=open`,
      );
      const { id } = items.find(({ kind }) => kind === 'missing-here')!;
      for (const by of [accountant, await secondOf(world)]) {
        const json = { resolution: 'write-off', comment: '前物业的账' };
        await app.request(`/api/v1/breaks/${id}/resolution`, { by, key: uuid(), json });
      }
      expect(await draft()).toMatchObject({
        writeOffs: [{ firm: { name: '前物业' }, item: '物业服务费', value: '18.00' }],
      });
      const path = `/places/${estate.id}/preliminary-voucher?firm=${before}`;
      expect(await read<Voucher>(world, path)).toMatchObject({ firm: { name: '前物业' }, total: '18.00' });
    });
  });
});
