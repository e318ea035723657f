/**
 * The way back of an offset that was posted: the firm returns it in a later list, or cancels its bill. Two people reverse it
 * by its own entries; it lands in the open month with the day on which it was (late corrections, domain.md traps 5, 6, 12).
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { explainers } from '../../api/app.ts';
import { explainOffset } from '../../api/fees/explain-offset.ts';
import { offsetAgainUntil } from '../../api/fees/offset-again.ts';
import { importBills, offsetSumsAsCounted } from '../../api/fees/index.ts';
import { transactionsById, verify } from '../../api/ledger/index.ts';
import { makeNotices } from '../../api/notices/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { eachEngine } from '../support/database.ts';
import { closeByTwo, fileOf, ok, residentOf, secondOf, type FeesWorld } from '../support/fees-world.ts';
import { openJune, postedRow, read, takePosted } from '../support/june-month.ts';

type Found = {
  id: string;
  kind: string;
  difference: string;
  zh: string;
  proposal: string;
  offers?: { resolution: string; secondPerson: boolean }[];
  ours?: { number: string; state: string };
};
const july = (day: string) => Date.parse(`2026-07-${day}T09:00:00+08:00`);

eachEngine((_name, open) => {
  describe('a posted offset', () => {
    let world: FeesWorld;
    const offsetOf = async (number: string) => {
      const { offsets: t } = world.app.engine.tables;
      const [row] = await world.app.engine.db.select().from(t).where(eq(t.number, number));
      return row!;
    };
    const breaks = async () =>
      (await read<{ items: Found[] }>(world, `/estates/${world.estate.id}/breaks?state=open&limit=50`)).items;
    const resolve = (id: string, by: FeesWorld['accountant'], resolution = 'reverse') =>
      world.app.request(`/api/v1/breaks/${id}/resolution`, {
        by,
        key: uuid(),
        json: { resolution, comment: '物业退回，冲回重抵' },
      });
    const availableOf = async (room: string) => {
      const { accounts: a, positions: p } = world.app.engine.tables;
      const rows = await world.app.engine.db
        .select({ role: a.role, balance: p.balance })
        .from(p)
        .innerJoin(a, eq(a.id, p.account))
        .where(eq(a.owner, await residentOf(world, room)));
      return rows.filter(({ role }) => role === 'available').reduce((sum, { balance }) => sum + balance, 0);
    };
    const greens = async () => expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);

    beforeAll(async () => {
      const rooms = ['0501', '0502', '0503', '0504'];
      world = await openJune(open, { rooms, points: { con: 2_000 } });
      world.app.clock.now = july('01');
      // A list of the last days of a month that is still open corrects nothing.
      await takePosted(world, 'june.csv', [postedRow(4, '10.00', '2026-06-25')]);
      const [booked] = await transactionsById(world.app.engine, [
        (await offsetOf('DK-2606-0004')).settledTransaction!,
      ]);
      expect(booked).toMatchObject({ effectiveAt: july('01'), originalEffectiveAt: null });
      world.app.clock.now = july('02');
      expect((await closeByTwo(world, { month: '2026-06' })).status).toBe(201);
    });

    it('that the firm posted in a closed month is taken in the open one, and keeps its day', async () => {
      const rows = [
        postedRow(1, '10.00', '2026-06-25'),
        postedRow(2, '10.00', '2026-06-19'),
        postedRow(3, '10.00', '2026-07-01'),
      ];
      expect((await takePosted(world, 'july.csv', rows)).counts).toMatchObject({ captured: 3 });
      const made = [];
      for (const nth of [1, 2, 3]) {
        const offset = await offsetOf(`DK-2606-000${nth}`);
        const [capture] = await transactionsById(world.app.engine, [offset.settledTransaction!]);
        expect(capture!.effectiveAt).toBe(july('02'));
        made.push(capture!.originalEffectiveAt);
      }
      // What is said to be posted before it was offset was not; what is of this month needs no other day.
      const { createdAt } = await offsetOf('DK-2606-0002');
      expect(made).toEqual([Date.parse('2026-06-25T00:00:00+08:00'), createdAt, null]);
      const { id } = await offsetOf('DK-2606-0001');
      expect(await read(world, `/offsets/${id}`)).toMatchObject({ correctedFrom: '2026-06-25' });
      await greens();
    });

    it('that a later list returns is a difference of its whole value, which two people reverse', async () => {
      world.app.clock.now = july('06');
      await takePosted(world, 'back.csv', [postedRow(1, '10.00', '2026-07-05', '已退回,账单作废')]);
      const [found, ...more] = await breaks();
      expect(more).toEqual([]);
      expect(found).toMatchObject({ kind: 'returned', difference: '-10.00', proposal: 'reverse' });
      expect(found!.offers).toEqual([
        { resolution: 'firm-corrects', secondPerson: false },
        { resolution: 'reverse', secondPerson: true },
      ]);
      expect((await resolve(found!.id, world.accountant)).status).toBe(200);
      expect((await offsetOf('DK-2606-0001')).state).toBe('posted');
      expect((await resolve(found!.id, await secondOf(world))).status).toBe(200);
      const offset = await offsetOf('DK-2606-0001');
      expect(offset).toMatchObject({ state: 'reversed', number: 'DK-2606-0001' });
      const [back] = await transactionsById(world.app.engine, [offset.reversedTransaction!]);
      expect(back).toMatchObject({ kind: 'refund', reverses: offset.settledTransaction });
      expect(await availableOf('0501')).toBe(2_000);
      expect(await breaks()).toEqual([]);
      await greens();
    });

    it('leaves its bill to a new offset, and tells whose points they are', async () => {
      await makeNotices(world.deps, explainers);
      const { notices: t } = world.app.engine.tables;
      const told = await world.app.engine.db.select().from(t).where(eq(t.kind, 'offset-reversed'));
      expect(told.map(({ person }) => person)).toEqual([await residentOf(world, '0501')]);
      expect(JSON.stringify(told[0]?.facts)).toContain('DK-2606-0001');
      // June's is over; a new bill of July takes the points.
      const text = '房号,收费项目,计费月份,应收金额\n3-2-0501,物业服务费,2026-07,118.32\n';
      const by = { actor: 'person:accountant', dryRun: false };
      ok(await importBills(world.deps, { estate: world.estate.id, file: fileOf(text, 'july.csv'), ...by }));
      const { bills: b } = world.app.engine.tables;
      const [bill] = await world.app.engine.db
        .select()
        .from(b)
        .where(eq(b.id, (await offsetOf('DK-2606-0001')).bill));
      // Fifteen days from when the points came back, whatever the cut-off.
      expect(await offsetAgainUntil(world.app.engine, bill!, [bill!])).toBe(july('21') + 15 * 3_600_000);
      await greens();
    });

    it('is known where a later list has both of its rows again', async () => {
      const again = [
        postedRow(1, '10.00', '2026-06-25'),
        postedRow(1, '10.00', '2026-07-05', '已退回,账单作废'),
      ];
      expect((await takePosted(world, 'again.csv', again)).counts).toMatchObject({ known: 2, breaks: 0 });
    });

    it('is still in the firm’s books where a later list has it, and not that it was returned', async () => {
      const kept = [postedRow(1, '10.00', '2026-06-25')];
      // Drawn up before it was returned, a list could not have known.
      expect((await takePosted(world, 'june.csv', kept, true)).counts).toMatchObject({ known: 1, breaks: 0 });
      const since = [...kept, postedRow(3, '10.00', '2026-07-01'), postedRow(2, '10.00', '2026-07-06')];
      const { counts, reconciliation } = await takePosted(world, 'since.csv', since, true);
      expect(counts).toMatchObject({ known: 1, breaks: 2, 'break:duplicate': 2 });
      expect(reconciliation.breaks[0]).toMatchObject({ differenceFen: 1_000, proposal: 'firm-corrects' });
      expect(reconciliation.breaks[0]!.zh).toContain('物业账上还留着 10.00 元');
    });

    it('whose bill is cancelled is offered the same way back', async () => {
      const text = '房号,收费项目,计费月份,应收金额\n3-2-0502,物业服务费,2026-06,0.00\n';
      const file = fileOf(text, 'none.csv');
      const confirmed = ['cancels-bills', 'closed-month'];
      const by = { actor: 'person:accountant', estate: world.estate.id, file };
      const dry = ok(await importBills(world.deps, { ...by, dryRun: true }));
      expect(dry.questions.map(({ zh }) => zh).join()).toContain('冲回');
      ok(await importBills(world.deps, { ...by, dryRun: false, confirmed }));
      const [found] = await breaks();
      expect(found).toMatchObject({ kind: 'reissued', difference: '-10.00', proposal: 'reverse' });
      expect((await resolve(found!.id, world.accountant)).status).toBe(200);
      // Had the bill been smaller when it was posted, verify would say so until two people have put it right.
      const { bills: b } = world.app.engine.tables;
      const { bill } = await offsetOf('DK-2606-0002');
      const setAmount = (amountFen: number) =>
        world.app.engine.db.update(b).set({ amountFen }).where(eq(b.id, bill));
      const saying = async () =>
        (await verify(world.app.engine, productChecks)).findings.map(({ zh }) => zh).join();
      await setAmount(1_000);
      expect(await saying()).toContain('入账时账单是 10.00 元');
      expect((await resolve(found!.id, await secondOf(world))).status).toBe(200);
      expect(await saying()).not.toContain('入账时账单是');
      await setAmount(11_832);
      expect((await offsetOf('DK-2606-0002')).state).toBe('reversed');
      await greens();
    });

    it('is told to its resident by what became of it: returned by the firm, or without a bill', async () => {
      const all = await Promise.all(['DK-2606-0001', 'DK-2606-0002'].map(offsetOf));
      const back = all.map(({ reversedTransaction }) => reversedTransaction!);
      const said = await explainOffset(world.app.engine, back);
      const words = back.map((id) => said.get(id)!.zh.split('：')[0]);
      expect(words).toEqual(['物业退回，抵扣冲回', '账单作废，抵扣冲回']);
    });

    it('leaves the month’s statement with what stands, and the sums of the report with it', async () => {
      const draft = await read<{
        values: { posted: string; givenBack: string; closing: string }[];
        late: { month: string; count: number; value: string }[];
      }>(world, `/places/${world.estate.id}/preliminary-statement`);
      expect(draft.values).toMatchObject([{ posted: '20.00', givenBack: '20.00', closing: '0.00' }]);
      // Two were posted in June and taken in July; both were returned in July.
      expect(draft.late).toEqual([{ month: '2026-06', count: 2, value: '20.00' }]);
      const path = `/places/${world.estate.id}/offset-report?from=2026-07&to=2026-07`;
      const { total } = await read<{ total: object }>(world, path);
      expect(total).toEqual({ count: 2, value: '20.00', borne: '20.00', concession: '0.00' });
      world.app.clock.now = Date.parse('2026-08-02T09:00:00+08:00');
      expect((await closeByTwo(world, { month: '2026-07' })).status).toBe(201);
      await greens();
    });

    it('counted wrongly in the report is found, though the report is counted on without a pause', async () => {
      const { engine } = world.app;
      const { offsetSums: s, countedOffsets: c } = engine.tables;
      const [counted] = await engine.db.select().from(c);
      await engine.db.update(s).set({ count: sql`${s.count} + 1` });
      let isChecked = false;
      const countOn = async () => {
        while (!isChecked) {
          await engine.db.update(c).set({ transaction: sql`${c.transaction} + 1` });
          await nextTurn();
        }
      };
      const busy = countOn();
      const said = await offsetSumsAsCounted(engine, 1);
      isChecked = true;
      await busy;
      expect(said.map(({ zh }) => zh).join()).toContain('抵扣报表的合计与账上不符');
      await engine.db.update(s).set({ count: sql`${s.count} - 1` });
      await engine.db.update(c).set({ transaction: counted!.transaction });
      await greens();
    });
  });
});
