/**
 * Estates at the end of a month, made through the real use cases: each with its firm, its houses with one resident and one
 * bill, and residents who hold points of the community and of shops. Every point goes through one clearing party.
 */
import { asc, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { demoOffsetRule, importBills } from '../../../api/fees/index.ts';
import { post, type Command } from '../../../api/ledger/index.ts';
import { addPlace, importRoster, type Place, type ProductDeps } from '../../../api/places/index.ts';
import { isProblem, type Problem } from '../../../api/platform/index.ts';
import { addAgreement, addFund, publishRule, type Fund } from '../../../api/programme/index.ts';

export const BOOK = 1;

export type House = { member: string; bill: string };
export type Estate = { id: string; firm: string; houses: House[] };
export type Town = { estates: Estate[]; shops: string[]; funds: string[]; given: Given };
/** Points given, by unit. */
export type Given = { VOL: number; CON: number };

const SHOPS = 8;
const BUDGET = 1_000_000_000_000;
const COMMANDS_A_UNIT = 64;
const UNITS_AT_ONCE = 16;
/** A third of a bill of this is more than the cap of a month, so that the cap is what bounds most offsets. */
const BILL_YUAN = ['118.32', '168.00', '96.40'] as const;
/** What each resident holds: enough for the offset of the month and for some of the shopping, never for all. */
const POINTS = { VOL: 60, CON: 4_800 } as const;

export function must<T>(result: T | Problem): T {
  if (isProblem(result)) throw new Error(`refused: ${result.code} ${JSON.stringify(result.detail ?? '')}`);
  return result;
}

export async function openTown(
  deps: ProductDeps,
  { estates, houses, say }: { estates: number; houses: number; say: (line: string) => void },
): Promise<Town> {
  const add = async (parent: string, kind: Place['kind'], name: string): Promise<Place> =>
    must(await addPlace(deps, { book: BOOK, parent, kind, name }));
  const community = await add('', 'community', '社区');
  const clearing = await add(community.id, 'clearing', '结算中心');
  await publishRule(deps, {
    ...{ place: community.id, kind: 'offset', body: demoOffsetRule, validFrom: 0 },
    ...{ reason: 'drill', actor: 'drill' },
  });
  const terms = { mode: 'clearing' as const, via: clearing.id, factor: 10_000 };
  const takes = async (redeemer: string): Promise<void> => {
    must(await addAgreement(deps, { redeemer, fund: '*', terms, validFrom: 0 }));
  };
  const fundOf = async (place: string, unit: string, rateMicro: number): Promise<Fund> =>
    must(await addFund(deps, { book: BOOK, place, name: unit, unit, rateMicro, budgetReturns: true }));
  const vol = await fundOf(community.id, 'VOL', 100_000);
  const shops: Place[] = [];
  const con: Fund[] = [];
  for (let nth = 1; nth <= SHOPS; nth++) {
    const shop = await add(community.id, 'merchant', `商户${nth}`);
    await takes(shop.id);
    shops.push(shop);
    con.push(await fundOf(shop.id, 'CON', 10_000));
  }
  await bookAll(deps, community.id, [{ do: 'open', code: 'drill', name: '社区' }]);
  await bookAll(
    deps,
    community.id,
    [vol, ...con].map(({ id, unit }): Command => ({ do: 'budget', fund: id, unit, amount: BUDGET })),
  );
  const made: Estate[] = [];
  for (let nth = 1; nth <= estates; nth++) {
    const estate = await add(community.id, 'estate', `${nth}号小区`);
    const firm = await add(estate.id, 'firm', `${nth}号物业`);
    await takes(firm.id);
    made.push({ id: estate.id, firm: firm.id, houses: await housesOf(deps, estate, houses, nth) });
    if (nth % 20 === 0) say(`${nth} of ${estates} estates are there`);
  }
  const members = made.flatMap((estate) => estate.houses.map(({ member }) => member));
  await bookAll(deps, community.id, creditsOf(members, vol, con, deps.clock()));
  const given = { VOL: POINTS.VOL * members.length, CON: POINTS.CON * members.length };
  return { estates: made, shops: shops.map(({ id }) => id), funds: [vol, ...con].map(({ id }) => id), given };
}

async function housesOf(deps: ProductDeps, estate: Place, count: number, nth: number): Promise<House[]> {
  const rooms = Array.from({ length: count }, (_, at) => {
    const room = `${String(Math.floor((at % 60) / 2) + 1).padStart(2, '0')}0${(at % 2) + 1}`;
    return { building: Math.floor(at / 60) + 1, room };
  });
  const phone = (at: number): string => `13${String(nth).padStart(3, '0')}${String(at).padStart(6, '0')}`;
  const roster = rooms.map(
    ({ building, room }, at) => `${estate.name},${building},1,${room},住户${at},${phone(at)},业主,,`,
  );
  const file = (name: string, lines: readonly string[]) => ({
    source: Buffer.from(lines.join('\n')),
    fileName: name,
  });
  const header = '小区,楼栋,单元,房号,姓名,手机,与房屋关系,起始日期,截止日期';
  const taken = must(
    await importRoster(deps, {
      ...{ estate: estate.id, file: file('roster.csv', [header, ...roster]), dryRun: false },
      ...{ actor: 'person:drill', confirmed: ['new-houses', 'shared-phones'] },
    }),
  );
  assertWhole(taken, count);
  const bills = rooms.map(
    ({ building, room }, at) =>
      `${building}-1-${room},物业服务费,2026-06,${BILL_YUAN[at % BILL_YUAN.length]}`,
  );
  const billed = must(
    await importBills(deps, {
      ...{ estate: estate.id, dryRun: false, actor: 'person:drill', confirmed: [] },
      file: file('bills.csv', ['房号,收费项目,计费月份,应收金额', ...bills]),
    }),
  );
  assertWhole(billed, count);
  const { bills: b, residencies: r } = deps.engine.tables;
  return deps.engine.db
    .select({ member: r.person, bill: b.id })
    .from(b)
    .innerJoin(r, eq(r.house, b.house))
    .where(eq(b.estate, estate.id))
    .orderBy(asc(b.id));
}

function assertWhole(report: { rejected: readonly unknown[] }, rows: number): void {
  if (report.rejected.length === 0) return;
  throw new Error(`a file of ${rows} rows was not taken in whole: ${JSON.stringify(report).slice(0, 400)}`);
}

function* creditsOf(
  members: readonly string[],
  vol: Fund,
  con: readonly Fund[],
  now: number,
): Generator<Command> {
  for (const [at, member] of members.entries()) {
    for (const [fund, amount] of [
      [vol, POINTS.VOL],
      [con[at % con.length], POINTS.CON],
    ] as const) {
      if (!fund) continue;
      const { id, unit, rateMicro, budgetReturns } = fund;
      const series = { expiresAt: now + (unit === 'VOL' ? 500 : 300) * 86_400_000, rateMicro, budgetReturns };
      yield { do: 'credit', member, fund: id, unit, amount, series };
    }
  }
}

/** Posts commands in units of many, several at once. */
async function bookAll(deps: ProductDeps, place: string, commands: Iterable<Command>): Promise<void> {
  const all = [...commands];
  let from = 0;
  const lane = async (): Promise<void> => {
    while (from < all.length) {
      const unit = all.slice(from, (from += COMMANDS_A_UNIT));
      const key = uuid();
      const ask = { book: BOOK, scope: 'town', key, request: ['town', key] };
      must(await post(deps, ask, { actor: 'drill', place, commands: unit }));
    }
  };
  await Promise.all(Array.from({ length: UNITS_AT_ONCE }, lane));
}
