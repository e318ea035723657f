/** A fund's month beside its funder's statement: what differs, who agrees, and that it stays so. */
import { asc, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { codeOf } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import {
  openFundedJune,
  type Difference,
  type FundedJune,
  type Pair,
  type Row,
  type Statement,
} from '../support/funded-june.ts';
import { tableOf } from '../support/sample-files.ts';

const OPEN_SUMS = ['还没有对上的合计', '本期应付', '我们 1 行，对方 1 行', '', '', '-2', '31.89', '33.89'];

eachEngine((_name, open) => {
  describe('June: two offsets posted for 45.49, goods for 5.00 of which 2.00 came back, and a clawback', () => {
    let signedWithPairs = '';
    let { world, staff, colleague, manager, auditor, get, june, upload, send, agree, pairingOf } =
      {} as FundedJune;
    beforeAll(async () => {
      ({ world, staff, colleague, manager, auditor, get, june, upload, send, agree, pairingOf } =
        await openFundedJune(open));
    });

    it('adds up in points and in yuan, whoever looks', async () => {
      const con = await june(world.con, manager);
      expect(con).toMatchObject({
        over: true,
        // 3 × 3,189 and 100 were given, of a million.
        budget: { opening: '0', approved: '1000000', used: '9667', returned: '40', closing: '990373' },
        points: {
          ...{ opening: '0', given: '9667', takenBack: '40', offsets: '4189', goods: '500', refunded: '200' },
          ...{ ended: '0', closing: '5138', worth: '51.38' },
        },
        owed: { opening: '0.00', accepted: '46.89', reversed: '2.00', paid: '0.00', closing: '44.89' },
      });
      const shown = con.parties.map(
        (one) => `${one.party.name} ${one.settles} ${one.points} ${one.accepted}`,
      );
      const behind = ['便民超市 cleared 300 5.00', '和美物业 cleared 4189 41.89'];
      expect(shown.sort()).toEqual([...behind, '结算中心 direct 4489 46.89']);
      expect((await june(world.vol, auditor)).owed).toMatchObject({ accepted: '3.60', closing: '3.60' });
      // Who pays for nothing there is told nothing.
      const clerk = await world.app.person({ role: 'clerk', place: world.merchant.id });
      const path = `/api/v1/funds/${world.con.id}/months/2026-06`;
      expect((await world.app.request(path, { by: clerk })).status).toBe(403);
      expect((await world.app.request(path, { by: world.accountant })).status).toBe(404);
    });

    it('is compared with the statement, which is kept with every difference; the same file is recognised', async () => {
      const wrong = ['结算中心,0,4489,46.89,0,0,46.90', '别的店,0,1,0.01,0,0,0.01'].join('\n');
      const checked = await send(wrong, manager, { query: '&dryRun=true' });
      const report = (await checked.json()) as { counts: Row; comparison: Statement['comparison'] };
      expect(report).toMatchObject({
        counts: { rows: 2, matched: 0, differences: 3, 'difference:amount': 2, 'difference:missing-here': 1 },
        comparison: { ours: '44.89', theirs: '46.91', difference: '2.02' },
      });
      expect((await june(world.con)).statements).toEqual([]);
      const taken = (await (await send(wrong, manager)).json()) as { import: string };
      const again = (await (await send(wrong, manager)).json()) as { import: string; repeated: boolean };
      expect(again).toMatchObject({ import: taken.import, repeated: true });
      const { statements } = await june(world.con);
      expect(statements.map(({ id, number, latest }) => [id, number, latest])).toEqual([
        [taken.import, 1, true],
      ]);
      const of = `/funder-statements/${taken.import}/differences`;
      const first = await get<{ items: Difference[]; next: string }>(`${of}?limit=2`, auditor);
      const rest = await get<{ items: Difference[] }>(`${of}?limit=2&cursor=${first.next}`, auditor);
      const shown = [...first.items, ...rest.items].map(({ kind, field, written, ours, theirs }) => [
        ...[kind, field, written, ours, theirs],
      ]);
      expect(shown).toEqual([
        ['amount', 'reversed', '结算中心', '2.00', '0.00'],
        ['amount', 'closing', '结算中心', '44.89', '46.90'],
        ['missing-here', 'closing', '别的店', undefined, '0.01'],
      ]);
      const file = await world.app.request(`/api/v1${of}/file?format=xlsx`, { by: auditor });
      const { rows } = await tableOf(Buffer.from(await file.arrayBuffer()));
      expect(rows[2]).toEqual(['金额不同', '期末应付', '结算中心', '', '2', '44.89', '46.9', '2.01']);
    });

    it('is agreed to by two sides that are two people; a difference is not agreed to without a word', async () => {
      const [wrong] = (await june(world.con)).statements;
      expect((await agree(wrong!.id, 'staff', staff)).status).toBe(422);
      expect((await agree(wrong!.id, 'staff', staff, '差 0.01 元下月补')).status).toBe(204);
      expect(await codeOf(await agree(wrong!.id, 'staff', colleague, '同意'))).toBe('already-done');
      // A shop's fund is the shop's: the community's staff do not speak for it, nor the shop for the community.
      expect(await codeOf(await agree(wrong!.id, 'funder', colleague, '同意'))).toBe('not-allowed');
      const moved = { opening: '0', points: '4489', accepted: '46.89', reversed: '2.00' };
      const rows = [{ party: '结算中心', ...moved, closing: '44.89' }];
      const type = () =>
        world.app.request(`/api/v1/funds/${world.con.id}/months/2026-06/typed-statements`, {
          json: { rows },
          by: manager,
        });
      const typed = (await (await type()).json()) as { statement: string; comparison: Row };
      expect(typed.comparison).toMatchObject({ difference: '0.00', matched: 1, differences: 0 });
      expect(((await (await type()).json()) as { statement: string }).statement).toBe(typed.statement);
      expect(await codeOf(await agree(wrong!.id, 'funder', manager, '同意'))).toBe('changed-meanwhile');
      expect((await june(world.con, manager)).statements.map(({ mayAgree }) => mayAgree)).toEqual([
        ['funder'],
        [],
      ]);
      expect((await agree(typed.statement, 'funder', manager)).status).toBe(204);
      expect((await agree(typed.statement, 'staff', staff)).status).toBe(204);
      const { items } = await get<{ items: { statement: { number: number; agreed: string[] } }[] }>(
        `/places/${world.community.id}/fund-months?month=2026-06`,
        auditor,
      );
      expect(items[1]!.statement.number).toBe(2);
      expect(items[1]!.statement.agreed.toSorted()).toEqual(['funder', 'staff']);
      // Both sides have signed: another statement, also an earlier one, comes with a reason, and is the latest then.
      const back = '结算中心,0,4489,46.89,0,0,46.90\n别的店,0,1,0.01,0,0,0.01';
      expect((await send(back, manager)).status).toBe(422);
      expect((await june(world.con)).statements[0]!.number).toBe(2);
      const reason = encodeURIComponent('出资方说第二版有误');
      expect((await send(back, manager, { query: `&reason=${reason}` })).status).toBe(200);
      expect((await june(world.con)).statements[0]).toMatchObject({
        ...{ number: 3, latest: true, reason: '出资方说第二版有误', agreed: [] },
        comparison: { differences: 3 },
      });
      // The community's own fund: both sides are staff, so one of them never agrees twice.
      const own = await send('结算中心,0,36,3.60,0,0,3.60', staff, { of: world.vol.id });
      const { import: statement } = (await own.json()) as { import: string };
      expect((await agree(statement, 'funder', staff)).status).toBe(204);
      expect(await codeOf(await agree(statement, 'staff', staff))).toBe('second-person-needed');
      expect((await agree(statement, 'staff', colleague)).status).toBe(204);
    });

    it('is not agreed to in silence where rows of it could not be read, and not taken where none can', async () => {
      expect((await send('结算中心,0,4489,x,0,0,x', manager)).status).toBe(422);
      const rows = '结算中心,0,4489,46.89,2.00,0,44.89\n别的店,0,1,x,0,0,0.01';
      expect(await codeOf(await send(rows, manager))).toBe('not-confirmed');
      const taken = await send(rows, manager, { query: '&confirm=unreadable-rows' });
      const { import: statement } = (await taken.json()) as { import: string };
      expect((await june(world.con)).statements[0]).toMatchObject({
        ...{ id: statement, rejected: 1, remarkNeeded: true },
        comparison: { matched: 1, differences: 0 },
      });
      expect((await agree(statement, 'staff', staff)).status).toBe(422);
      expect((await agree(statement, 'staff', staff, '第 3 行另问')).status).toBe(204);
    });

    it('is a list of documents, too: each by its number', async () => {
      const text = [
        '抵扣单号,收分方,积分,金额',
        'DK-2606-0001,和美物业,36,3.60',
        'DK-2606-0002,和美物业,1000,10.00',
      ];
      const answer = await upload(text.join('\n'), manager);
      const { import: statement, counts } = (await answer.json()) as { import: string; counts: Row };
      expect(counts).toMatchObject({ matched: 1, differences: 4 });
      const { items } = await get<{ items: Difference[] }>(
        `/funder-statements/${statement}/differences`,
        staff,
      );
      expect(
        items.map(({ kind, field, number, ours, theirs }) => [kind, field, number, ours, theirs]),
      ).toEqual([
        ['amount', 'accepted', 'DK-2606-0001', '31.89', '3.60'],
        ['amount', 'points', 'DK-2606-0001', '3189', '36'],
        ['missing-there', 'accepted', expect.stringMatching(/^\d+$/), '5.00', undefined],
        ['missing-there', 'accepted', expect.stringMatching(/^\d+$/), '-2.00', undefined],
      ]);
      // Of another fund, or not posted, a number is of no other month: its money is asked for back.
      const vol = '抵扣单号,金额\nDK-2606-0001,3.60\nDK-2606-0002,10.00\nDK-2606-0003,5.00\n';
      const other = (await (await upload(vol, staff, { of: world.vol.id })).json()) as {
        counts: Row;
      };
      // VOL's month is signed by both.
      expect(other.counts).toBeUndefined();
      const query = `&reason=${encodeURIComponent('清单')}`;
      const asked = await upload(vol, staff, { of: world.vol.id, query });
      expect(((await asked.json()) as { counts: Row }).counts).toMatchObject({
        ...{ matched: 1, differences: 2, 'difference:missing-here': 2 },
      });
    });

    it('is paired by a person where several rows are alike, once, until a side agrees', async () => {
      const goods = ['5.00', '-2.00'];
      // Without a number two rows say the same, and only one document does: nobody guesses which.
      const rows = [`,和美物业,31.89`, `,和美物业,31.89`, `DK-2606-0002,和美物业,10.00`, `,便民超市,3.00`];
      const query = `&reason=${encodeURIComponent('按单据再对一次')}`;
      const sent = await upload(['抵扣单号,收分方,金额', ...rows].join('\n'), manager, { query });
      const { import: id } = (await sent.json()) as { import: string };
      const of = `/funder-statements/${id}`;
      const { openRows, pair } = pairingOf(id);
      const theirs = await openRows('theirs');
      const ours = await openRows('ours');
      const said = theirs.map(({ tie, theirs: fen }) => `${fen} ${tie}`);
      expect(said).toEqual(['31.89 true', '31.89 true', '3.00 false']);
      expect(ours.map((one) => one.ours)).toEqual(expect.arrayContaining(['31.89', ...goods]));
      const kind = { field: 'accepted', theirs: { rows: 3, sum: '66.78' }, ours: { rows: 3, sum: '34.89' } };
      expect(await get<Statement>(of, manager)).toMatchObject({
        ...{ mayPair: true, comparison: { matched: 1, differences: 6, paired: 0 } },
        handwork: { pairs: 0, splits: 0 },
        open: { theirs: 3, ours: 3, kinds: [{ ...kind, difference: '31.89' }] },
      });

      const [first, second, bought] = theirs as [Difference, Difference, Difference];
      const [offset] = ours.filter((one) => one.ours === '31.89');
      const sold = ours.filter((one) => goods.includes(one.ours ?? ''));
      // Two at once: one pairs it, the other is told.
      const answers = await Promise.all([pair(first, [offset!]), pair(second, [offset!])]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      const isFirst = answers[0]!.status === 201;
      expect(await codeOf(await pair(first, sold))).toBe(isFirst ? 'row-paired' : 'invalid-input');
      expect((await pair(bought, sold)).status).toBe(201);
      expect(await get<Statement>(of, manager)).toMatchObject({
        comparison: { matched: 1, differences: 1, paired: 2 },
        open: { theirs: 1, ours: 0, kinds: [{ difference: '31.89' }] },
      });

      // What somebody had chosen on another page is still theirs to pair, unless it was paired meanwhile.
      const named = [second, first, offset!, bought].map((one) => one.id).join(',');
      const stillOpen = await get<{ items: Difference[] }>(`${of}/differences?ids=${named}`, manager);
      const openOne = isFirst ? second.id : first.id;
      expect(stillOpen.items.map((one) => one.id)).toEqual([openOne]);
      const earlier = (await june(world.con)).statements[1]!.id;
      const foreign = `/funder-statements/${earlier}/differences?ids=${openOne}`;
      expect(await get(foreign, manager)).toEqual({ items: [] });

      const pairs = async () => (await get<{ items: Pair[] }>(`${of}/pairings?limit=2`, auditor)).items;
      const [, goodsPair] = await pairs();
      const split = () =>
        world.app.request(`/api/v1/fund-pairings/${goodsPair!.id}/split`, { json: {}, by: staff });
      const splits = (await Promise.all([split(), split()])).map(({ status }) => status);
      expect(splits.toSorted()).toEqual([204, 409]);
      expect((await get<Statement>(of, manager)).comparison).toMatchObject({ differences: 4, paired: 1 });
      // Amounts that differ are paired with a word, and stay a difference.
      const [five] = sold.filter((one) => one.ours === '5.00');
      expect(await (await pair(bought, [five!])).text()).toContain('-2.00');
      expect((await pair(bought, [five!], '退的 2.00 元他们已扣')).status).toBe(201);
      expect((await get<Statement>(of, manager)).comparison).toMatchObject({ differences: 3, paired: 2 });
      const { items } = await get<{ items: Pair[]; next?: string }>(`${of}/pairings`, auditor);
      const shown = items.map((one) => `${one.number} ${one.split ? '拆开' : ''}${one.reason ?? ''}`);
      expect(shown).toEqual(['1 ', '2 拆开', '3 退的 2.00 元他们已扣']);
      const file = await world.app.request(`/api/v1${of}/differences/file?format=xlsx`, { by: auditor });
      const sheet = await tableOf(Buffer.from(await file.arrayBuffer()));
      const told = sheet.rows.filter((row) => row[8] === '第 3 对').map((row) => row[11]);
      // Under the rows, what is open still, kind by kind: the columns mix points, documents and balances.
      expect(sheet.rows.at(-1)).toEqual(OPEN_SUMS);
      expect(told).toEqual(['退的 2.00 元他们已扣', '退的 2.00 元他们已扣']);

      // Somebody of elsewhere sees nothing of it; who only looks pairs nothing; what was signed stays as it was.
      expect((await pair(first, [offset!], '', world.accountant)).status).toBe(404);
      expect((await pair(first, [offset!], '', auditor)).status).toBe(403);
      // Nobody signs pairs that came after they looked; what is new since is told by itself.
      const { handwork: last } = await get<Statement>(of, staff);
      expect(last).toMatchObject({ pairs: 3, splits: 1 });
      const stale = [
        { pairs: 0, splits: 0 },
        { ...last, splits: 0 },
        { ...last, pairs: 2 },
      ];
      for (const seen of [undefined, ...stale])
        expect(await codeOf(await agree(id, 'staff', staff, '差的另记', seen))).toBe('changed-meanwhile');
      expect((await get<{ items: Pair[] }>(`${of}/pairings?since=${last.lastAt}`, staff)).items).toEqual([]);
      expect((await agree(id, 'staff', staff, undefined, last)).status).toBe(422);
      expect((await agree(id, 'staff', staff, '差的另记', last)).status).toBe(204);
      expect(await codeOf(await agree(id, 'funder', manager, '差的另记'))).toBe('changed-meanwhile');
      expect(await codeOf(await pair(second, sold, '再对'))).toBe('statement-agreed');
      const late = `/api/v1/fund-pairings/${items[0]!.id}/split`;
      expect(await codeOf(await world.app.request(late, { json: {}, by: manager }))).toBe('statement-agreed');
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
      signedWithPairs = id;
    });

    it('what was agreed to stays as it was: the databases refuse another, and verify finds what they let through', async () => {
      const { engine } = world.app;
      const { fundAgreements: a, fundDifferences: d } = engine.tables;
      expect((await verify(engine, productChecks)).findings).toEqual([]);
      for (const change of [engine.db.update(a).set({ remark: '' }), engine.db.delete(d)])
        await expect(change).rejects.toThrow();
      const [signed] = await engine.db.select().from(a).orderBy(asc(a.id));
      // A row slipped in beside a statement that both had signed.
      const kept = { kind: 'amount' as const, field: null, party: '', partyText: '', number: '', tie: false };
      await engine.db
        .insert(d)
        .values({ ...kept, id: uuid(), statement: signed!.statement, rowNumber: null, ours: 1, theirs: 2 });
      // And a pair beside another one.
      const { fundPairings: p } = engine.tables;
      const [one] = await engine.db.select().from(p).where(eq(p.statement, signedWithPairs)).limit(1);
      await engine.db.insert(p).values({ ...one!, id: uuid(), number: 9 });
      const [paired] = await engine.db.select().from(a).where(eq(a.statement, signedWithPairs));
      const { findings } = await verify(engine, productChecks);
      expect(findings.map(({ en }) => en)).toEqual(
        [signed!, paired!].map(({ id }): unknown =>
          expect.stringContaining(`the hash of its contents of agreement to a statement ${id} differs`),
        ),
      );
    });
  });
});
