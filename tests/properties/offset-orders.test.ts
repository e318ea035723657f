/**
 * Protects: whatever comes first — bills issued anew, cancelled or paid in cash, offsets of one or of a whole family made,
 * cancelled, handed over, posted, returned, run out or reversed, in two estates of one firm — no point and no fen is lost or
 * made, nobody has less than nothing, the rows say what the ledger says, and the firm's documents are 1 to n of its month.
 */
import fc from 'fast-check';
import { and, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, expect, it } from 'vitest';
import {
  cancelOffset,
  countOffsets,
  exportOffsets,
  importPostedList,
  quoteForBill,
  releaseEndedOffsets,
  resolveBreak,
} from '../../api/fees/index.ts';
import { seenOf } from '../../api/fees/quote-offset.ts';
import { balancesOf, tallyTotals, verify, type Posted } from '../../api/ledger/index.ts';
import { addPlace, type ImportReport } from '../../api/places/index.ts';
import { isProblem, type Problem } from '../../api/platform/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { startApp } from '../support/app.ts';
import { withSqlite } from '../support/database.ts';
import { fileOf, givePoints, ok, takeRoster } from '../support/fees-world.ts';
import { householdsOf, openHouseholds, type Households } from '../support/households.ts';
import { CLERK, POSTED_HEADER } from '../support/june-month.ts';
import { checkDocuments } from './offset-documents.ts';
import { acceptOpen, expectRoom, offsetsOf, type Made, type State } from './offsets-made.ts';
import { issue } from './issue-bill.ts';
import {
  PAID_MEANWHILE,
  POSTED_AND_REVERSED,
  RETURNED,
  step,
  TOGETHER,
  TWO_OF_A_LINE,
  type Step,
} from './offset-steps.ts';

const DAY_MS = 86_400_000;
/** What points of the demo's funds are worth of a bill, and what their funds owe for them: the same, in micro-yuan. */
const WORTH: Readonly<Record<string, number>> = { CON: 10_000, VOL: 100_000 };
const GIVEN = [
  { con: 900, vol: 3 },
  { con: 2_500, vol: 0 },
  { con: 0, vol: 120 },
] as const;

const EXAMPLES = [POSTED_AND_REVERSED, RETURNED, TWO_OF_A_LINE, PAID_MEANWHILE].map((one): [Step[]] => [one]);
const WANTED = [
  ...['pay', 'pay together', 'issue', 'cash', 'cancel', 'posted', 'returned', 'reversed'],
  ...['accept by 1', 'accept by 2'],
];

/** Of the two estates; people have a home in each. */
let worlds: Households[];
/** How often each kind of step did something, over all runs: a property of nothing proves nothing. */
const did = new Map<string, number>();
const checks: ((when: Step | string) => Promise<void>)[] = [];

beforeAll(async () => {
  const world = await openHouseholds(await startApp(await withSqlite()), ['0001']);
  world.inJune();
  const { deps, app, community, firm } = world;
  const place = { book: 1, parent: community.id, kind: 'estate' as const, name: '和泰苑' };
  const estate = ok(await addPlace(deps, place));
  const row = { id: uuid(), version: 1, estate: estate.id, firm: firm.id, since: '2026-01-01', until: null };
  const said = { reason: 'x', namedBy: 'test', createdAt: 0 };
  await app.engine.db.insert(app.engine.tables.estateFirms).values({ ...row, ...said });
  worlds = [world, await householdsOf({ ...world, estate }, ['0001'])];
});

it('points and yuan are the same before and after, in whatever order things come', async () => {
  let room = 1;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 22 }), async (steps) => {
      await play(String((room += 1)).padStart(4, '0'), steps);
    }),
    // Who shrinks to the end is timed out, and says no seed.
    { numRuns: 10, interruptAfterTimeLimit: 60_000, examples: EXAMPLES },
  );
  // In the end the time of what nobody posted is over: it goes back to whoever gave it.
  const [{ app, deps }] = worlds as [Households];
  app.clock.now += 90 * DAY_MS;
  for (const { estate } of worlds) await releaseEndedOffsets(deps, estate.id);
  for (const check of checks) await check('in the end');
  expect((await verify(app.engine, productChecks)).findings).toEqual([]);
  await checkDocuments(
    app.engine,
    worlds.map(({ estate }) => estate),
  );
  for (const what of WANTED) expect([what, did.get(what) ?? 0]).not.toEqual([what, 0]);
});

async function play(room: string, steps: readonly Step[]): Promise<void> {
  const [world] = worlds as [Households];
  const { app, deps, firm } = world;
  const houses: string[] = [];
  for (const [home, one] of worlds.entries()) {
    await takeRoster(one, [`3,2,${room},户主${room},,业主,,`]);
    await issue(worlds[home]!, room, '118.32', '0.00');
    houses.push(await one.houseOf(room));
  }
  const members: string[] = [];
  for (const points of GIVEN) {
    const person = await app.resident({ role: 'member', place: world.estate.id });
    await givePoints(world, person, points);
    for (const one of worlds) {
      await one.moveIn(person, room, 'family');
      await one.agree(person, room);
    }
    members.push(person);
  }
  const owedBefore = await owedToFirm();
  let owed = 0;
  checks.push(check);
  const by = (person: string) => ({ kind: 'person' as const, person, roles: [] });
  const ask = () => ({ key: uuid(), scope: `place:${world.estate.id}` });
  const estateOf = ({ home }: { home: number }) => worlds[home]!.estate.id;

  for (const one of [TOGETHER, ...steps]) {
    app.clock.now += 60_000;
    const made = await offsetsOf(app.engine, houses);
    await take(one, made);
    await check(one);
  }
  // The report's sums grow in between, as its jobs do it.
  await countOffsets(app.engine, { book: 1 });

  async function take(one: Step, made: readonly Made[]): Promise<void> {
    const in_ = (state: State) => made.filter((each) => each.state === state);
    const pick = (from: readonly Made[], nth: number) => from[nth % Math.max(1, from.length)];
    switch (one.do) {
      case 'pay': {
        const bill = await openBill(houses[one.home]!);
        const member = members[one.who]!;
        const asked = { bill: bill?.id ?? '', member, together: one.together };
        const most = await quoteForBill(deps, asked);
        if (isProblem(most)) return;
        const wantedFen = Math.max(1, Math.floor((most.quote.valueFen * one.thousandths) / 1_000));
        const quoted = await quoteForBill(deps, { ...asked, wantedFen });
        if (isProblem(quoted)) return;
        const seen = seenOf(quoted);
        const done = await world.confirm({ bill: bill!.id, member, valueFen: quoted.quote.valueFen, seen });
        note(seen === undefined ? 'pay' : 'pay together', done);
        return;
      }
      case 'issue': {
        const paidFen = Math.floor((one.amountFen * one.paidInThousand) / 1_000);
        note(
          'issue',
          await issue(worlds[one.home]!, room, (one.amountFen / 100).toFixed(2), (paidFen / 100).toFixed(2)),
        );
        return;
      }
      case 'cash': {
        const bill = await openBill(houses[one.home]!);
        if (!bill) return;
        const paidFen = Math.floor((bill.amountFen * one.paidInThousand) / 1_000);
        note(
          'cash',
          await issue(worlds[one.home]!, room, (bill.amountFen / 100).toFixed(2), (paidFen / 100).toFixed(2)),
        );
        return;
      }
      case 'accept': {
        const people = ['accountant', 'second'].slice(0, one.people).map(by);
        if (await acceptOpen(deps, { estate: estateOf(one), houses, people }))
          note(`accept by ${one.people}`);
        return;
      }
      case 'cancel-bill':
        note('cancel bill', await issue(worlds[one.home]!, room, '', ''));
        return;
      case 'cancel': {
        const offset = pick(made, one.which);
        if (offset)
          note('cancel', await cancelOffset(deps, { offset: offset.id, actor: by(members[0]!), ...ask() }));
        return;
      }
      case 'hand-over':
        await exportOffsets(deps, { estate: estateOf(one), actor: CLERK, ...ask() });
        return;
      case 'list': {
        const offset = pick(in_('exported'), one.which);
        if (!offset) return;
        const listed = one.all ? in_('exported').filter(({ home }) => home === offset.home) : [offset];
        const once = listed.map(({ number, valueFen }) => {
          const yuan = ((valueFen + one.moreFen) / 100).toFixed(2);
          return `${number},3-2-${room},物业服务费,202606,${yuan},2026-06-20,${one.says},${uuid()}`;
        });
        const rows = one.twice === true ? once.flatMap((row) => [row, row]) : once;
        const file = fileOf([POSTED_HEADER, ...rows, ''].join('\n'), 'posted.csv');
        await importPostedList(deps, { estate: estateOf(offset), file, actor: CLERK, dryRun: false });
        for (const { id, home } of listed) await expectRoom(app.engine, { offset: id, house: houses[home]! });
        return;
      }
      case 'release': {
        const { breaks: t } = app.engine.tables;
        const rows = await app.engine.db
          .select({ id: t.id })
          .from(t)
          .where(and(eq(t.estate, estateOf(one)), eq(t.state, 'open'), eq(t.kind, 'returned')));
        const of = { resolution: 'release' as const, comment: '物业退回', actor: CLERK };
        for (const { id } of rows) await resolveBreak(deps, { break: id, ...of, ...ask() });
        return;
      }
      case 'reverse': {
        const offset = pick(in_('posted'), one.which);
        if (!offset) return;
        const yuan = (offset.valueFen / 100).toFixed(2);
        const row = `${offset.number},3-2-${room},物业服务费,202606,${yuan},2026-06-20,已退回,${uuid()}`;
        const file = fileOf([POSTED_HEADER, row, ''].join('\n'), 'back.csv');
        await importPostedList(deps, { estate: estateOf(offset), file, actor: CLERK, dryRun: false });
        const again = fileOf([POSTED_HEADER, row.replace(/[^,]*$/, uuid()), ''].join('\n'), 'again.csv');
        await importPostedList(deps, { estate: estateOf(offset), file: again, actor: CLERK, dryRun: false });
        const { breaks: t } = app.engine.tables;
        const rows = await app.engine.db
          .select({ id: t.id })
          .from(t)
          .where(and(eq(t.offset, offset.id), eq(t.state, 'open'), eq(t.proposal, 'reverse')));
        const of = { resolution: 'reverse' as const, comment: '物业退回' };
        for (const { id } of rows)
          for (const person of ['accountant', 'second'])
            note('reverse', await resolveBreak(deps, { break: id, ...of, actor: by(person), ...ask() }));
      }
    }
  }

  async function check(one: Step | string): Promise<void> {
    const made = await offsetsOf(app.engine, houses);
    for (const { state } of made) did.set(state, (did.get(state) ?? 0) + 1);
    const isOpen = ({ state }: Made) => state === 'held' || state === 'exported';
    const isTaken = ({ state }: Made) => state === 'posted';
    for (const [nth, member] of members.entries()) {
      const has = await world.pointsOf(member);
      const of = (some: readonly Made[], unit: string) =>
        some
          .flatMap(({ parts }) => parts)
          .filter((part) => part.member === member)
          .reduce((sum, { points }) => sum + (points[unit] ?? 0), 0);
      for (const unit of ['CON', 'VOL']) {
        const given = GIVEN[nth]![unit.toLowerCase() as 'con' | 'vol'];
        const held = of(made.filter(isOpen), unit);
        expect([one, unit, has[`held ${unit}`] ?? 0]).toEqual([one, unit, held]);
        const left = given - held - of(made.filter(isTaken), unit);
        expect([one, unit, has[`available ${unit}`] ?? 0]).toEqual([one, unit, left]);
        expect(left).toBeGreaterThanOrEqual(0);
      }
    }
    const { breaks: b } = app.engine.tables;
    const open = await app.engine.db.select().from(b).where(eq(b.state, 'open'));
    const told = open.flatMap(({ offset, kind }) => (kind === 'duplicate' ? [] : (offset ?? [])));
    expect(new Set(told).size).toBe(told.length);
    for (const { valueFen, parts } of made) {
      const worth = parts
        .flatMap(({ points }) => Object.entries(points))
        .reduce((sum, [unit, points]) => sum + points * WORTH[unit]!, 0);
      expect(worth).toBe(valueFen * 10_000);
    }
    const sumFen = (some: readonly Made[]) => some.reduce((sum, { valueFen }) => sum + valueFen, 0);
    owed = typeof one === 'string' ? owed : (await owedToFirm()) - owedBefore;
    expect(owed).toBe(sumFen(made.filter(isTaken)) * 10_000);
    const caps = houses.map((house) => `offset:${house}:2026-06`);
    const counted = await tallyTotals(app.engine, { book: 1, keys: caps });
    for (const [home, cap] of caps.entries()) {
      const counts = made.filter((each) => each.home === home && (isOpen(each) || isTaken(each)));
      expect(counted.get(cap)).toBe(sumFen(counts));
    }
  }

  async function owedToFirm(): Promise<number> {
    const all = await balancesOf(app.engine, { book: 1, owner: firm.id });
    return all.filter(({ role }) => role === 'receivable').reduce((sum, { balance }) => sum + balance, 0);
  }
}

function note(what: string, done?: Posted | { offset: string } | ImportReport | Problem): void {
  if (done === undefined || !isProblem(done)) did.set(what, (did.get(what) ?? 0) + 1);
}

async function openBill(house: string): Promise<{ id: string; amountFen: number } | undefined> {
  const { engine } = worlds[0]!.app;
  const { bills: t } = engine.tables;
  const [row] = await engine.db
    .select({ id: t.id, amountFen: t.amountFen })
    .from(t)
    .where(and(eq(t.house, house), eq(t.state, 'open')));
  return row;
}
