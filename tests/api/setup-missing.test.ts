/** What a community still lacks, named: each estate, shop, firm, fund and post, with the template and without it. */
import { beforeAll, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { demoOffsetRule } from '../../api/fees/index.ts';
import {
  addAgreement,
  addFund,
  approveBudget,
  demoPurchaseRule,
  demoServiceRule,
  publishRule,
  requestBudget,
} from '../../api/programme/index.ts';
import { startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { actorNamed, must } from '../support/demo-programme.ts';

type Missing = { what: string; role?: string; rule?: string; place?: { name: string } };
type Checklist = { steps: { step: string; done: boolean; missing: Missing[] }[] };
/** As it would be read out: what, of which kind, where. */
const told = ({ what, role, rule, place }: Missing) =>
  [what, role, rule, place?.name].filter((word) => word !== undefined).join(' ');

eachEngine((_name, open) => {
  let app: TestApp;
  let operator: TestPerson;
  beforeAll(async () => {
    app = await startApp(await open());
    operator = await app.person({ role: 'operator', place: '' });
  });

  async function start(called: string) {
    const post = async <Answer>(path: string, json: object) => {
      const answer = await app.request(`/api/v1${path}`, { json, by: operator });
      expect(answer.status, await answer.clone().text()).toBe(201);
      return (await answer.json()) as Answer;
    };
    const founded = await post<{ street: string; community: string }>('/books', {
      ...{ street: '410202008', community: called },
    });
    const { community } = founded;
    const add = async (kind: string, name: string, more: object = {}) =>
      (await post<{ id: string }>(`/places/${community}/children`, { kind, name, ...more })).id;
    const steps = async () => {
      const answer = await app.request(`/api/v1/communities/${community}/checklist`, { by: operator });
      return ((await answer.json()) as Checklist).steps;
    };
    const missing = async (name: string) =>
      ((await steps()).find(({ step }) => step === name)?.missing ?? []).map(told);
    const house = async (estate: string) => {
      const row = { id: uuid(), version: 1, estate, building: '1', unit: '1', room: '0101', createdAt: 0 };
      await app.engine.db.insert(app.engine.tables.houses).values(row);
    };
    return { ...founded, post, add, steps, missing, house };
  }

  async function approve(fund: string) {
    const { deps } = app.server;
    const asked = { fund, amount: 1_000, basis: '会议纪要', actor: actorNamed() };
    const { id: budget } = must(await requestBudget(deps, asked));
    must(await approveBudget(deps, { budget, key: fund, scope: 'x', actor: actorNamed() }));
  }

  it('names what each estate, shop and firm lacks, until nothing does', async () => {
    const { add, community, street, missing, house, post } = await start('金康社区');
    const firm = await add('firm', '和美物业');
    const [first, second] = [await add('estate', '和美苑'), await add('estate', '东苑')];
    await add('merchant', '和美积分超市');
    expect(await missing('roster')).toEqual(['roster 和美苑', 'roster 东苑']);
    await house(first);
    expect(await missing('roster')).toEqual(['roster 东苑']);
    await house(second);
    // A post at the firm acts in both of its estates; who signs second may be another accountant.
    await app.person({ role: 'accountant', place: first });
    const [end, auditor] = ['post clerk', 'post auditor 金明池街道'];
    expect(await missing('people')).toEqual([
      ...['post staff', end, auditor],
      ...['post finance_lead 和美苑', 'post accountant 东苑', 'post finance_lead 东苑'],
    ]);
    await app.person({ role: 'accountant', place: firm });
    expect(await missing('people')).toEqual(['post staff', end, auditor, 'post finance_lead 东苑']);

    expect(await missing('programme')).toEqual(['rule award', 'rule purchase', 'rule offset']);
    expect(await missing('terms')).toEqual(['terms 和美物业', 'terms 和美积分超市']);
    expect(await missing('budget')).toEqual(['fund award', 'fund purchase']);
    await post(`/communities/${community}/template`, { reason: '首次设置' });
    expect([await missing('programme'), await missing('terms')]).toEqual([[], []]);
    const budgets = ['budget 金康社区志愿服务经费', 'budget 和美积分超市消费积分经费'];
    expect(await missing('budget')).toEqual(budgets);
    const funds = await app.engine.db.select().from(app.engine.tables.funds);
    for (const { id } of funds) await approve(id);
    expect(await missing('budget')).toEqual([]);
    // A second firm: the next estate is its, and needs its own people and terms.
    const other = await add('firm', '安居物业');
    await add('estate', '西苑', { firm: other });
    expect(await missing('roster')).toEqual(['roster 西苑']);
    expect(await missing('terms')).toEqual(['terms 安居物业']);
    expect(await missing('people')).toContain('post accountant 西苑');
    await app.person({ role: 'auditor', place: street });
    expect(await missing('people')).not.toContain(auditor);
  });

  it('is content with a programme that was made by hand, whose rules begin tomorrow', async () => {
    const { add, community, street, missing, house, steps } = await start('水稻社区');
    const [firm, estate, shop] = [
      await add('firm', '安居物业'),
      await add('estate', '稻香园'),
      await add('merchant', '稻香超市'),
    ];
    await house(estate);
    const staff = { role: 'staff', place: community } as const;
    for (const post of [staff, staff, { role: 'auditor', place: street } as const]) await app.person(post);
    for (const role of ['accountant', 'finance_lead'] as const) await app.person({ role, place: firm });
    await app.person({ role: 'clerk', place: shop });
    expect(await missing('people')).toEqual([]);

    const { deps } = app.server;
    const validFrom = app.clock.now + 24 * 3_600_000;
    for (const rule of [demoServiceRule, demoPurchaseRule, demoOffsetRule]) {
      const version = { place: community, kind: rule.kind, body: { ...rule }, validFrom };
      must(await publishRule(deps, { ...version, reason: '试点方案', actor: 'test' }));
    }
    expect(await missing('programme')).toEqual([]);
    expect(await missing('budget')).toEqual(['fund award', 'fund purchase']);
    for (const [place, unit] of [
      [community, 'VOL'],
      [shop, 'CON'],
    ] as const) {
      const fund = { book: 1, place, unit, name: `${unit}经费`, rateMicro: 10_000, budgetReturns: true };
      await approve(must(await addFund(deps, fund)).id);
    }
    const terms = { mode: 'stocked' as const };
    for (const redeemer of [firm, shop])
      must(await addAgreement(deps, { redeemer, fund: '*', terms, validFrom: 0 }));
    const left = (await steps()).filter(({ done }) => !done).map(({ step }) => step);
    expect(left).toEqual(['award']);
  });

  it('counts the firms of the street, and offers them to a new estate', async () => {
    const { add, community, street, missing, steps, post } = await start('街道社区');
    const counted = async () => (await steps()).find(({ step }) => step === 'firm');
    const near = async () =>
      (await (await app.request(`/api/v1/places/${community}/firms-near`, { by: operator })).json()) as {
        only?: { name: string };
        choices: { id: string; name: string }[];
      };
    await post(`/places/${street}/children`, { kind: 'firm', name: '东物业' });
    expect(await near()).toMatchObject({ only: { name: '东物业' }, choices: [{ name: '东物业' }] });
    await add('estate', '东苑');
    expect(await counted()).toMatchObject({ count: 1, done: true });
    await post(`/places/${street}/children`, { kind: 'firm', name: '西物业' });
    const { only, choices } = await near();
    expect([only, choices.map(({ name }) => name)]).toEqual([undefined, ['东物业', '西物业']]);
    await add('estate', '西苑', { firm: choices[1]!.id });
    expect(await counted()).toMatchObject({ count: 2, done: true });
    expect(await missing('terms')).toEqual(['terms 东物业', 'terms 西物业']);
  });
});
