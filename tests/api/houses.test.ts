/** At the desk: a newcomer is registered, and houses are a thing of their own, with their sale. */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { peopleBehind } from '../../api/identity/index.ts';
import { codeOf, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { openResidentsDesk, type ResidentsDesk } from '../support/residents-desk.ts';

eachEngine((_name, open) => {
  let { app, staff, residents, found } = {} as ResidentsDesk;
  beforeAll(async () => {
    ({ app, staff, residents, found } = await openResidentsDesk(open));
  });

  describe('a newcomer', () => {
    const body = { house: '3栋2单元0502', name: '钱小满', relation: 'tenant', since: '2026-06-01' };
    type Registered = { person: string; isNew: boolean };
    const register = (json: object, by: TestPerson = staff) => app.request(residents(), { json, by });
    const asked = async (json: object): Promise<string[]> => {
      const answer = await register(json);
      expect(await codeOf(answer.clone())).toBe('not-confirmed');
      return ((await answer.json()) as { fields: { field: string }[] }).fields.map(({ field }) => field);
    };

    it('is registered at the desk; by name and phone, or by name and house, the same person is known again', async () => {
      const first = await register({ ...body, phone: '13900007777' });
      expect(first.status, await first.clone().text()).toBe(201);
      const { person, isNew } = (await first.json()) as Registered;
      expect(isNew).toBe(true);
      expect(await found('钱小满')).toEqual(['3-2-0502 钱* 7777']);
      expect(await codeOf(await register(body))).toBe('already-exists');
      const second = await register({ ...body, house: '3-2-0501', phone: '13900007777' });
      expect((await second.json()) as Registered).toEqual({ person, isNew: false });
      const stranger = await app.person({ role: 'staff', place: await app.place('estate') });
      expect((await register(body, stranger)).status).toBe(404);
      const log = await app.engine.reader.select().from(app.engine.tables.accessLog);
      const added = log.filter(({ action }) => action === 'add-residency');
      const once = [`person:${person}`, `person:${staff.id}`];
      expect(added.map(({ subject, actor }) => [subject, actor])).toEqual([once, once]);
    });

    it('is asked about: a house that nobody knows, a phone that is another’s, a namesake next door', async () => {
      const slip = { ...body, house: '3-2-502' };
      expect(await asked(slip)).toEqual(['new-houses', 'namesake']);
      expect(await asked({ ...slip, confirm: ['new-houses'] })).toEqual(['namesake']);
      const other = { ...body, name: '孙大年', phone: '13900007777' };
      expect(await asked(other)).toEqual(['shared-phones']);
      expect((await register({ ...other, confirm: ['shared-phones'] })).status).toBe(201);
      expect((await register({ ...slip, confirm: ['new-houses', 'namesake'] })).status).toBe(201);
      expect((await register({ ...body, house: '哪里' })).status).toBe(422);
    });
  });

  describe('a house', () => {
    type Occupied = { items: { house: { id: string; code: string }; owners: string[]; people: number }[] };
    type Link = { name: string; relation: string; since?: string; until?: string; endReason?: string };
    const occupancy = async (state: string, by = staff) => {
      const answer = await app.request(`${residents().replace('residents', 'occupancy')}?state=${state}`, {
        by,
      });
      return ((await answer.json()) as Occupied).items;
    };
    const one = async (id: string) =>
      ((await (await app.request(`/api/v1/houses/${id}`, { by: staff })).json()) as { links: Link[] }).links;
    const sell = (id: string, json: object, by = staff) =>
      app.request(`/api/v1/houses/${id}/sale`, { json, by });

    it('stands in the list with its owners and how many live there; those of nobody alone, too', async () => {
      const all = await occupancy('all');
      const shown = all.map(({ house, owners, people }) => [house.code, owners.join(), people]);
      expect(shown).toContainEqual(['3-2-0501', '王*', expect.any(Number)]);
      expect((await occupancy('vacant')).map(({ house }) => house.code)).toEqual(['1-0102']);
      expect((await occupancy('let')).map(({ house }) => house.code)).toContain('3-2-0502');
      const file = await app.request(`${residents().replace('residents', 'occupancy/file')}?format=csv`, {
        by: staff,
      });
      expect((await file.text()).split('\r\n')).toHaveLength(all.length + 2);
    });

    it('is sold in one step: those of before up to the day, the buyer from it, tenants as is said', async () => {
      const house = (await occupancy('all')).find(({ house: { code } }) => code === '1-1001')!.house.id;
      const lodger = { house: '1-1001', name: '租客甲', relation: 'tenant', since: '2026-01-01' };
      expect((await app.request(residents(), { json: lodger, by: staff })).status).toBe(201);
      const sale = { name: '周买房', phone: '13700002222', day: '2026-07-01', keepsTenants: true };
      const stranger = await app.person({ role: 'staff', place: await app.place('estate') });
      expect((await sell(house, sale, stranger)).status).toBe(404);
      const taken = await sell(house, { ...sale, phone: '13900005678' });
      expect(await codeOf(taken)).toBe('not-confirmed');
      const sold = await sell(house, sale);
      expect(sold.status, await sold.clone().text()).toBe(201);
      expect(await sold.json()).toMatchObject({ ended: 1 });
      const links = (await one(house)).map(({ name, relation, since, until, endReason }) => {
        return [name, relation, since, until, endReason].map((said) => said ?? '-').join(' ');
      });
      expect(links.toSorted()).toEqual([
        '周* owner 2026-07-01 - -',
        '王* owner - 2026-07-01 sale',
        '租* tenant 2026-01-01 - -',
      ]);
      expect(await codeOf(await sell(house, sale))).toBe('already-exists');
      const last = await sell(house, { name: '吴再买', day: '2026-08-01' });
      expect(await last.json()).toMatchObject({ ended: 2 });
    });

    it('that was sold can be bought back, also by who sold it, and again after a sale by mistake', async () => {
      const house = (await occupancy('all')).find(({ house: { code } }) => code === '1-1301')!.house.id;
      const [before] = await one(house);
      expect(before).toMatchObject({ relation: 'owner', name: '钱*' });
      expect((await sell(house, { name: '郑新主', day: '2026-05-01' })).status).toBe(201);
      const back = { name: '钱二', phone: '13600000000', day: '2026-06-01' };
      const bought = await sell(house, back);
      expect(bought.status, await bought.clone().text()).toBe(201);
      const mine = (await one(house)).filter(({ name }) => name === '钱*');
      expect(mine.map(({ since, until }) => [since ?? '', until ?? '']).toSorted()).toEqual([
        ['', '2026-05-01'],
        ['2026-06-01', ''],
      ]);
    });

    it('leaves a death as it was registered, though the house was sold before it', async () => {
      const { residencies: t } = app.engine.tables;
      const house = (await occupancy('all')).find(({ house: { code } }) => code === '1-1302')!.house.id;
      const died = { until: '2026-06-11', endReason: 'death' as const };
      await app.engine.db.update(t).set(died).where(eq(t.house, house));
      expect((await sell(house, { name: '冯继承', day: '2026-06-01' })).status).toBe(201);
      const ended = (await one(house)).filter(({ endReason }) => endReason !== undefined);
      expect(ended).toMatchObject([{ name: '孙*', until: '2026-06-11', endReason: 'death' }]);
    });

    it('one who lives there is not written down anew with another day', async () => {
      const again = { house: '1-1234', name: '赵一', phone: '13700000000', relation: 'owner' };
      const registered = (since: string) =>
        app.request(residents(), { json: { ...again, since }, by: staff });
      expect(await codeOf(await registered('2026-03-01'))).toBe('already-exists');
      expect((await registered('2206-03-01')).status).toBe(422);
    });

    it('a newcomer’s phone has somebody behind it: who typed it', async () => {
      const json = { ...{ house: '1-1234', name: '李新来', phone: '13812340000' }, relation: 'family' };
      const answer = await app.request(residents(), { json: { ...json, since: '2026-06-01' }, by: staff });
      const { person } = (await answer.json()) as { person: string };
      const behind = await peopleBehind(app.engine, { actor: `person:${person}`, at: app.clock.now + 1 });
      expect([...behind].toSorted()).toEqual([`person:${person}`, `person:${staff.id}`].toSorted());
    });
  });
});
