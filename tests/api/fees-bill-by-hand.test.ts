/** A file of bills that was the wrong one is taken back, and a single bill is corrected: as new versions, by who may, never in silence. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { eachEngine } from '../support/database.ts';
import { offsetBill, type FeesWorld } from '../support/fees-world.ts';
import { handOver, openEstate, read } from '../support/june-month.ts';

type Undo = { bills: number; mine: boolean; undone: boolean; why?: { zh: string } };

eachEngine((_name, open) => {
  describe('bills by hand', () => {
    let world: FeesWorld;
    const ask = async (path: string, body: object, by = world.accountant) => {
      const answer = await world.app.request(`/api/v1${path}`, { by, method: 'POST', json: body });
      return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
    };
    const send = async (text: string, by = world.accountant, confirm = '') => {
      const query = `fileName=${uuid()}.csv&confirm=${confirm}`;
      const path = `/api/v1/estates/${world.estate.id}/bills?${query}`;
      const answer = await world.app.request(path, {
        ...{ by, method: 'POST', body: text, headers: { 'content-type': 'text/csv' } },
      });
      return (await answer.json()) as { import: string; counts: Record<string, number> };
    };
    const july = (rooms: readonly string[]) =>
      `房号,收费项目,计费月份,应收金额,已收\n${rooms.map((room) => `3-2-${room},物业服务费,202607,99.00,9.00`).join('\n')}\n`;
    const openBill = async (room: string, period = '2026-06') => {
      const path = `/estates/${world.estate.id}/bills?period=${period}&house=${room}&limit=10`;
      const { items } = await read<{ items: { id: string; paid: string; toPay: string; state: string }[] }>(
        world,
        path,
      );
      return items.find(({ state }) => state === 'open');
    };

    beforeAll(async () => {
      world = await openEstate(open, { rooms: ['0501', '0502', '0503'], points: { con: 2_000 } });
    });

    it('a file of the wrong month is taken back by who took it in: its bills are cancelled, with what it said of payments', async () => {
      const wrong = await send(july(['0501', '0502']));
      const path = `/imports/${wrong.import}/undo`;
      expect(await read<Undo>(world, path)).toEqual({
        bills: 2,
        amount: '198.00',
        mine: true,
        undone: false,
      });
      const colleague = await world.app.person({ role: 'accountant', place: world.estate.id });
      expect(await ask(path, { bills: 2 }, colleague)).toMatchObject({
        ...{
          status: 409,
          code: 'undo-not-possible',
          details: { zh: '这份文件是别的同事导入的，请由他撤销' },
        },
      });
      expect(await ask(path, { bills: 1 })).toMatchObject({ status: 409, code: 'changed-meanwhile' });
      expect(await ask(path, { bills: 2 })).toMatchObject({ status: 200, bills: 0, undone: true });
      expect(await ask(path, { bills: 2 })).toMatchObject({ details: { zh: '这份文件已经撤销过' } });
      const { bills: t } = world.app.engine.tables;
      const rows = await world.app.engine.db.select().from(t).where(eq(t.period, '2026-07'));
      expect(rows.map(({ state, paidFen, issue }) => [state, paidFen, issue])).toEqual([
        ['cancelled', 0, 1],
        ['cancelled', 0, 1],
      ]);
      // The right one may come after it, silent about payments.
      const right = '房号,收费项目,计费月份,应收金额\n3-2-0501,物业服务费,202607,99.00\n';
      expect((await send(right)).counts).toMatchObject({ added: 1 });
      expect(await openBill('0501', '2026-07')).toMatchObject({ paid: '0.00', toPay: '99.00' });
    });

    it('a file that offsets hang on, or that changed others, stays, and it is said why', async () => {
      const [first] = await world.app.engine.db.select().from(world.app.engine.tables.imports).limit(1);
      expect(first).toBeDefined();
      const changing = await send('房号,收费项目,计费月份,应收金额\n3-2-0501,物业服务费,202607,98.00\n');
      expect((await read<Undo>(world, `/imports/${changing.import}/undo`)).why?.zh).toContain(
        '改过以前导入的账单',
      );
      const added = await send('房号,收费项目,计费月份,应收金额\n3-2-0503,物业服务费,202605,60.00\n');
      await send('房号,收费项目,计费月份,应收金额,已收\n3-2-0503,物业服务费,202605,60.00,60.00\n');
      expect((await read<Undo>(world, `/imports/${added.import}/undo`)).why?.zh).toContain(
        '后来有的改过（重开、作废、已收或往期欠费）',
      );
      await offsetBill(world, '0502', '10.00');
      const { bills: t } = world.app.engine.tables;
      const [june] = await world.app.engine.db.select().from(t).where(eq(t.period, '2026-06')).limit(1);
      const { imports } = world.app.engine.tables;
      const mine = { importedBy: `person:${world.accountant.id}` };
      await world.app.engine.db.update(imports).set(mine).where(eq(imports.id, june!.import));
      expect((await read<Undo>(world, `/imports/${june!.import}/undo`)).why?.zh).toContain('有 1 张抵扣单');
    });

    it('a file of whose bills another file issued one anew, or said the past due again, cancels nothing any more', async () => {
      const august = (rows: readonly string[], columns = '') =>
        `房号,收费项目,计费月份,应收金额${columns}\n${rows.map((row) => `3-2-${row}`).join('\n')}\n`;
      const line = (room: string, yuan: string, more = '') => `${room},物业服务费,202608,${yuan}${more}`;
      const a = await send(
        august(
          ['0501', '0502', '0503'].map((room) => line(room, '99.00', ',12.00')),
          ',往期欠费',
        ),
      );
      const path = `/imports/${a.import}/undo`;
      expect((await read<Undo>(world, path)).why).toBeUndefined();
      // Silent about what is past due, so that the new issue goes on saying what the first file said.
      await send(august([line('0501', '88.00')]), world.accountant, 'mostly-reissued,bills-missing');
      const refused = { status: 409, code: 'undo-not-possible' };
      const { bills } = await read<Undo>(world, path);
      expect(await ask(path, { bills })).toMatchObject({
        ...refused,
        details: { zh: expect.stringContaining('后来有的改过') as string },
      });
      await send(august([line('0502', '99.00', ',10.00')], ',往期欠费'), world.accountant, 'bills-missing');
      expect(await ask(path, { bills: bills - 1 })).toMatchObject(refused);
      for (const room of ['0501', '0502', '0503'])
        expect(await openBill(room, '2026-08')).toMatchObject({ state: 'open' });
      expect(await openBill('0501', '2026-08')).toMatchObject({ toPay: '88.00' });
    });

    it('a file of somebody who works there no more, or of a key, is taken back by the finance lead or a colleague', async () => {
      const { imports, roles } = world.app.engine.tables;
      const gone = await world.app.person({ role: 'accountant', place: world.estate.id });
      const file = await send('房号,收费项目,计费月份,应收金额\n3-2-0503,水费,202604,8.00\n', gone);
      const path = `/imports/${file.import}/undo`;
      expect((await read<Undo>(world, path)).why?.zh).toContain('别的同事');
      const { db } = world.app.engine;
      await db.update(roles).set({ validTo: world.app.clock.now }).where(eq(roles.person, gone.id));
      expect(await read<Undo>(world, path)).toMatchObject({ mine: false, bills: 1 });
      await db
        .update(imports)
        .set({ importedBy: `key:${uuid()}` })
        .where(eq(imports.id, file.import));
      const lead = await world.app.person({ role: 'finance_lead', place: world.estate.id });
      expect(await ask(path, { bills: 1 }, lead)).toMatchObject({ status: 200, undone: true });
    });

    it('points that were put in and taken out again change nothing of a file: it may be taken back', async () => {
      const file = await send('房号,收费项目,计费月份,应收金额\n3-2-0502,车位费,202606,50.00\n');
      const path = `/imports/${file.import}/undo`;
      const { bills: t } = world.app.engine.tables;
      // Each offset raises the version of its bill, and the resident has cancelled it.
      await world.app.engine.db.update(t).set({ version: 3 }).where(eq(t.import, file.import));
      expect((await read<Undo>(world, path)).why).toBeUndefined();
      await send(
        '房号,收费项目,计费月份,应收金额\n3-2-0503,车位费,202606,50.00\n',
        world.accountant,
        'bills-missing',
      );
      expect(await ask(path, { bills: 1 })).toMatchObject({ status: 200, undone: true });
    });

    it('money that was received elsewhere is said of one bill with a reason, seen as it stands, and asked about as in a file', async () => {
      const bill = (await openBill('0501'))!;
      const path = `/bills/${bill.id}/correction`;
      const reason = '6 月 20 日前台收的现金';
      expect(await ask(path, { was: '1.00', paid: '50.00', reason })).toMatchObject({
        code: 'changed-meanwhile',
      });
      expect(await ask(path, { was: '0.00', paid: '50.00', reason })).toMatchObject({
        status: 200,
        toPay: '68.32',
      });
      expect(await ask(path, { was: '50.00', paid: '10.00', reason })).toMatchObject({
        code: 'not-confirmed',
      });
      const slip = await ask(path, { was: '50.00', paid: '1183.20', reason });
      expect(slip).toMatchObject({ code: 'not-confirmed' });
      expect(JSON.stringify(slip)).toContain('收的比应收还多');
      const less = { was: '50.00', paid: '10.00', reason, confirm: ['paid-less'] };
      expect(await ask(path, less)).toMatchObject({ status: 200, paid: '10.00' });
      const { items } = await read<{ items: { fileName: string }[] }>(
        world,
        `/estates/${world.estate.id}/imports?kind=bills`,
      );
      expect(items[0]?.fileName).toBe(`手工：${reason}`);
    });

    it('a bill that the firm has cancelled is cancelled here, and an offset in its hands becomes a difference', async () => {
      await handOver(world);
      const bill = (await openBill('0502'))!;
      const path = `/bills/${bill.id}/correction`;
      const cancel = { was: '0.00', reason: '空置房减免，物业已作废' };
      expect(await ask(path, cancel)).toMatchObject({ status: 422, code: 'not-confirmed' });
      const confirm = ['cancels-bills', 'touches-offsets'];
      expect(await ask(path, { ...cancel, confirm })).toMatchObject({
        status: 200,
        state: 'cancelled',
        toPay: '0.00',
      });
      expect(await ask(path, { ...cancel, confirm })).toMatchObject({ code: 'bill-cancelled' });
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
    });
  });
});
