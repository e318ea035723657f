/** A published rule that was changed behind the program's back is named: each transaction cites what its rule said. */
import { beforeEach, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { post, transactionsById, verify, type Transaction } from '../../api/ledger/index.ts';
import { checkCitedRules } from '../../api/programme/index.ts';
import { startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import { demoTown, must, type DemoTown } from '../support/demo-programme.ts';
import { execute, select } from '../support/stored-book.ts';

type Why = { ruleVersion?: string; rule?: { isAsCited?: boolean } };
type Run = { id: string; state: string; rules?: object; findings: { transaction?: string; en: string }[] };

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let auditor: TestPerson;
  let rated: Transaction;
  let bought: Transaction;

  const on = (time: string) => `2026-06-13T${time}:00+08:00`;
  const only = async (id: number): Promise<Transaction> => (await transactionsById(app.engine, [id]))[0]!;
  const lastOf = async (kind: string): Promise<Transaction> => {
    const [row] = await select<{ id: number }>(
      app.engine,
      `select id from transactions where kind = '${kind}' order by id desc limit 1`,
    );
    return only(Number(row?.id));
  };
  const check = async () => verify(app.engine, { checkCited: checkCitedRules });
  const idOf = (citation: string | null): string => citation?.split(':')[0] ?? '';
  const change = async (id: string, set: string): Promise<void> =>
    execute(app.engine, `update rule_versions set ${set} where id = '${id}'`);

  /** A service recorded by one and rated by another, and a purchase at a shop. */
  beforeEach(async () => {
    app = await startApp(await open());
    town = await demoTown(app);
    app.clock.now = Date.UTC(2026, 5, 15, 4);
    const staff = await app.person({ role: 'staff', place: town.community });
    const rater = await app.person({ role: 'leader', place: town.community });
    auditor = await app.person({ role: 'auditor', place: await bookRoot() });
    const member = await app.resident({ role: 'member', place: town.estate });
    const times = { startsAt: on('19:00'), endsAt: on('21:30') };
    const attended = { attendedFrom: on('19:00'), attendedTo: on('21:30'), trust: 'scan' };
    const json = { member, type: '人居环境', ...times, ...attended };
    const path = `/api/v1/places/${town.estate}/services`;
    const { id } = (await (await app.request(path, { json, by: staff, key: uuid() })).json()) as Why & {
      id: string;
    };
    const grade = { grade: 'very-satisfied' };
    await app.request(`/api/v1/services/${id}/rating`, { json: grade, by: rater, key: uuid() });
    const shop = await town.merchant();
    const clerk = await app.person({ role: 'clerk', place: shop.id });
    await counterOf(app, shop.id, clerk).bought(await app.resident(), '58.50');
    rated = await lastOf('release');
    bought = await lastOf('credit');
  });

  async function bookRoot(): Promise<string> {
    return (await app.server.deps.places.lineage(town.estate)).at(-1)?.id ?? '';
  }

  it('an award, its release and a purchase cite their rules by content, and the books are right', async () => {
    const award = await lastOf('award');
    expect(award.ruleVersion).toMatch(/^[0-9a-f-]{36}:[0-9a-f]{64}$/);
    expect(rated.ruleVersion).toBe(award.ruleVersion);
    expect(bought.ruleVersion).toMatch(/^[0-9a-f-]{36}:[0-9a-f]{64}$/);
    const report = await check();
    expect(report).toMatchObject({ ok: true, books: [{ rules: { checked: 2, byIdOnly: 0 } }] });
  });

  it('one number that was changed in the body of a rule names the rule and the first that was decided by it', async () => {
    const award = await lastOf('award');
    const rule = idOf(award.ruleVersion);
    await change(rule, `body = replace(body, '10', '11')`);
    const report = await check();
    expect(report.findingCount).toBe(1);
    expect(report.findings).toMatchObject([{ rule: 1, transaction: award.id }]);
    expect(report.findings[0]?.en).toContain(rule);
  });

  it('of two changed rules the one that was cited first is named first', async () => {
    await change(idOf(bought.ruleVersion), `body = replace(body, '500', '501')`);
    await change(idOf(rated.ruleVersion), `body = replace(body, '1.5', '1.6')`);
    const { findings } = await check();
    expect(findings.map(({ transaction }) => transaction)).toEqual([(await lastOf('award')).id, bought.id]);
  });

  it.each([
    'valid_from = valid_from + 1',
    `place = 'elsewhere'`,
    `kind = 'offset', valid_from = valid_from - 1`,
  ])('a rule that was moved is named as well: %s', async (set) => {
    await change(idOf(bought.ruleVersion), set);
    expect((await check()).findings).toMatchObject([{ rule: 1, transaction: bought.id }]);
  });

  it('a rule that was taken away is named', async () => {
    const rule = idOf(bought.ruleVersion);
    await execute(app.engine, `delete from rule_versions where id = '${rule}'`);
    const { findings } = await check();
    expect(findings).toMatchObject([{ transaction: bought.id, en: expect.stringContaining(rule) as string }]);
  });

  it('the same rule with its names in another order is the same rule', async () => {
    const rule = idOf(bought.ruleVersion);
    const [row] = await select<{ body: string }>(
      app.engine,
      `select body from rule_versions where id = '${rule}'`,
    );
    const turned = Object.entries(JSON.parse(row?.body ?? '{}') as object).reverse();
    await change(rule, `body = '${JSON.stringify(Object.fromEntries(turned))}'`);
    expect(await check()).toMatchObject({ ok: true });
  });

  it('a transaction of before, which names its rule by id alone, stays right and is counted', async () => {
    const ask = { book: town.book, scope: 'test', key: uuid(), request: 1 };
    const { id: fund } = town.volunteerFund;
    const command = { do: 'budget' as const, fund, unit: 'VOL', amount: 1 };
    const unit = { actor: 'test', place: town.community, commands: [command] };
    must(await post(app.server.deps, ask, { ...unit, ruleVersion: idOf(rated.ruleVersion) }));
    expect(await check()).toMatchObject({ ok: true, books: [{ rules: { checked: 2, byIdOnly: 1 } }] });
  });

  it('an auditor’s verification finds it, and the page of each transaction says whether its rule is as it was', async () => {
    const why = async ({ id }: Transaction): Promise<Why> =>
      (await (await app.request(`/api/v1/transactions/${id}/why`, { by: auditor })).json()) as Why;
    expect(await why(bought)).toMatchObject({
      ruleVersion: idOf(bought.ruleVersion),
      rule: { isAsCited: true },
    });
    await change(idOf(bought.ruleVersion), `body = replace(body, '500', '501')`);
    expect(await why(bought)).toMatchObject({ rule: { isAsCited: false } });
    expect(await why(rated)).toMatchObject({ rule: { isAsCited: true } });
    const runs = `/api/v1/books/${town.book}/verifications`;
    let run = (await (await app.request(runs, { method: 'POST', by: auditor })).json()) as Run;
    while (run.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 20));
      run = (await (await app.request(`${runs}/${run.id}`, { by: auditor })).json()) as Run;
    }
    expect(run).toMatchObject({ state: 'wrong', rules: { checked: 2, byIdOnly: 0 } });
    expect(run.findings).toMatchObject([{ transaction: String(bought.id) }]);
  });
});
