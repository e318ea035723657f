/** At the desk: a resident is found by what they say of themselves, told what they have, and helped to sign in. */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeOf, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { givePoints, residentOf } from '../support/fees-world.ts';
import { openResidentsDesk, type ResidentsDesk } from '../support/residents-desk.ts';

type Invited = { person: string; canSignIn: boolean; token?: string };

function cookieOf(signedIn: Response): string {
  return signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

eachEngine((_name, open) => {
  let { app, world, staff, residents, find, found } = {} as ResidentsDesk;
  beforeAll(async () => {
    ({ app, world, staff, residents, find, found } = await openResidentsDesk(open, [
      '1,,1401,李四,13400000000,业主,2026-09-01,',
    ]));
  });

  describe('a resident is found', () => {
    it('by the house, however it is said', async () => {
      for (const text of ['3-2-0501', '3栋2单元0501', '３－２－０５０１', '3号楼2单元0501室']) {
        expect(await found(text), text).toEqual(['3-2-0501 王* 0501', '3-2-0501 王* 0777']);
      }
      expect(await found('1-0501')).toEqual(['1-0501 欧阳* 1234']);
    });

    it('by digits: the room in any building, or the end of the phone', async () => {
      expect(await found('0501')).toEqual(['1-0501 欧阳* 1234', '3-2-0501 王* 0501', '3-2-0501 王* 0777']);
      expect(await found('1234')).toEqual(['1-0501 欧阳* 1234', '1-1234 赵* 0000', '3-2-0502 张* 1234']);
      expect(await found('13800001234')).toEqual(['3-2-0502 张* 1234']);
      expect(await found('138 0000 1234')).toEqual(['3-2-0502 张* 1234']);
      // One more digit each time would tell the whole phone in seventy questions.
      for (const digits of ['234', '01234', '0001234', '3800001234'])
        expect([digits, await found(digits)]).toEqual([digits, []]);
    });

    it('by the initials of the name, small or large, and by the name', async () => {
      expect(await found('wyl')).toEqual(['1-1001 王* 5678', '3-2-0501 王* 0501']);
      expect(await found('WYL')).toEqual(['1-1001 王* 5678', '3-2-0501 王* 0501']);
      expect(await found('玉兰')).toEqual(['3-2-0501 王* 0501']);
    });

    it('not after moving out, not by what is in nobody’s name, and not by nothing', async () => {
      expect(await found('0102')).toEqual([]);
      expect(await found('wuyf')).toEqual([]);
      expect(await found('%')).toEqual([]);
      const empty = await app.request(`${residents()}?find=%20`, { by: staff });
      expect([empty.status, await codeOf(empty)]).toEqual([422, 'invalid-input']);
    });

    it('in pages without a gap or a repetition', async () => {
      const all: string[] = [];
      let cursor = '';
      for (let pages = 0; pages < 9; pages += 1) {
        const page = await find('w', `&limit=1${cursor}`);
        all.push(...page.items.map(({ person }) => person));
        if (page.next === undefined) break;
        cursor = `&cursor=${page.next}`;
      }
      expect(all).toEqual((await find('w')).items.map(({ person }) => person));
      expect(new Set(all).size).toBe(3);
    });
  });

  describe('what a resident has, told at the desk', () => {
    it('is what they see themselves, and who looked is written down first', async () => {
      const person = await residentOf(world, '0502');
      await givePoints(world, person, { vol: 120 });
      const points = await app.request(`${residents()}/${person}/points`, { by: staff });
      expect(await points.json()).toMatchObject({ units: [{ unit: 'VOL', available: '120', held: '0' }] });
      const movements = await app.request(`${residents()}/${person}/movements`, { by: staff });
      expect(await movements.json()).toMatchObject({ items: [{ kind: 'credit' }] });
      const about = await app.request(`${residents()}/${person}`, { by: staff });
      expect(await about.json()).toMatchObject({
        ...{ person, name: '张*', tail: '1234', canSignIn: false },
        homes: [{ code: '3-2-0502', relation: 'tenant' }],
      });
      const { accessLog } = app.engine.tables;
      const looks = await app.engine.db
        .select()
        .from(accessLog)
        .where(eq(accessLog.subject, `person:${person}`));
      const look = { action: 'look', actor: `person:${staff.id}`, place: world.estate.id };
      // The points and the movements are one look; who is asked for by name alone is none.
      expect(looks).toMatchObject([look]);
    });

    it('one visit is one line: a page that loads anew is no second look; a colleague’s or a later one is', async () => {
      const person = await residentOf(world, '0502');
      const lines = async () => {
        const { accessLog: t } = app.engine.tables;
        const rows = await app.engine.db
          .select({ id: t.id })
          .from(t)
          .where(eq(t.subject, `person:${person}`));
        return rows.length;
      };
      const look = (by: TestPerson) =>
        Promise.all(
          ['points', 'movements'].map((what) => app.request(`${residents()}/${person}/${what}`, { by })),
        );
      app.clock.now += 3_600_000;
      const before = await lines();
      await look(staff);
      await look(staff);
      expect(await lines()).toBe(before + 1);
      await look(await app.person({ role: 'staff', place: world.estate.id }));
      expect(await lines()).toBe(before + 2);
      app.clock.now += 11 * 60_000;
      await look(staff);
      expect(await lines()).toBe(before + 3);
    });

    it('of somebody who lives elsewhere, or of nobody, is not found', async () => {
      const elsewhere = await app.place('estate', world.community.id);
      const person = await residentOf(world, '0502');
      const base = `/api/v1/estates/${elsewhere}/residents/${person}`;
      for (const path of [base, `${base}/points`, `${base}/movements`]) {
        const answer = await app.request(path, { by: staff });
        expect([path, answer.status, await codeOf(answer)]).toEqual([path, 404, 'not-found']);
      }
    });
  });

  describe('a resident who is let in', () => {
    const letIn = async (room: string, by: TestPerson = staff) => {
      const person = await residentOf(world, room);
      return app.request(`${residents()}/${person}/invitation`, { method: 'POST', by });
    };

    it('chooses a name and a password by the link, and sees their own points and no more', async () => {
      const answer = await letIn('1001');
      expect(answer.status, await answer.clone().text()).toBe(201);
      const { token, person } = (await answer.json()) as Invited;
      const chosen = { username: 'wang.yalou', password: 'autumn 2026 maple' };
      expect((await app.request('/api/v1/join', { json: { token, ...chosen } })).status).toBe(201);
      const signedIn = await app.request('/api/auth/sign-in/username', { json: chosen });
      const by = { headers: { cookie: cookieOf(signedIn) } };
      await givePoints(world, person, { con: 30 });
      const points = await app.request('/api/v1/me/points', { by });
      expect(await points.json()).toMatchObject({ units: [{ unit: 'CON', available: '30' }] });
      expect((await app.request(`${residents()}?find=w`, { by })).status).toBe(403);
    });

    it('gets a new link when the first is lost, and none once they can sign in', async () => {
      const first = (await (await letIn('1234')).json()) as Invited;
      const second = (await (await letIn('1234')).json()) as Invited;
      const chosen = { username: 'zhao.yi', password: 'autumn 2026 maple' };
      expect(
        await codeOf(await app.request('/api/v1/join', { json: { token: first.token, ...chosen } })),
      ).toBe('link-ended');
      expect((await app.request('/api/v1/join', { json: { token: second.token, ...chosen } })).status).toBe(
        201,
      );
      const third = (await (await letIn('1234')).json()) as Invited;
      expect(third).toEqual({ person: first.person, canSignIn: true });
    });

    it('who is also somebody whom staff could not help to a password gets no link from them', async () => {
      const person = await residentOf(world, '0501');
      const { roles } = app.engine.tables;
      const auditor = { id: person, person, role: 'auditor', place: '', validFrom: 0, validTo: null };
      await app.engine.db.insert(roles).values({ ...auditor, grantedBy: 'test' });
      expect(await (await letIn('0501')).json()).toEqual({ person, canSignIn: false });
    });

    const byCode = async (phone: string) => {
      const outbox = `/api/v1/places/${world.estate.id}/sign-in-codes`;
      const waiting = async () =>
        ((await (await app.request(outbox, { by: staff })).json()) as { items: { id: string }[] }).items;
      const before = new Set((await waiting()).map(({ id }) => id));
      const asked = await app.request('/api/auth/phone/code', { json: { phone } });
      const { challenge } = (await asked.json()) as { challenge: string };
      // The answer does not wait for the code, so that it tells nobody whether there is one.
      const brought = async () => (await waiting()).find(({ id }) => !before.has(id))?.id;
      await expect.poll(brought).toBeDefined();
      const path = `/api/v1/sign-in-codes/${await brought()}/reading`;
      const read = await app.request(path, { method: 'POST', by: staff });
      const code = ((await read.json()) as { digits: string }).digits;
      const signedIn = await app.request('/api/auth/sign-in/phone', { json: { challenge, code } });
      return { headers: { cookie: cookieOf(signedIn) } };
    };

    it('by a code that is read out to them is a member as well, and can still get a link', async () => {
      const by = await byCode('13600000000');
      expect((await app.request('/api/v1/me/points', { by })).status).toBe(200);
      const person = await residentOf(world, '1301');
      expect(await (await letIn('1301')).json()).toMatchObject({ person, canSignIn: false });
    });

    it('does not become a member anew where that was taken away', async () => {
      const { roles } = app.engine.tables;
      const person = await residentOf(world, '1302');
      const ended = { person, role: 'member', place: world.estate.id, validFrom: 0, validTo: 1 };
      await app.engine.db.insert(roles).values({ ...ended, id: person, grantedBy: 'test' });
      const by = await byCode('13500000000');
      expect((await app.request('/api/v1/me/points', { by })).status).toBe(403);
    });

    it('who moves in later has no right before that day, at the desk or by themselves', async () => {
      const person = await residentOf(world, '1401');
      const of = `${residents()}/${person}`;
      const paper = { helper: await residentOf(world, '0502'), may: 'view', paper: '代-9' };
      const asked = async (by: TestPerson) => {
        const answers = [
          await app.request(of, { by }),
          await app.request(`${of}/points`, { by }),
          await app.request(`${of}/inquiries`, { by }),
          await app.request(`${of}/helpers`, { by }),
          await app.request(`${of}/helpers`, { by, json: paper }),
          await app.request(`${of}/invitation`, { by, method: 'POST' }),
        ];
        return answers.map(({ status }) => status);
      };
      expect(await asked(staff)).toEqual([404, 404, 404, 404, 404, 404]);
      const before = await byCode('13400000000');
      expect((await app.request('/api/v1/me/points', { by: before })).status).toBe(403);
      app.clock.now = Date.parse('2026-09-01T01:00:00Z');
      expect(await asked(staff)).toEqual([200, 200, 200, 200, 201, 201]);
      const since = await byCode('13400000000');
      expect((await app.request('/api/v1/me/points', { by: since })).status).toBe(200);
    });

    it('who moved away is not found', async () => {
      const answer = await letIn('0102');
      expect([answer.status, await codeOf(answer)]).toEqual([404, 'not-found']);
    });
  });
});
