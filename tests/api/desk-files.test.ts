/** Lists of a desk as files, where the fees have none of it: questions, budgets, messages, merges, prices, a shop's day. */
import { beforeAll, describe, expect, it } from 'vitest';
import { desc, eq, like } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf, type Counter } from '../support/demo-counter.ts';
import { demoTown, type DemoTown, type Merchant } from '../support/demo-programme.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let shop: Merchant;
  let counter: Counter;
  let staff: TestPerson;
  let clerk: TestPerson;
  let manager: TestPerson;
  let member: TestPerson;

  beforeAll(async () => {
    const off = { perSecond: 0, burst: 0 };
    app = await startApp(await open(), { config: { limits: { key: off, person: off, address: off } } });
    town = await demoTown(app);
    shop = await town.merchant();
    staff = await app.person({ role: 'staff', place: town.community });
    clerk = await app.person({ role: 'clerk', place: shop.id });
    manager = await app.person({ role: 'merchant_manager', place: shop.id });
    member = await app.person({ role: 'member', place: town.estate });
    counter = counterOf(app, shop.id, clerk);
  });

  const get = (path: string, by: TestPerson) => app.request(`/api/v1${path}`, { by });
  const linesOf = async (path: string, by: TestPerson): Promise<string[]> => {
    const answer = await get(path, by);
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.text()).replace('\uFEFF', '').trimEnd().split('\r\n');
  };

  describe('a desk’s list as a file', () => {
    it('of questions has who asks, masked, what about, and what was said last', async () => {
      const transaction = await town.give(member.id, shop.fund, 5);
      const path = `/transactions/${transaction}/inquiries`;
      const asked = await app.request(`/api/v1${path}`, { json: { text: '怎么是这么多？' }, by: member });
      expect(asked.status).toBe(201);
      const { place, desk } = (await asked.json()) as { place: string; desk: string };
      const by = desk === 'shop' ? manager : staff;
      const file = `/places/${place}/inquiries/file?format=csv&desk=${desk}`;
      const [header, ...lines] = await linesOf(file, by);
      expect(header).toBe('提问日期,居民,手机尾号,关于哪一笔,居民怎么问,最后的答复,答复人,状态');
      expect(lines).toHaveLength(1);
      expect(lines[0]).toContain('怎么是这么多？');
      expect(lines[0]).toMatch(/,等答复$/);
      expect(await linesOf(`${file}&waiting=no`, by)).toEqual([header]);
    });

    it('of questions is only of a desk at which one works', async () => {
      const path = `/places/${shop.id}/inquiries/file?desk=shop`;
      expect((await get(path, clerk)).status).not.toBe(200);
    });

    it('of budgets has every request with its basis and who approved it', async () => {
      const json = { amount: '1200', basis: '会议纪要〔2026〕7 号' };
      const path = `/funds/${shop.fund.id}/budgets`;
      expect((await app.request(`/api/v1${path}`, { json, by: manager })).status).toBe(201);
      const lines = await linesOf(`${path}/file?format=csv`, manager);
      expect(lines[0]).toBe('申请日期,积分,依据,申请人,批准人,状态');
      expect(lines[1]).toMatch(/^2026-\d\d-\d\d,1200,会议纪要〔2026〕7 号,.+,,等批准$/);
    });

    it('of a rule’s versions has who published each, when, why and on what document, the latest first', async () => {
      const { tables, db } = app.engine;
      const [first] = await db
        .select()
        .from(tables.ruleVersions)
        .where(eq(tables.ruleVersions.kind, 'award'));
      const of = {
        ...first!,
        id: uuid(),
        validFrom: first!.validFrom + 86_400_000,
        madeBy: `person:${staff.id}`,
      };
      const said = { reason: '居民代表会议决定', basis: '会议纪要〔2026〕9 号', createdAt: app.clock.now };
      await db.insert(tables.ruleVersions).values({ ...of, ...said });
      const path = `/places/${town.community}/rule-versions/file?kind=award&format=csv`;
      const [header, latest, earlier, ...more] = await linesOf(path, staff);
      expect(header).toBe(
        '起用日期,最后一天,状态,为什么,依据,发布人,发布日期,撤回人,撤回日期,为什么撤回,全部规定',
      );
      expect(latest).toMatch(/,,现行,居民代表会议决定,会议纪要〔2026〕9 号,王\*,2026-.+每小时：10 分；/);
      expect(earlier).toMatch(/,以前的,/);
      expect(more).toEqual([]);
      expect((await get(path, clerk)).status).not.toBe(200);
    });

    it('of messages has what is to be told to whom', async () => {
      const { tables, db } = app.engine;
      const notice = uuid();
      const facts = { day: '2026-06-30', points: [{ unit: 'CON', amount: 30 }] };
      const of = { id: notice, version: 1, person: member.id, createdAt: app.clock.now };
      await db.insert(tables.notices).values({ ...of, kind: 'expiry-7', event: notice, facts });
      const way = { place: town.estate, channel: 'desk' as const, state: 'waiting' as const, tries: 0 };
      await db.insert(tables.deliveries).values({ ...of, ...way, id: uuid(), notice });
      const [header, line, ...more] = await linesOf(`/places/${town.estate}/outbox/file?format=csv`, staff);
      expect(header).toBe('日期,居民,手机尾号,房屋,标题,内容,状态,办理日期,经手人');
      expect(line).toContain('30');
      expect(line).toMatch(/,待转告,,$/);
      expect(more).toEqual([]);
    });

    it('of merges has both people, masked', async () => {
      const { personMerges: t } = app.engine.tables;
      await app.engine.db.insert(t).values({
        ...{ id: uuid(), version: 1, book: town.book, place: town.estate, state: 'waiting' as const },
        ...{ keeper: member.id, duplicate: clerk.id, reason: '同一个人登记了两次' },
        ...{ askedBy: `person:${staff.id}`, createdAt: app.clock.now },
      });
      const [header, line] = await linesOf(`/places/${town.community}/merges/file?format=csv`, staff);
      expect(header).toBe('申请日期,归属,重复的人,手机,并入,手机,原因,申请人,状态,复核人,复核意见');
      expect(line).toContain('同一个人登记了两次');
      expect(line).toMatch(/,等复核,,$/);
    });

    it('of a shop’s day has what was given and what was taken, and what was undone as such', async () => {
      const resident = await app.resident();
      await counter.bought(resident, '300.00');
      await counter.taken(resident, 100, 'CON');
      const slip = await counter.taken(resident, 50, 'CON');
      expect((await counter.undo('redemptions', slip.id)).status).toBe(200);
      const [header, ...lines] = await linesOf(`/merchants/${shop.id}/today/file?format=csv`, clerk);
      expect(header).toBe('时间,记分或收分,顾客,手机尾号,小票号或商品,金额,积分,积分种类,状态,经手人');
      expect(lines).toHaveLength(3);
      expect(lines[0]).toMatch(/,记分,.*,300\.00,300,CON,已记分,/);
      expect(lines[1]).toMatch(/,收分,.*,50,CON,已撤销,/);
      expect(lines[2]).toMatch(/,收分,.*,洗衣液 1 瓶,,100,CON,已收分,/);
      const empty = await linesOf(`/merchants/${shop.id}/today/file?format=csv&day=2026-01-01`, clerk);
      expect(empty).toEqual([header]);
    });

    it('of prices has what the wall behind the till says', async () => {
      const lines = await linesOf(`/merchants/${shop.id}/prices/file?format=csv`, clerk);
      expect(lines[0]).toBe('项目,内容,数目');
      expect(lines.join('\n')).toContain('消费 100.00 元,得 CON 积分,100');
      expect(lines.join('\n')).toContain('CON 积分 100 分,抵多少元,1.00');
    });

    it('stands in the access log, each by its own name', async () => {
      const { accessLog: t } = app.engine.tables;
      const rows = await app.engine.db.select().from(t).where(like(t.action, 'export')).orderBy(desc(t.id));
      const taken = new Set(rows.map(({ subject }) => subject.split(':')[0]));
      for (const list of ['inquiries', 'budgets', 'outbox', 'merges', 'sales', 'prices'])
        expect([list, taken.has(list)]).toEqual([list, true]);
    });
  });
});
