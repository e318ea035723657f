/** What holds for a firm's every estate is changed by two, or by the only one there is, and comes back in one step. */
import { beforeAll, describe, expect, it } from 'vitest';
import { addPlace } from '../../api/places/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { USUAL_ACCOUNTS } from '../../api/fees/voucher/month-voucher.ts';
import { usualLayout } from '../../api/fees/rules/export-layout.ts';
import { codeOf, startApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { ok, openFeesWorld, secondOf, type FeesWorld } from '../support/fees-world.ts';

type Change = {
  id: string;
  kind: string;
  state: string;
  alone: boolean;
  mine: boolean;
  undoable: boolean;
  ended?: { by: string };
  changes: { what: { zh: string }; before?: { zh: string }; after?: { zh: string } }[];
};

eachEngine((_name, open) => {
  describe('a firm’s settings', () => {
    let world: FeesWorld;
    let second: TestPerson;
    /** Of another estate of the same firm. */
    let neighbour: TestPerson;
    let other: string;

    beforeAll(async () => {
      world = await openFeesWorld(await startApp(await open()));
      const { estate, deps, community } = world;
      other = ok(
        await addPlace(deps, { book: 1, parent: community.id, kind: 'estate', name: '和美二期' }),
      ).id;
      const { engine } = world.app;
      const served = { version: 1, firm: world.firm.id, until: null, reason: '合同', namedBy: '' };
      await engine.db.insert(engine.tables.estateFirms).values(
        [estate.id, other].map((each) => ({
          ...{ id: `${each}`, estate: each, since: '2026-01-01', createdAt: 0 },
          ...served,
        })),
      );
    });

    const at = (estate = world.estate.id) => `/api/v1/estates/${estate}`;
    const ask = (path: string, by: TestPerson, json?: object, method = 'POST') =>
      world.app.request(path, { by, method, ...(json && { json }) });
    const changes = async (by: TestPerson, estate?: string) => {
      const answer = await world.app.request(`${at(estate)}/firm-changes`, { by });
      return ((await answer.json()) as { items: Change[] }).items;
    };
    const putAccounts = (by: TestPerson, code: string, version: number) =>
      ask(
        `/api/v1/places/${world.estate.id}/firm-accounts`,
        by,
        { version, accounts: { ...USUAL_ACCOUNTS, receivable: { code, name: '应收账款—物业费' } } },
        'PUT',
      );
    const receivable = async (estate: string, by: TestPerson) => {
      const answer = await world.app.request(`/api/v1/places/${estate}/firm-accounts`, { by });
      return ((await answer.json()) as { accounts: typeof USUAL_ACCOUNTS }).accounts.receivable.code;
    };

    it('hold at once where the firm has nobody else, and the history says so', async () => {
      const answer = await putAccounts(world.accountant, '1122.01', 0);
      expect(await answer.json()).toEqual({ waits: false });
      expect(await receivable(world.estate.id, world.accountant)).toBe('1122.01');
      expect(await changes(world.accountant)).toMatchObject([
        {
          ...{ kind: 'accounts', state: 'approved', alone: true, mine: true, undoable: true },
          changes: [
            {
              what: { zh: '应收物业费' },
              before: { zh: '1122 应收账款—物业费' },
              after: { zh: '1122.01 应收账款—物业费' },
            },
          ],
        },
      ]);
    });

    it('wait for a second person of the firm, at whichever of its estates that one works', async () => {
      neighbour = await world.app.person({ role: 'accountant', place: other });
      expect(await (await putAccounts(world.accountant, '1122.02', 1)).json()).toEqual({ waits: true });
      expect(await receivable(other, neighbour)).toBe('1122.01');
      const [asked] = await changes(neighbour, other);
      expect(asked).toMatchObject({ state: 'waiting', mine: false, undoable: false });
      const approve = (by: TestPerson, estate?: string) =>
        ask(`${at(estate)}/firm-changes/${asked!.id}/approval`, by);
      expect(await codeOf(await approve(world.accountant))).toBe('second-person-needed');
      const tasks = await world.app.request('/api/v1/me/tasks', { by: neighbour });
      expect(((await tasks.json()) as { items: { kind: string; count: number }[] }).items).toContainEqual(
        expect.objectContaining({
          kind: 'approve-firm-change',
          count: 1,
          place: expect.anything() as object,
        }),
      );
      // Another one of the same setting waits its turn; who asked may think better of it.
      expect(await codeOf(await putAccounts(await secondOf(world), '9999', 1))).toBe('change-waits');
      const approved = await approve(neighbour, other);
      expect(approved.status, await approved.clone().text()).toBe(200);
      expect(await receivable(world.estate.id, world.accountant)).toBe('1122.02');
      expect(await codeOf(await approve(neighbour, other))).toBe('change-decided');
    });

    it('are declined or taken back without a trace in what holds', async () => {
      second = await secondOf(world);
      await putAccounts(world.accountant, '1122.03', 2);
      await putAccounts(world.accountant, '1122.04', 2);
      const [newer, older] = await changes(world.accountant);
      expect([newer?.state, older?.state]).toEqual(['waiting', 'withdrawn']);
      const declined = await ask(`${at()}/firm-changes/${newer!.id}`, second, undefined, 'DELETE');
      expect(declined.status).toBe(204);
      expect(await receivable(world.estate.id, world.accountant)).toBe('1122.02');
    });

    it('come back to what they were in one step, approved like any other change', async () => {
      const [, , made] = await changes(world.accountant);
      expect(made).toMatchObject({ state: 'approved', undoable: true });
      const undone = await ask(`${at()}/firm-changes/${made!.id}/undo`, world.accountant);
      expect(await undone.json()).toEqual({ waits: true });
      const [waiting] = await changes(second);
      await ask(`${at()}/firm-changes/${waiting!.id}/approval`, second);
      expect(await receivable(world.estate.id, world.accountant)).toBe('1122.01');
      expect(await codeOf(await ask(`${at()}/firm-changes/${made!.id}/undo`, second))).toBe('change-decided');
    });

    it('are the layout and the mappings as well; a mapping that waits reads the files of its own estate', async () => {
      const layout = { ...usualLayout, amounts: 'fen' as const };
      const saved = await ask(`${at()}/export-layouts`, world.accountant, { layout, after: 0 });
      expect(await saved.json()).toMatchObject({ waits: true, number: 0, layout: { amounts: 'yuan' } });
      const header = ['楼房', '名目', '所属', '本次'];
      const fields = ['room', 'item', 'period', 'amount'];
      const columns = header.map((column, nth) => ({ column, field: fields[nth] }));
      const mapping = { name: '收费系统导出', version: 0, header, columns };
      const put = await ask(`${at()}/bill-mappings`, world.accountant, mapping, 'PUT');
      expect(await put.json()).toEqual({ waits: true });
      const text = '楼房,名目,所属,本次\n3-2-0501,物业费,202606,118.32\n';
      const looked = async (by: TestPerson, estate?: string) => {
        const path = `${at(estate)}/bills?fileName=b.csv&dryRun=true`;
        const headers = { origin: 'http://linli.test', host: 'linli.test', ...by.headers };
        const address = `http://linli.test${path}`;
        return (await world.app.server.app.request(address, { method: 'POST', headers, body: text })).status;
      };
      expect([await looked(world.accountant), await looked(neighbour, other)]).toEqual([200, 422]);
      const asked = await changes(neighbour, other);
      for (const { id } of asked.filter(({ state }) => state === 'waiting'))
        expect((await ask(`${at(other)}/firm-changes/${id}/approval`, neighbour)).status).toBe(200);
      expect(await looked(neighbour, other)).toBe(200);
      const inForce = await world.app.request(`${at(other)}/export-layout`, { by: neighbour });
      expect(await inForce.json()).toMatchObject({ number: 1, layout: { amounts: 'fen' } });
      expect(asked[0]?.changes).toContainEqual(
        expect.objectContaining({ what: expect.objectContaining({ zh: '列“名目”' }) as object }),
      );
      expect((await verify(world.app.engine)).findings).toEqual([]);
    });

    it('are so many mappings at most, those that wait among them, and what waits is found behind all others', async () => {
      const { engine } = world.app;
      const header = ['甲', '乙', '丙'];
      const columns = header.map((column, nth) => ({
        ...{ column, field: (['room', 'item', 'amount'] as const)[nth]! },
      }));
      const row = (nth: number) => ({
        ...{ id: `${world.firm.id}-${nth}`, version: 1, firm: world.firm.id, name: `方案 ${nth}` },
        ...{ header, columns, savedBy: 'test', createdAt: nth },
      });
      await engine.db
        .insert(engine.tables.feeMappings)
        .values(Array.from({ length: 48 }, (_, nth) => row(nth)));
      const put = (name: string) =>
        ask(`${at()}/bill-mappings`, world.accountant, { name, version: 0, header, columns }, 'PUT');
      expect(await (await put('第五十个')).json()).toEqual({ waits: true });
      const refused = await put('第五十一个');
      expect([refused.status, await refused.text()]).toEqual([
        422,
        expect.stringContaining('最多保存 50 个'),
      ]);
      expect(await (await put('方案 3')).json()).toMatchObject({ code: 'already-exists' });
      // In force meanwhile by another way: it is counted again when it is approved.
      await engine.db.insert(engine.tables.feeMappings).values(row(48));
      const path = `${at()}/firm-changes?state=waiting`;
      const answer = await world.app.request(path, { by: world.accountant });
      const { items } = (await answer.json()) as { items: { id: string; name: string }[] };
      expect(items.map(({ name }) => name)).toEqual(['第五十个']);
      expect((await ask(`${at()}/firm-changes/${items[0]!.id}/approval`, second)).status).toBe(422);
    });

    it('are no affair of another firm’s people, nor of a member', async () => {
      const place = await world.app.place('estate');
      const stranger = await world.app.person({ role: 'accountant', place });
      const [made] = await changes(world.accountant);
      const elsewhere = `${at(place)}/firm-changes/${made!.id}/approval`;
      expect((await ask(elsewhere, stranger)).status).toBe(404);
      expect((await world.app.request(`${at()}/firm-changes`, { by: stranger })).status).toBe(404);
    });
  });
});
