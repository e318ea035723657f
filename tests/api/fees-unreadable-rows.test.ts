/** A posted list with rows that nobody can read, or of another estate, is not reconciled without saying so. */
import { beforeAll, describe, expect, it } from 'vitest';
import { cancelOffset } from '../../api/fees/index.ts';
import { addPlace } from '../../api/places/index.ts';
import { eachEngine } from '../support/database.ts';
import { offsetBill, ok, residentOf, type FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, openJune, POSTED_HEADER } from '../support/june-month.ts';

const row = (number: string, room: string, yuan: string) =>
  `${number},3-2-${room},物业服务费,202606,${yuan},2026-06-20,已入账,`;

type Report = {
  import?: string;
  code?: string;
  warnings: { code: string; zh: string }[];
  counts: Record<string, number>;
  questions: { code: string; zh: string }[];
  fields: { field: string; zh: string }[];
  reconciliation: { ours: string; breaks: { kind: string; proposal: string; zh: string }[] };
};

eachEngine((_name, open) => {
  describe('a posted list', () => {
    let world: FeesWorld;
    const rooms = ['0501', '0502', '0503', '0604'];
    const numbersOf = async (state: string) => {
      const { db, tables } = world.app.engine;
      return (await db.select().from(tables.offsets)).filter((o) => o.state === state).map((o) => o.number);
    };
    const upload = (path: string, rows: readonly string[], header = POSTED_HEADER) =>
      world.app.server.app.request(`http://linli.test/api/v1/estates/${world.estate.id}/${path}`, {
        method: 'POST',
        headers: { origin: 'http://linli.test', host: 'linli.test', ...world.accountant.headers },
        body: [header, ...rows, ''].join('\n'),
      });
    const send = async (query: string, rows: readonly string[], header?: string) =>
      (await (await upload(`posted-lists?${query}`, rows, header)).json()) as Report;
    const kept = async () => {
      const { breaks, imports } = world.app.engine.tables;
      const { db } = world.app.engine;
      const lists = (await db.select().from(imports)).filter(({ kind }) => kind === 'posted-list');
      return [lists.length, (await db.select().from(breaks)).length];
    };

    const anotherEstate = async (name: string) => {
      const { deps, community } = world;
      ok(await addPlace(deps, { book: 1, parent: community.id, kind: 'estate', name }));
    };
    const openOf = async (kind: string) => {
      const { db, tables } = world.app.engine;
      return (await db.select().from(tables.breaks)).filter((b) => b.kind === kind && b.state === 'open');
    };

    beforeAll(async () => {
      const offsets = rooms.map((room) => [room, '10.00'] as const);
      world = await openJune(open, { rooms: [...rooms, '0505'], points: { con: 4_000 }, offsets });
      await anotherEstate('金康苑');
      world.app.clock.now += DAY_MS;
    });

    const spoilt = [
      row('DK-2606-0001', '0501', '1e9'),
      row('', '0502', '10.0.0'),
      row('DK-2606-0003', '0503', '10.00'),
    ];

    it('does not say “missing there” of an offset that only an unreadable row names', async () => {
      const dry = await send('dryRun=true', spoilt);
      expect(dry.counts).toMatchObject({ rejected: 2, leftOut: 2, matched: 1, breaks: 1 });
      expect(dry.reconciliation.breaks).toMatchObject([{ kind: 'missing-there' }]);
      expect(dry.reconciliation.breaks[0]!.zh).toContain('DK-2606-0004');
      expect(dry.reconciliation.ours).toBe('20.00');
    });

    it('with unreadable rows is kept only when somebody has said that they are left out', async () => {
      const refused = await send('', spoilt);
      expect(refused).toMatchObject({ code: 'not-confirmed', fields: [{ field: 'confirm' }] });
      expect(refused.fields[0]!.zh).toContain(
        '有 2 行读不懂，没有参加对账。其中写到的 DK-2606-0001、DK-2606-0002 共 2 张这次不比较',
      );
      expect(await kept()).toEqual([0, 0]);
    });

    it('gives the unreadable rows back as a file to mend', async () => {
      const answer = await upload('posted-lists/rejected?format=csv&fileName=p.csv', spoilt);
      const csv = await answer.text();
      expect(csv).toContain('未导入原因');
      expect(csv).toContain('DK-2606-0001');
      expect(csv).not.toContain('DK-2606-0003');
    });

    it('none of whose rows is ours is most likely another estate’s, and is kept only when that is denied', async () => {
      const others = [row('DK-2606-0101', '0901', '12.00'), row('DK-2606-0102', '0902', '12.00')];
      const refused = await send('', others);
      expect(refused).toMatchObject({ code: 'not-confirmed' });
      expect(refused.fields[0]!.zh).toContain('清单里的 2 行，没有一行是');
      expect(await kept()).toEqual([0, 0]);
    });

    const PAYMENTS = '小区,房号,收费项目,计费月份,收款方式,实收金额,收款日期';
    const payment = (estate: string, room: string, way: string, yuan: string) =>
      `${estate},3-2-${room},物业服务费,202606,${way},${yuan},2026-06-20`;
    const others = [
      payment('金康苑', '0501', '积分抵扣', '10.00'),
      payment('金康苑', '0502', '现金', '118.32'),
      payment('金康苑小区', '0604', '积分抵扣', '-10.00'),
      payment('金康苑', '0604', '积分抵扣', '10.0.0'),
    ];

    it('over several estates is compared by its own rows, and says how many are to be taken in elsewhere', async () => {
      const list = [
        ...others,
        payment('和美苑', '0604', '积分抵扣', '10.00'),
        payment('幸福里', '0501', '现金', '9'),
      ];
      const dry = await send('dryRun=true', list, PAYMENTS);
      expect(dry.counts).toMatchObject({ rows: 1, otherEstates: 5, rejected: 0, leftOut: 0, matched: 1 });
      expect(dry.questions).toEqual([]);
      expect(dry.warnings.map(({ zh }) => zh)).toEqual([
        '有 3 行是“金康苑”的，共 128.32 元，没有参加对账。请换到“金康苑”再导入这份清单',
        '有 1 行是“金康苑小区”的，共 -10.00 元，没有参加对账。请换到“金康苑小区”再导入这份清单',
        '有 1 行是“幸福里”的，共 9.00 元，没有参加对账。请换到“幸福里”再导入这份清单',
      ]);
      const kinds = dry.reconciliation.breaks.map(({ kind }) => kind);
      expect(kinds).toEqual(['missing-there', 'missing-there', 'missing-there']);
      // The file was drawn up when its last row says, whichever estate that is of.
      const early = list.map((each) => (each.startsWith('和美苑') ? each.replace('06-20', '06-02') : each));
      const { reconciliation } = await send('dryRun=true', early, PAYMENTS);
      expect(reconciliation).toMatchObject({ drawnUpOn: '2026-06-20' });
    });

    it('all of another estate of ours is taken in there, whatever anybody says; of an unknown one is asked about', async () => {
      const refused = await send('confirm=other-estate,nothing-matched,unreadable-rows', others, PAYMENTS);
      expect(refused).toMatchObject({ code: 'invalid-input', fields: [{ field: 'file' }] });
      expect(refused.fields[0]!.zh).toContain(
        '没有“和美苑（演示）”的行，有的是：“金康苑” 3 行、“金康苑小区” 1 行',
      );
      const strange = await send('', [payment('和美花园', '0503', '积分抵扣', '10.00')], PAYMENTS);
      expect(strange).toMatchObject({ code: 'not-confirmed' });
      expect(strange.fields[0]!.zh).toContain('文件写的小区是“和美花园”，不是“和美苑（演示）”');
      expect(await kept()).toEqual([0, 0]);
    });

    it('is no sheet of bills', async () => {
      const refused = await send(
        '',
        ['3-2-0501,物业服务费,202606,118.32,118.32,0.00'],
        '房号,收费项目,计费月份,应收金额,已收金额,欠费',
      );
      expect(refused.fields[0]!.zh).toContain('这是应收账单表');
    });

    it('with a day that is still to come is kept only when the day is right', async () => {
      const ahead = [row('DK-2606-0003', '0503', '10.00').replace('2026-06-20', '2027-06-20')];
      const refused = await send('', ahead);
      expect(refused).toMatchObject({ code: 'not-confirmed' });
      expect(refused.fields[0]!.zh).toBe(
        '有 1 行的入账日期还没有到，例如第 2 行的 2027-06-20。日期没有写错，就按这份清单对账',
      );
      expect(await kept()).toEqual([0, 0]);
    });

    it('is kept once confirmed, and the mended rows settle what was left out', async () => {
      const first = await send('confirm=unreadable-rows', spoilt);
      expect(first).toMatchObject({ counts: { leftOut: 2, captured: 1 } });
      const mended = [row('DK-2606-0001', '0501', '10.00'), row('', '0502', '10.00')];
      const second = await send('', mended);
      expect(second.counts).toMatchObject({ matched: 2, captured: 2, leftOut: 0, breaks: 1, again: 1 });
      expect(await kept()).toEqual([2, 1]);
    });

    it('that names only what is settled already is this estate’s', async () => {
      const again = await send('', [row('DK-2606-0001', '0501', '9.00')]);
      expect(again.reconciliation.breaks.map(({ kind }) => kind)).toContain('duplicate');
    });

    it('that posts what an earlier one had the whole bill of in cash is for two persons, also for a later one that is silent', async () => {
      const ofCash = () => openOf('paid-first');
      await send('confirm=nothing-matched', [row('', '0604', '118.32').replace('已入账', '现金')]);
      expect(await ofCash()).toMatchObject([{ proposal: 'release' }]);
      const posts = await send('', [row('DK-2606-0004', '0604', '10.00')]);
      expect(posts.counts).toMatchObject({ matched: 0, captured: 0 });
      expect(await ofCash()).toMatchObject([
        { proposal: 'firm-corrects', zh: expect.stringContaining('物业又入账抵扣') as string },
      ]);
      await send('', [row('DK-2606-0001', '0501', '10.00').replace('06-20', '06-21')]);
      expect(await ofCash()).toMatchObject([{ proposal: 'firm-corrects' }]);
      expect(await numbersOf('exported')).toContain('DK-2606-0004');
    });

    it('that posts what its resident had cancelled says so', async () => {
      const { offset } = await offsetBill(world, '0505', '10.00');
      const member = await residentOf(world, '0505');
      const actor = { kind: 'person' as const, person: member, roles: [] };
      ok(await cancelOffset(world.deps, { offset, actor, key: 'cancel', scope: 'test' }));
      const [number] = await numbersOf('cancelled');
      const { reconciliation } = await send('confirm=nothing-matched', [row(number!, '0505', '10.00')]);
      const [found] = reconciliation.breaks.filter(({ kind }) => kind === 'missing-here');
      expect(found!.zh).toBe(
        `${number}：这张抵扣单在交给物业以前已经取消，积分还在居民手里。请物业撤销清单第 2 行，改向居民收 10.00 元`,
      );
    });

    it('of one of two estates of the same name is kept only when somebody says which', async () => {
      await anotherEstate('和美苑');
      const refused = await send('dryRun=true', [
        row('DK-2606-0004', '0604', '10.00').replace('06-20', '06-21'),
      ]);
      expect(refused.questions.map(({ code }) => code)).toEqual(['estate-namesake']);
    });
  });
});
