/** 积分种类: which there are, made and corrected by staff, and what stays once somebody has points. */
import { describe, expect, it } from 'vitest';
import { post } from '../../api/ledger/index.ts';
import { demoPurchaseRule } from '../../api/programme/index.ts';
import { codeOf, startApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { givePoints, ok, openFeesWorld } from '../support/fees-world.ts';

const quarter = { bucket: 'quarter', later: 2, graceMonths: 1 };
const green = {
  code: 'GRN',
  nameZh: '低碳积分',
  nameEn: 'green points',
  expiry: quarter,
  basis: '会议纪要 9 号',
};

type Unit = {
  code: string;
  name: { zh: string };
  own?: { id: string; version: number; change?: { reason: string } };
  expiry: { by: string; text: { zh: string } }[];
  funds: { count: number; names: string[] };
  liveSeries: number;
  hasPoints: boolean;
};

eachEngine((_name, open) => {
  async function community() {
    const world = await openFeesWorld(await startApp(await open()));
    const { app } = world;
    const at = world.community.id;
    const staff = await app.person({ role: 'staff', place: at });
    const auditor = await app.person({ role: 'auditor', place: at });
    const send = (path: string, json: object, by: TestPerson = staff, method = 'POST') =>
      app.request(`/api/v1${path}`, { method, by, json });
    const make = (body: object = green, by = staff) => send(`/places/${at}/units`, body, by);
    const units = async (by = staff) =>
      ((await (await app.request(`/api/v1/places/${at}/units`, { by })).json()) as { items: Unit[] }).items;
    const unitOf = async (code: string) => (await units()).find((one) => one.code === code)!;
    const give = async () => {
      const fund = (await (
        await send(`/places/${at}/funds`, { unit: 'GRN', name: '低碳经费', rateMicro: '50000' })
      ).json()) as { id: string };
      const command = (of: object) => ({ fund: fund.id, unit: 'GRN', amount: 20, ...of });
      const series = {
        expiresAt: Date.parse('2026-12-31T16:00:00Z'),
        rateMicro: 50_000,
        budgetReturns: true,
      };
      for (const one of [
        command({ do: 'budget', amount: 100 }),
        command({ do: 'credit', member: staff.id, series }),
      ])
        ok(
          await post(
            world.deps,
            { book: 1, scope: 'test', key: crypto.randomUUID(), request: one },
            { actor: 'test', place: at, commands: [one as never] },
          ),
        );
    };
    return { world, app, at, staff, auditor, send, make, units, unitOf, give };
  }

  describe('kinds of points', () => {
    it('are listed with who gives them, how many series are alive, and how the rules here let them end', async () => {
      const { world, send, at, staff, units, unitOf } = await community();
      expect((await units()).map(({ code }) => code).sort()).toEqual(['CON', 'VOL']);
      expect(await unitOf('VOL')).toMatchObject({
        name: { zh: '志愿积分' },
        funds: { count: 1, names: ['VOL'] },
        liveSeries: 0,
        hasPoints: false,
        expiry: [],
      });
      await givePoints(world, staff.id, { vol: 36 });
      expect(await unitOf('VOL')).toMatchObject({ liveSeries: 1, hasPoints: true });
      await send(`/places/${at}/rule-versions`, {
        body: demoPurchaseRule,
        from: '2026-06-01',
        reason: '试点',
        basis: '纪要',
      });
      expect((await unitOf('CON')).expiry).toMatchObject([
        { by: 'purchase', text: { zh: '得分后第 12 个月的最后一天' } },
      ]);
    });

    it('are made by staff, with who and why; an auditor reads them and makes none', async () => {
      const { app, make, auditor, units, unitOf, world } = await community();
      expect(await codeOf(await make(green, auditor))).toBe('not-allowed');
      expect((await make()).status).toBe(201);
      expect(await unitOf('GRN')).toMatchObject({
        name: { zh: '低碳积分' },
        own: { version: 1, basis: '会议纪要 9 号', expiry: quarter },
        expiry: [{ by: 'unit', text: { zh: expect.stringContaining('第 2 个季度') as string } }],
        funds: { count: 0 },
      });
      expect((await units(auditor)).map(({ code }) => code)).toContain('GRN');
      const names = await app.request('/api/v1/unit-names');
      expect(await names.json()).toEqual({ items: [{ code: 'GRN', zh: '低碳积分', en: 'green points' }] });
      // One meaning for ever: not twice, and not in place of one that everybody knows.
      expect(await codeOf(await make())).toBe('already-exists');
      expect(await codeOf(await make({ ...green, code: 'VOL' }))).toBe('already-exists');
      const manager = await app.person({ role: 'staff', place: world.estate.id });
      const atEstate = await app.request(`/api/v1/places/${world.estate.id}/units`, {
        by: manager,
        json: { ...green, code: 'NEW' },
      });
      expect(await codeOf(atEstate)).toBe('invalid-input');
    });

    it('may be named anew, but keep their calendar once somebody has points', async () => {
      const { make, send, unitOf, give, staff } = await community();
      await make();
      const { id } = (await unitOf('GRN')).own!;
      const change = (body: object) =>
        send(
          `/units/${id}`,
          { ...green, code: undefined, basis: undefined, reason: '按纪要写全', ...body },
          staff,
          'PUT',
        );
      expect((await change({ version: 1, expiry: { never: true } })).status).toBe(200);
      expect(await codeOf(await change({ version: 1 }))).toBe('changed-meanwhile');
      expect((await change({ version: 2 })).status).toBe(200);
      await give();
      expect(await codeOf(await change({ version: 3, expiry: { never: true } }))).toBe('unit-has-points');
      expect((await change({ version: 3, nameZh: '低碳环保积分' })).status).toBe(200);
      expect(await unitOf('GRN')).toMatchObject({
        name: { zh: '低碳环保积分' },
        own: { version: 4, change: { reason: '按纪要写全' } },
        hasPoints: true,
        liveSeries: 1,
      });
    });

    it('a rule that gives one gives it by its calendar, and names it in words', async () => {
      const { make, send, at, app, staff } = await community();
      await make();
      const publish = (expiry: object) =>
        send(`/places/${at}/rule-versions`, {
          body: { ...demoPurchaseRule, unit: 'GRN', expiry },
          from: '2026-06-01',
          reason: '试点',
          basis: '纪要',
        });
      const refused = await publish({ bucket: 'month', later: 12 });
      expect(await refused.json()).toMatchObject({ code: 'invalid-input', fields: [{ field: 'expiry' }] });
      expect((await publish(quarter)).status).toBe(201);
      const rules = await (await app.request(`/api/v1/places/${at}/rules`, { by: staff })).text();
      expect(rules).toContain('低碳积分');
    });

    it('a fund of one is opened where somebody pays, once, and only for points that there are', async () => {
      const { send, at, make, world, auditor } = await community();
      const fund = (unit: string, place = at, by?: TestPerson) =>
        send(`/places/${place}/funds`, { unit, name: '经费', rateMicro: '50000' }, by);
      expect(await codeOf(await fund('GRN'))).toBe('invalid-input');
      await make();
      expect(await codeOf(await fund('GRN', at, auditor))).toBe('not-allowed');
      expect((await fund('GRN')).status).toBe(201);
      expect(await codeOf(await fund('GRN'))).toBe('already-exists');
      expect(await codeOf(await fund('GRN', world.estate.id))).toBe('invalid-input');
    });
  });

  it('what waits for a second person is read by an auditor too, who approves nothing', async () => {
    const { app, at, auditor, staff, world } = await community();
    const asked = await app.request(`/api/v1/funds/${world.vol.id}/budgets`, {
      by: staff,
      json: { amount: '100', basis: '纪要' },
    });
    const { id } = (await asked.json()) as { id: string };
    const waiting = await app.request(`/api/v1/places/${at}/waiting-budgets`, { by: auditor });
    expect(await waiting.json()).toMatchObject({ items: [{ id }] });
    const approval = await app.request(`/api/v1/budgets/${id}/approval`, {
      method: 'POST',
      by: auditor,
      key: 'a-1',
    });
    expect(await codeOf(approval)).toBe('not-allowed');
  });
});
