/** Who holds which post at a place, and what a place is called. */
import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { codeOf, startApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';

const DAY_MS = 24 * 3_600_000;

type Listed = {
  items: {
    id: string;
    name: string;
    role: string;
    grantedBy: string;
    endable: boolean;
    validTo?: string;
  }[];
  next?: string;
  mayGive: string[];
};

eachEngine((_name, open) => {
  async function shop() {
    const app = await startApp(await open());
    const community = await app.place('community');
    const merchant = await app.place('merchant', community);
    const manager = await app.person({ role: 'merchant_manager', place: merchant });
    const named = async (person: string, name: string, initials: string) => {
      const { people } = app.engine.tables;
      await app.engine.db.update(people).set({ name, initials }).where(eq(people.id, person));
      return person;
    };
    await named(manager.id, '冯永强', 'fyq');
    const roles = `/api/v1/places/${merchant}/roles`;
    const give = async (name: string, initials: string, dates: object = {}) => {
      const person = await named(await app.resident(), name, initials);
      const answer = await app.request(roles, { json: { person, role: 'clerk', ...dates }, by: manager });
      expect(answer.status, await answer.clone().text()).toBe(201);
      return ((await answer.json()) as { id: string }).id;
    };
    const list = async (query = '', by: TestPerson = manager) => {
      const answer = await app.request(`${roles}?${query}`, { by });
      expect(answer.status, await answer.clone().text()).toBe(200);
      return (await answer.json()) as Listed;
    };
    return { app, community, merchant, manager, roles, give, list };
  }

  describe('the posts at a place', () => {
    it('name who holds them, since when, until when, and who gave them', async () => {
      const { app, give, list } = await shop();
      const until = new Date(app.clock.now + 30 * DAY_MS).toISOString();
      await give('孙晓梅', 'sxm');
      await give('罗凯', 'lk', { validTo: until });
      const { items, mayGive } = await list('sort=newest&role=clerk');
      expect(items.map(({ name, role, grantedBy, endable }) => [name, role, grantedBy, endable])).toEqual([
        ['罗凯', 'clerk', '冯永强', true],
        ['孙晓梅', 'clerk', '冯永强', true],
      ]);
      expect([items[0]!.validTo, mayGive]).toEqual([until, ['clerk']]);
      // Whoever cannot give a post cannot end it either.
      const own = await list('role=merchant_manager');
      expect(own.items).toMatchObject([{ name: '冯永强', grantedBy: '', endable: false }]);
      const auditor = await app.person({ role: 'auditor', place: '' });
      expect((await list('', auditor)).mayGive).toEqual([]);
    });

    it('are found by a part of the name, by its initials, by the role, and apart from those that are over', async () => {
      const { app, manager, give, list } = await shop();
      const ended = await give('孙晓梅', 'sxm');
      await give('孙立', 'sl');
      app.clock.now += 1_000;
      const end = { method: 'DELETE', by: manager };
      expect((await app.request(`/api/v1/roles/${ended}`, end)).status).toBe(204);
      const names = async (query: string) => (await list(query)).items.map(({ name }) => name);
      expect(await names(`name=${encodeURIComponent('孙')}`)).toEqual(['孙晓梅', '孙立']);
      expect(await names('name=SXM')).toEqual(['孙晓梅']);
      // Large and small Latin letters are one on both engines, and a sign of a pattern is itself.
      await give('Anna Li', 'al');
      for (const name of ['anna', 'ANNA', 'a li']) expect(await names(`name=${name}`)).toEqual(['Anna Li']);
      expect(await names('name=%25')).toEqual([]);
      expect((await names('state=running')).toSorted()).toEqual(['Anna Li', '冯永强', '孙立'].toSorted());
      expect(await names('state=ended')).toEqual(['孙晓梅']);
      expect(await names('role=clerk&state=running')).toEqual(['孙立', 'Anna Li']);
    });

    it('come page by page, in either order', async () => {
      const { give, list } = await shop();
      for (const name of ['孙一', '孙二', '孙三']) await give(name, name);
      for (const sort of ['granted', 'newest']) {
        const first = await list(`sort=${sort}&limit=3`);
        const second = await list(`sort=${sort}&limit=3&cursor=${first.next}`);
        expect(second.next).toBeUndefined();
        const all = [...first.items, ...second.items].map(({ id }) => id);
        expect(all).toEqual(sort === 'granted' ? all.toSorted() : all.toSorted().reverse());
        expect(new Set(all).size).toBe(4);
      }
    });

    it('can be taken away as a file, which the log remembers', async () => {
      const { app, merchant, manager, roles, give } = await shop();
      await give('=孙晓梅', 'sxm');
      const file = await app.request(`${roles}/file?format=csv`, { by: manager });
      expect(file.headers.get('content-disposition')).toContain('.csv');
      const lines = (await file.text()).split('\r\n');
      expect(lines[0]).toContain('姓名,岗位,开始,结束,授予人');
      // A name is no formula.
      expect(lines.join('\n')).toMatch(/^"?'=孙晓梅"?,商户店员,2026-06-15,,冯永强$/m);
      const book = await app.request(`${roles}/file`, { by: manager });
      expect(
        Buffer.from(await book.arrayBuffer())
          .subarray(0, 2)
          .toString(),
      ).toBe('PK');
      const { accessLog: t } = app.engine.tables;
      const logged = await app.engine.db
        .select()
        .from(t)
        .where(and(eq(t.action, 'export'), eq(t.subject, `roles:${merchant}`)));
      expect(logged.map(({ actor }) => actor)).toEqual(Array(2).fill(`person:${manager.id}`));
      // What the page left out, the file leaves out, too.
      const names = async (query: string) => {
        const found = await app.request(`${roles}/file?format=csv&${query}`, { by: manager });
        const [, ...rows] = (await found.text()).trim().split('\r\n');
        return rows.map((row) => /[\u4e00-\u9fff]+/.exec(row)?.[0]);
      };
      expect(await names('role=merchant_manager&state=running')).toEqual(['冯永强']);
      expect(await names(`name=${encodeURIComponent('晓')}`)).toEqual(['孙晓梅']);
      expect(await names('state=ended')).toEqual([]);
    });
  });

  describe('the name of a place', () => {
    it('is corrected by who acts there, once for each version, and the log keeps the old one', async () => {
      const { app, community, merchant, manager } = await shop();
      const staff = await app.person({ role: 'staff', place: community });
      const path = `/api/v1/places/${merchant}`;
      const put = (name: string, version: number, by: TestPerson = staff) =>
        app.request(path, { method: 'PUT', json: { name, version }, by });
      expect((await put('桂香早餐店', 1, manager)).status).toBe(403);
      const both = await Promise.all([put('桂香早餐店', 1), put('桂香早点', 1)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      const now = (await (await app.request(path, { by: manager })).json()) as {
        name: string;
        version: number;
      };
      expect(now.version).toBe(2);
      expect(await codeOf(await put('别的', 1))).toBe('changed-meanwhile');
      expect((await put(now.name, 2)).status).toBe(200);
      const mine = await (await app.request('/api/v1/places', { by: manager })).json();
      expect(mine).toMatchObject({ items: [{ name: now.name }] });
      expect((await app.server.deps.places.find(merchant))?.name).toBe(now.name);
      const { accessLog: t } = app.engine.tables;
      const [row, ...more] = await app.engine.db.select().from(t).where(eq(t.action, 'rename-place'));
      expect(row).toMatchObject({ actor: `person:${staff.id}`, place: merchant });
      expect([row!.reason.endsWith(` → ${now.name}`), more]).toEqual([true, []]);
    });

    it('is no neighbour’s of the same kind', async () => {
      const { app, community, merchant } = await shop();
      const staff = await app.person({ role: 'staff', place: community });
      const other = await app.place('merchant', community);
      const { name } = (await app.server.deps.places.find(other))!;
      const put = { method: 'PUT', json: { name, version: 1 }, by: staff };
      const answer = await app.request(`/api/v1/places/${merchant}`, put);
      expect(await answer.json()).toMatchObject({ code: 'already-exists', fields: [{ field: 'name' }] });
    });

    it('of two neighbours that are renamed alike at the same moment is one’s', async () => {
      const { app, community, merchant } = await shop();
      const staff = await app.person({ role: 'staff', place: community });
      const other = await app.place('merchant', community);
      const put = { method: 'PUT', json: { name: '好邻居', version: 1 }, by: staff };
      const answers = await Promise.all(
        [merchant, other].map((place) => app.request(`/api/v1/places/${place}`, put)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    });
  });
});
