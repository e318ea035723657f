/** A fund's month beside its funder's statement: what differs, who agrees, and that it stays so. */
import { asc } from 'drizzle-orm';
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
  type Row,
  type Statement,
} from '../support/funded-june.ts';
import { tableOf } from '../support/sample-files.ts';

eachEngine((_name, open) => {
  describe('June: two offsets posted for 45.49, goods for 5.00 of which 2.00 came back, and a clawback', () => {
    let { world, staff, colleague, manager, auditor, get, june, upload, send, agree } = {} as FundedJune;
    beforeAll(async () => {
      ({ world, staff, colleague, manager, auditor, get, june, upload, send, agree } =
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
      const shown = con.parties.map(({ party, settles, points, accepted }) => [
        ...[party.name, settles, points, accepted],
      ]);
      expect(shown.sort()).toEqual([
        ['便民超市', 'cleared', '300', '5.00'],
        ['和美物业', 'cleared', '4189', '41.89'],
        ['结算中心', 'direct', '4489', '46.89'],
      ]);
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
      const rows = [
        {
          party: '结算中心',
          opening: '0',
          points: '4489',
          accepted: '46.89',
          reversed: '2.00',
          closing: '44.89',
        },
      ];
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
      const { findings } = await verify(engine, productChecks);
      expect(findings.map(({ en }) => en)).toEqual([
        expect.stringContaining(`the hash of its contents of agreement to a statement ${signed!.id} differs`),
      ]);
    });
  });
});
