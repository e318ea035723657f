/** The worked month of the documentation, from the roster to the firm's posted list, as its people do it. */
import { describe, expect, it } from 'vitest';
import { importBills } from '../../api/fees/index.ts';
import { balancesOf, post, transactionsById } from '../../api/ledger/index.ts';
import { codeOf, startApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { givePoints, ok, openFeesWorld, takeRoster, type FeesWorld } from '../support/fees-world.ts';

const BILLS = `和美苑2026年6月物业费应收明细表
制表：财务部                                        制表日期：2026-06-01
序号,房号,业主,手机,收费项目,计费月份,建筑面积,单价,应收金额,已收,欠费
1,3#-2-0501,王小明,13800000001,物业服务费,202606,98.60,1.20,118.32,0.00,118.32
合计,,,,,,,,118.32,0.00,
`;

type Bill = { id: string; toPay: string; state: string; replacedBy?: string };
type Taken = { unit: string; points: string; fund?: { id: string; name: string }; lastDay?: string };

eachEngine((_name, open) => {
  async function month(): Promise<FeesWorld & { member: TestPerson; bill: string; house: string }> {
    const app = await startApp(await open());
    const world = await openFeesWorld(app);
    const member = await app.person({ role: 'member', place: world.estate.id });
    await takeRoster(world, ['3栋,2单元,0501,王小明,13800000001,业主,,']);
    await givePoints(world, member.id, { vol: 36, con: 3_189 });
    const file = { source: Buffer.from(BILLS), fileName: 'bills.csv' };
    ok(await importBills(world.deps, { estate: world.estate.id, file, dryRun: false, actor: 'person:test' }));
    const houses = (await (await app.request('/api/v1/me/houses', { by: member })).json()) as {
      items: { id: string; code: string; relation: string }[];
    };
    expect(houses.items).toMatchObject([{ code: '3-2-0501', relation: 'owner' }]);
    const house = houses.items[0]!.id;
    const bills = (await (await app.request(`/api/v1/houses/${house}/bills`, { by: member })).json()) as {
      items: Bill[];
    };
    return { ...world, member, house, bill: bills.items[0]!.id };
  }

  const owedTo = async ({ app, firm, clearing }: FeesWorld) =>
    (await balancesOf(app.engine, { book: 1, owner: firm.id })).map((b) => [
      b.role,
      b.counterparty === clearing.id ? 'clearing' : b.counterparty,
      b.balance,
    ]);

  describe('the worked month', () => {
    it('offsets 35.49 of 118.32 with 3,189 CON and 36 VOL; the firm is owed it in one line through clearing', async () => {
      const world = await month();
      const { app, member, bill, estate, accountant } = world;
      const quote = await app.request(`/api/v1/bills/${bill}/offset-quote`, { by: member });
      expect(await quote.json()).toMatchObject({
        due: '118.32',
        value: '35.49',
        toPay: '82.83',
        uppercase: '叁拾伍元肆角玖分',
        takes: [
          { unit: 'CON', points: '3189', value: '31.89', lastDay: '2027-06-30' },
          { unit: 'VOL', points: '36', value: '3.60', lastDay: '2027-12-31' },
        ],
      });
      const confirm = () =>
        app.request(`/api/v1/bills/${bill}/offsets`, { by: member, key: 'once', json: { value: '35.49' } });
      const first = await confirm();
      expect(first.status).toBe(201);
      const offset = (await first.json()) as { id: string };
      expect(offset).toMatchObject({
        number: 'DK-2606-0001',
        value: '35.49',
        state: 'held',
        taken: [
          { unit: 'CON', points: '3189', fund: { id: world.con.id, name: 'CON' }, lastDay: '2027-06-30' },
          { unit: 'VOL', points: '36', fund: { id: world.vol.id, name: 'VOL' }, lastDay: '2027-12-31' },
        ],
      });
      const replay = await confirm();
      expect(replay.headers.get('idempotency-hit')).toBe('true');
      expect(await replay.json()).toEqual(offset);

      const waiting = async () =>
        (await app.request(`/api/v1/estates/${estate.id}/offset-exports/next`, { by: accountant })).json();
      expect(await waiting()).toMatchObject({ count: 1, value: '35.49', leftOut: { count: 0 } });
      const exported = await app.request(`/api/v1/estates/${estate.id}/offset-exports`, {
        method: 'POST',
        by: accountant,
        key: 'export',
      });
      const batch = (await exported.json()) as { id: string };
      expect(batch).toMatchObject({ number: 'DC-2606-01', count: 1, value: '35.49' });
      expect(await waiting()).toMatchObject({ count: 0, value: '0.00' });
      const csv = await app.request(`/api/v1/offset-exports/${batch.id}/file?format=csv`, { by: accountant });
      expect(await csv.text()).toContain('DK-2606-0001,3-2-0501,物业服务费,2026-06,118.32,35.49,2026-06-20');

      const list = `抵扣单号,房号,收费项目,计费月份,入账金额,入账日期,状态(已入账/已退回),备注
DK-2606-0001,3-2-0501,物业服务费,202606,35.49,2026-06-26,已入账,\n`;
      // What was agreed when the resident confirmed is what the firm is owed, whatever is agreed since (trap 9).
      await app.engine.db.update(app.engine.tables.agreements).set({ factor: 9_000 });
      app.clock.now = Date.parse('2026-07-02T09:00:00+08:00');
      const send = () =>
        app.server.app.request(
          `http://linli.test/api/v1/estates/${estate.id}/posted-lists?fileName=six.csv`,
          {
            method: 'POST',
            headers: { origin: 'http://linli.test', host: 'linli.test', ...accountant.headers },
            body: list,
          },
        );
      const posted = await send();
      expect(await posted.json()).toMatchObject({
        repeated: false,
        counts: { matched: 1, breaks: 0 },
        reconciliation: { ours: '35.49', theirs: '35.49', difference: '0.00', breaks: [] },
      });
      expect(await owedTo(world)).toEqual([['receivable', 'clearing', 35_490_000]]);
      const funds = [world.vol, world.con].map(async ({ id }) =>
        (await balancesOf(app.engine, { book: 1, owner: id })).find((b) => b.role === 'payable'),
      );
      expect((await Promise.all(funds)).map((b) => b?.balance)).toEqual([-3_600_000, -31_890_000]);
      expect(await (await send()).json()).toMatchObject({ repeated: true });
      expect(await owedTo(world)).toEqual([['receivable', 'clearing', 35_490_000]]);
    });

    it('is given back when the member cancels before the export, and can be done again under a new number', async () => {
      const { app, member, bill } = await month();
      const confirm = (key: string, value: string) =>
        app.request(`/api/v1/bills/${bill}/offsets`, { by: member, key, json: { value } });
      const { id } = (await (await confirm('one', '20.00')).json()) as { id: string };
      expect(await codeOf(await confirm('two', '10.00'))).toBe('already-done');
      const cancelled = await app.request(`/api/v1/offsets/${id}/cancellation`, {
        method: 'POST',
        by: member,
        key: 'cancel',
      });
      expect(await cancelled.json()).toMatchObject({ state: 'cancelled' });
      expect(await (await confirm('three', '35.49')).json()).toMatchObject({
        number: 'DK-2606-0002',
        value: '35.49',
      });
    });

    it('takes nothing while nobody has agreed with the firm how it is paid', async () => {
      const { app, member, bill } = await month();
      await app.engine.db.update(app.engine.tables.agreements).set({ validTo: app.clock.now });
      const before = await balancesOf(app.engine, { book: 1, owner: member.id });
      const confirm = { by: member, key: 'early', json: { value: '35.49' } };
      expect(await codeOf(await app.request(`/api/v1/bills/${bill}/offsets`, confirm))).toBe('terms-missing');
      expect(await balancesOf(app.engine, { book: 1, owner: member.id })).toEqual(before);
      await app.engine.db.update(app.engine.tables.agreements).set({ validTo: null });
      expect((await app.request(`/api/v1/bills/${bill}/offsets`, confirm)).status).toBe(201);
    });

    it('shows the points that were really taken, also when others come in the same moment', async () => {
      const { app, member, bill, vol } = await month();
      const credit = { do: 'credit', member: member.id, fund: vol.id, unit: 'VOL', amount: 20 } as const;
      const series = { expiresAt: app.clock.now + 86_400_000, rateMicro: 100_000, budgetReturns: true };
      const ask = { book: 1, scope: 'test', key: 'meanwhile', request: 'credit' };
      const place = vol.place;
      const [answer] = await Promise.all([
        app.request(`/api/v1/bills/${bill}/offsets`, { by: member, key: 'now', json: { value: '30.00' } }),
        post(app.server.deps, ask, { actor: 'test', place, commands: [{ ...credit, series }] }).then(ok),
      ]);
      const offset = (await answer.json()) as { hold: string; points: Taken[]; taken: Taken[] };
      expect(answer.status).toBe(201);
      const [hold] = await transactionsById(app.engine, [Number(offset.hold)]);
      const held = (hold?.entries ?? []).filter(
        ({ account, amount }) => account.role === 'held' && amount > 0,
      );
      expect(offset.taken.map(({ unit, fund, points }) => ({ unit, fund: fund?.id, points }))).toEqual(
        held.map(({ asset, amount }) => ({ unit: asset.unit, fund: asset.fund, points: String(amount) })),
      );
      const sums = new Map<string, number>();
      for (const { unit, points } of offset.taken) sums.set(unit, (sums.get(unit) ?? 0) + Number(points));
      expect(new Map(offset.points.map(({ unit, points }) => [unit, Number(points)]))).toEqual(sums);
    });

    it('takes nothing when the points have changed since the resident looked', async () => {
      const { app, member, bill, deps, estate } = await month();
      const spent = await app.request(`/api/v1/bills/${bill}/offset-quote?value=40.00`, { by: member });
      expect(await codeOf(spent)).toBe('more-than-allowed');
      ok(
        await post(
          deps,
          { book: 1, scope: 'test', key: 'elsewhere', request: 'spend' },
          {
            actor: 'test',
            place: estate.id,
            commands: [
              {
                do: 'hold',
                hold: 'elsewhere',
                member: member.id,
                redeemer: 'shop',
                take: { points: 1_000, unit: 'CON' },
                endsAt: app.clock.now + 1_000,
                terms: { '*': { mode: 'stocked' } },
              },
            ],
          },
        ),
      );
      const late = await app.request(`/api/v1/bills/${bill}/offsets`, {
        by: member,
        key: 'late',
        json: { value: '35.49' },
      });
      expect(late.status).toBe(409);
      expect(await codeOf(late)).toBe('quote-changed');
    });

    it('sends the resident of a bill that was issued anew to the new one, and says of a cancelled one that it is void', async () => {
      const world = await month();
      const { app, member, bill, house } = world;
      const issue = async (yuan: string) => {
        const text = `房号,收费项目,计费月份,应收金额\n3-2-0501,物业服务费,2026-06,${yuan}\n`;
        const file = { source: Buffer.from(text), fileName: `${yuan}.csv` };
        const actor = 'person:test';
        const confirmed = ['cancels-bills', 'touches-offsets'];
        ok(await importBills(world.deps, { estate: world.estate.id, file, dryRun: false, actor, confirmed }));
      };
      const refusals = async (id: string) => {
        const quoted = await app.request(`/api/v1/bills/${id}/offset-quote`, { by: member });
        const offset = { by: member, key: `late-${id}`, json: { value: '10.00' } };
        const confirmed = await app.request(`/api/v1/bills/${id}/offsets`, offset);
        return [quoted.status, await codeOf(quoted), confirmed.status, await codeOf(confirmed)];
      };
      const shown = async (id: string) =>
        (await (await app.request(`/api/v1/bills/${id}`, { by: member })).json()) as Bill;
      await issue('110.00');
      expect(await refusals(bill)).toEqual([409, 'bill-reissued', 409, 'bill-reissued']);
      const { replacedBy, state } = await shown(bill);
      expect(state).toBe('reissued');
      const listed = await app.request(`/api/v1/houses/${house}/bills`, { by: member });
      expect(((await listed.json()) as { items: Bill[] }).items).toMatchObject([
        { id: replacedBy, state: 'open', toPay: '110.00' },
        { id: bill, replacedBy },
      ]);
      expect(await shown(replacedBy!)).not.toHaveProperty('replacedBy');
      await issue('0.00');
      expect(await refusals(replacedBy!)).toEqual([409, 'bill-cancelled', 409, 'bill-cancelled']);
    });

    it("answers a stranger's bill exactly like a missing one", async () => {
      const { app, bill, estate } = await month();
      const stranger = await app.person({ role: 'member', place: estate.id });
      const bytes = async (path: string) => {
        const answer = await app.request(`/api/v1/bills/${path}`, { by: stranger });
        return JSON.stringify([answer.status, [...answer.headers], await answer.text()]);
      };
      for (const rest of ['', '/offset-quote']) {
        const real = await bytes(`${bill}${rest}`);
        expect(real).toBe(await bytes(`01890a5d-ac96-774b-bcce-b302099a8057${rest}`));
        expect(real).toContain('404');
      }
    });
  });
});
