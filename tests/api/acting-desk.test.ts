/** 窗口代办: staff do something for a resident who stands before them; and who acts for whom is no third person. */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { explainers } from '../../api/app.ts';
import { makeNotices } from '../../api/notices/index.ts';
import { relativesAmong } from '../../api/volunteering/relatives.ts';
import type { Service } from '../../api/volunteering/service.ts';
import { codeOf, startApp, type TestApp, type Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { openFamilies, type Families } from '../support/families.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  let world: Families;

  beforeAll(async () => {
    app = await startApp(await open());
    world = await openFamilies(app);
  });

  describe('at the desk', () => {
    const at = (resident: string) => `/api/v1/estates/${world.estate.id}/residents/${resident}`;
    const present = { present: true, identified: 'id-card' };

    it('staff offset a bill for a resident who stands before them, and take it back, recorded as such', async () => {
      const { mother, daughter, bill } = await world.family('view');
      const path = `${at(mother)}/bills/${bill}`;
      expect(await world.get(`${path}/offset-quote`, world.staff)).toMatchObject({
        status: 200,
        value: '35.49',
      });
      const ask = (json: object, by: Visitor = world.staff) =>
        app.request(`${path}/offsets`, { by, key: uuid(), json: { value: '35.49', ...json } });
      expect(await codeOf(await ask({ identified: 'id-card' }))).toBe('invalid-input');
      const made = await ask(present);
      expect(made.status).toBe(201);
      const document = (await made.json()) as { id: string; hold: string };
      expect(document).toMatchObject({ member: { id: mother }, actedBy: { as: 'staff', name: '王*' } });
      const { transactions: t, offsets } = app.engine.tables;
      const [row] = await app.engine.db
        .select()
        .from(t)
        .where(eq(t.id, Number(document.hold)));
      expect(row!.actor).toBe(`person:${world.staff.id}`);
      const [kept] = await app.engine.db.select().from(offsets).where(eq(offsets.id, document.id));
      expect(kept!.actedBy).toEqual({ by: `person:${world.staff.id}`, identified: 'id-card' });
      await makeNotices(world.deps, explainers);
      expect(await world.noticesOf(mother)).toEqual(['acted-for']);
      const list = await app.request(`${at(mother)}/offsets`, { by: world.staff });
      expect(await list.json()).toMatchObject({ items: [{ id: document.id, actedBy: { as: 'staff' } }] });
      expect((await app.request(`${at(mother)}/offsets`, { by: daughter })).status).toBe(403);
      const cancel = (whom: string) =>
        app.request(`${at(whom)}/offsets/${document.id}/cancellation`, {
          ...{ by: world.staff, key: uuid(), json: present },
        });
      expect((await cancel((await world.family()).mother)).status).toBe(404);
      expect(await (await cancel(mother)).json()).toMatchObject({
        state: 'cancelled',
        cancelledBy: { as: 'staff' },
      });
    });

    it('nobody serves themselves, or somebody of another house', async () => {
      const { bill } = await world.family('view');
      const other = await world.family('view');
      const ask = (resident: string, by: Visitor) =>
        app.request(`${at(resident)}/bills/${bill}/offsets`, {
          ...{ by, key: uuid(), json: { value: '35.49', ...present } },
        });
      expect(await codeOf(await ask(other.mother, world.staff))).toBe('not-owner-or-family');
      expect(await codeOf(await ask(uuid(), world.staff))).toBe('not-found');
    });
  });

  it('who acts for somebody neither rates nor voids what that one did as a volunteer, nor the other way round', async () => {
    const { mother, daughter } = await world.family('view');
    const service = (member: string) => ({ member, startsAt: app.clock.now }) as Service;
    const among = (member: string, people: string[]) => relativesAmong(app.engine, service(member), people);
    expect(await among(mother, [`person:${daughter.id}`, `person:${world.staff.id}`])).toEqual([
      `person:${daughter.id}`,
    ]);
    expect(await among(daughter.id, [`person:${mother}`])).toEqual([`person:${mother}`]);
  });
});
