/** A small demo estate on both engines: whole books, the worked month, the planted breaks, and the one-tap switch. */
import { and, asc, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { DEMO_PASSWORD } from '../../api/demo/crew.ts';
import { FULL_SIZE, seedDemo, type DemoSize, type Made } from '../../api/demo/seed.ts';
import { importPostedList, quoteForBill } from '../../api/fees/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { isProblem } from '../../api/platform/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { memberPoints } from '../../api/programme/index.ts';
import { codeOf, startApp, type TestApp } from '../support/app.ts';
import { eachEngine, withSqlite } from '../support/database.ts';

const SMALL: DemoSize = { houses: 24, people: 56, shops: 4 };
const BOOK = 1;
const june = Date.parse('2026-06-20T12:00+08:00');

async function seeded(
  engine: Engine,
  now: number,
  { seed = 'a', size = SMALL }: { seed?: string; size?: DemoSize } = {},
): Promise<{ app: TestApp; made: Made }> {
  const app = await startApp(engine);
  const setClock = (at: number) => void (app.clock.now = at);
  const made = await seedDemo(app.server.deps, { seed, now, size, setClock, report: () => undefined });
  return { app, made };
}

const personOf = (made: Made, who: string) => made.people.find((person) => person.who === who)!.person;

async function rootOf(engine: Engine): Promise<string> {
  const report = await verify(engine, productChecks);
  expect(report.findings).toEqual([]);
  return report.books[0]!.root;
}

/** What the volunteer could offset of her newest bill of the property fee. */
async function quote({ app, made }: { app: TestApp; made: Made }, period: string) {
  const { bills, houses } = app.engine.tables;
  const [bill] = await app.engine.db
    .select({ id: bills.id })
    .from(bills)
    .innerJoin(houses, eq(houses.id, bills.house))
    .where(
      and(
        ...[eq(houses.building, '3'), eq(houses.unit, '2'), eq(houses.room, '0501')],
        ...[eq(bills.item, '物业服务费'), eq(bills.period, period), eq(bills.state, 'open')],
      ),
    );
  const quoted = await quoteForBill(app.server.deps, { bill: bill!.id, member: personOf(made, 'volunteer') });
  if (isProblem(quoted)) throw new Error(quoted.code);
  return quoted;
}

async function offsettable(estate: { app: TestApp; made: Made }, period: string) {
  const { bill, quote: found } = await quote(estate, period);
  const takes = found.takes.map(({ points, unit }) => `${points} ${unit}`);
  return {
    amountFen: bill.amountFen,
    valueFen: found.valueFen,
    toPayFen: found.toPayFen,
    takes: takes.sort(),
  };
}

const WORKED = { amountFen: 11_832, valueFen: 3_549, toPayFen: 8_283, takes: ['3189 CON', '36 VOL'] };

/** Of each engine once, for all tests that only read it. */
const made = new Map<Engine['kind'], { app: TestApp; made: Made }>();

eachEngine((_, open) => {
  let estate: { app: TestApp; made: Made };
  beforeAll(async () => {
    estate = await seeded(await open(), june);
    made.set(estate.app.engine.kind, estate);
  });

  it('the volunteer can offset 35.49 of 118.32 with what the worked month left her', async () => {
    const input = { book: BOOK, member: personOf(estate.made, 'volunteer'), now: june };
    const points = await memberPoints(estate.app.engine, input);
    expect(points.map(({ unit, available }) => [unit, available])).toEqual([
      ['CON', 3_189],
      ['VOL', 36],
    ]);
    expect(await offsettable(estate, '2026-06')).toEqual(WORKED);
  });

  it('the list left for the accountant holds a break of each kind', async () => {
    const { app, made } = estate;
    const fileName = '入账清单-2026-05.xlsx';
    const source = made.files.get(fileName)!;
    const report = await importPostedList(app.server.deps, {
      ...{ estate: made.estate, file: { source, fileName }, dryRun: true },
      actor: `person:${personOf(made, 'accountant')}`,
    });
    if (isProblem(report)) throw new Error(report.code);
    expect(
      report.reconciliation.breaks.map(({ kind, offset }) => [offset?.number ?? '', kind]).sort(),
    ).toEqual([
      ['', 'missing-here'],
      ['DK-2605-0002', 'missing-there'],
      ['DK-2605-0003', 'amount'],
      ['DK-2605-0004', 'duplicate'],
      ['DK-2605-0005', 'wrong-period'],
      ['DK-2605-0006', 'wrong-house'],
      ['DK-2605-0007', 'reissued'],
      ['DK-2605-0008', 'paid-first'],
      ['DK-2605-0009', 'returned'],
    ]);
  });
});

const early = () => made.get('sqlite')!;

it('the same seed and time make books with the same root on both engines, in which verify finds nothing', async () => {
  const [one, other] = [...made.values()];
  expect(await rootOf(one!.app.engine)).toBe(await rootOf(other!.app.engine));
  expect(made.size).toBe(2);
});

describe('whatever the day', () => {
  it('a later day adds to the same history; when the 25th is past, next month’s bill is there to offset', async () => {
    const late = await seeded(await withSqlite(), Date.parse('2026-06-29T09:00+08:00'));
    const hashes = async ({ db, tables: { transactions: t } }: Engine) =>
      (await db.select({ hash: t.hash }).from(t).orderBy(asc(t.id))).map(({ hash }) => String(hash));
    const before = await hashes(early().app.engine);
    const after = await hashes(late.app.engine);
    expect(after.length).toBeGreaterThan(before.length);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(await offsettable(late, '2026-07')).toEqual(WORKED);
  });

  it('in the first minute of a year, under another seed, the worked offset can be made', async () => {
    const newYear = await seeded(await withSqlite(), Date.parse('2027-01-01T00:01+08:00'), { seed: 'b' });
    expect(await offsettable(newYear, '2027-01')).toEqual(WORKED);
    expect(await rootOf(newYear.app.engine)).not.toBe(await rootOf(early().app.engine));
  });
});

it('in its full size, as `npm run demo` makes it, the books are whole', async () => {
  const whole = await seeded(await withSqlite(), june, { seed: 'hemeiyuan', size: FULL_SIZE });
  expect(whole.made.people.map(({ who }) => who)).toContain('checker');
  await rootOf(whole.app.engine);
}, 120_000);

describe('the one-tap switch', () => {
  function served(isDemo: boolean): Promise<TestApp> {
    const { made, app } = early();
    const files = [...made.files.keys()];
    const readFile = (name: string) => Promise.resolve(made.files.get(name)!);
    const demo = { people: made.people, password: DEMO_PASSWORD, files, readFile };
    return startApp(app.engine, isDemo ? { demo } : {});
  }

  it('signs in as any of the five, with the session that the password would have given', async () => {
    const { made } = early();
    const app = await served(true);
    const shown = (await (await app.request('/api/v1/demo')).json()) as { people: { who: string }[] };
    expect(shown.people.map(({ who }) => who)).toEqual([
      'volunteer',
      'clerk',
      'accountant',
      'staff',
      'auditor',
    ]);
    for (const { who } of shown.people) {
      const answer = await app.request('/api/v1/demo/sign-in', { json: { who } });
      expect(answer.status).toBe(200);
      const cookie = answer.headers.getSetCookie().map((each) => each.split(';')[0]);
      const me = await app.request('/api/v1/me', { headers: { cookie: cookie.join('; ') } });
      expect(await me.json()).toMatchObject({ person: { id: personOf(made, who) } });
    }
    const other = await app.request('/api/v1/demo/sign-in', {
      json: { who: 'staff' },
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(await codeOf(other)).toBe('cross-site');
  });

  it('gives the sample files, and no other', async () => {
    const { made } = early();
    const app = await served(true);
    const [name = '', bytes] = [...made.files][0]!;
    const file = await app.request(`/api/v1/demo/files/${encodeURIComponent(name)}`);
    expect(Buffer.from(await file.arrayBuffer()).equals(Buffer.from(bytes!))).toBe(true);
    const secret = await app.request(`/api/v1/demo/files/${encodeURIComponent('../secret')}`);
    expect(secret.status).toBe(404);
  });

  it('is not there when the server was not started by the demo', async () => {
    const app = await served(false);
    expect((await app.request('/api/v1/demo')).status).toBe(404);
    const tried = await app.request('/api/v1/demo/sign-in', { json: { who: 'auditor' } });
    expect(tried.status).toBe(404);
  });
});
