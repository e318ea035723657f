/** Which codes are kept and for how long: a used one must still say what became of it, the others only fill the table. */
import { beforeAll, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { sweepCodes } from '../../api/shop/index.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf, type Counter } from '../support/demo-counter.ts';
import { demoTown, type DemoTown, type Merchant } from '../support/demo-programme.ts';

type Problem = { code: string; details?: { zh: string; en: string } };
const DAY_MS = 86_400_000;

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let shop: Merchant;
  let counter: Counter;
  let counterElsewhere: Counter;

  beforeAll(async () => {
    app = await startApp(await open());
    town = await demoTown(app);
    const counterAt = async ({ id }: Merchant) =>
      counterOf(app, id, await app.person({ role: 'clerk', place: id }));
    shop = await town.merchant();
    counter = await counterAt(shop);
    counterElsewhere = await counterAt(await town.merchant());
  });

  const redeem = (code: string, points: number) =>
    counter.redeem({ code, points: String(points), unit: 'CON', goods: '鸡蛋' }, { key: uuid() });
  const codesOf = async (member: string) => {
    const { codes } = app.engine.tables;
    return (await app.engine.db.select().from(codes)).filter((row) => row.member === member);
  };

  it('codes that ended unused are swept a day later; a used one stays with its receipt', async () => {
    const shopper = await app.person({ role: 'member', place: town.estate });
    await counter.bought(shopper.id, '10');
    for (let nth = 0; nth < 5; nth++) await counter.show(shopper.id);
    const mine = () => codesOf(shopper.id);
    expect(await mine()).toHaveLength(6);
    await sweepCodes(app.engine, app.clock.now);
    expect(await mine()).toHaveLength(6);
    await sweepCodes(app.engine, app.clock.now + 2 * DAY_MS);
    expect(await mine()).toMatchObject([{ usedFor: expect.stringMatching(/^purchase:/) as unknown }]);
  });

  it('a code that points were given for goes after a month; one that took points says for ever when, where and by whom', async () => {
    const shopper = await app.person({ role: 'member', place: town.estate });
    await counter.bought(shopper.id, '10');
    const shown = await counter.show(shopper.id);
    await counter.resolve(shown.link);
    expect((await redeem(shown.id, 3)).status).toBe(201);
    const mine = () => codesOf(shopper.id);
    await sweepCodes(app.engine, app.clock.now + 29 * DAY_MS);
    expect(await mine()).toHaveLength(2);
    await sweepCodes(app.engine, app.clock.now + 31 * DAY_MS);
    expect(await mine()).toMatchObject([{ id: shown.id }]);
    for (const scan of [shown.link, shown.digits]) {
      const told = (await (await counter.resolve(scan)).json()) as Problem;
      expect(told.code).toBe('code-used');
      expect(told.details?.zh).toMatch(/^已于 [\d :-]+ 在本店收过分，经手人尾号 /);
    }
    const told = (await (await counterElsewhere.resolve(shown.link)).json()) as Problem;
    expect(told.details?.zh).toMatch(/ 在别处收过分，/);
    expect(told.details?.zh).not.toContain(shop.id);
  });

  it('more codes than are swept at once are all swept, and the latest alone is live', async () => {
    const shopper = await app.person({ role: 'member', place: town.estate });
    const { codes } = app.engine.tables;
    const ended = app.clock.now - 3 * DAY_MS;
    const of = { version: 1, book: town.book, member: shopper.id, createdAt: ended, endsAt: ended };
    const rows = Array.from({ length: 1_200 }, () => ({
      ...{ ...of, id: app.server.deps.ids(), tokenHash: uuid(), digitsHash: uuid() },
    }));
    for (let at = 0; at < rows.length; at += 300)
      await app.engine.db.insert(codes).values(rows.slice(at, at + 300));
    const mine = () => codesOf(shopper.id);
    const shown = [await counter.show(shopper.id), await counter.show(shopper.id)];
    await sweepCodes(app.engine, app.clock.now);
    expect((await mine()).map(({ id }) => id).sort()).toEqual(shown.map(({ id }) => id).sort());
    expect((await mine()).filter(({ endsAt }) => endsAt > app.clock.now)).toMatchObject([
      { id: shown[1]?.id },
    ]);
  });
});
