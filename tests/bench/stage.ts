/**
 * What every posting case plays on: a book with its places, the demo programme's purchase rule, funds with budgets and
 * members with points, all made through the real use cases and the journal a month before the measuring begins.
 */
import { v7 as uuid } from 'uuid';
import { createSystemKey, personRow } from '../../api/identity/index.ts';
import { post, promiseAsset, type Command } from '../../api/ledger/index.ts';
import { addPlace, type PlaceKind, type ProductDeps } from '../../api/places/index.ts';
import { isProblem, type Actor, type Problem } from '../../api/platform/index.ts';
import {
  addAgreement,
  addFund,
  approveBudget,
  demoPurchaseRule,
  publishRule,
  requestBudget,
  seriesTermsFor,
  type Fund,
} from '../../api/programme/index.ts';
import { startServer } from './bench-server.ts';
import type { Site } from '../support/sites.ts';

export type Scale = { members: number; spenders: number; expiring: number };
export type Stage = {
  token: string;
  place: string;
  merchants: string[];
  /** Ledger funds that `post` draws on, each by its own members. */
  funds: string[];
  /** The one that all members of `hot` draw on. */
  hotFund: string;
  members: string[];
  /** Each holds seven series of one merchant's points. */
  spenders: string[];
  buyers: string[];
  /** Each holds a series that ends soon. */
  expiring: string[];
};

export const BOOK = 1;
/** What the funds give, of which systems post entries. */
export const UNIT = 'VOL';
const DAY_MS = 86_400_000;
const MONTH_MS = 31 * DAY_MS;
const FUNDS = 64;
const MERCHANTS = 23;
const SERIES_HELD = 7;
const POINTS_A_SERIES = 200;
const BUDGET = 1_000_000_000_000;
const COMMANDS_A_UNIT = 64;
const UNITS_AT_ONCE = 16;

/** Live while everything else is measured; ended by the clock of the server that `expiry` runs on. */
const endingSeries = (now: number) => ({
  expiresAt: (Math.floor(now / DAY_MS) + 2) * DAY_MS,
  rateMicro: 100_000,
  budgetReturns: true,
});
export const AFTER_THE_END_MS = 3 * DAY_MS;

function must<T>(result: T | Problem): T {
  if (isProblem(result)) throw new Error(`the stage was refused: ${result.code}`);
  return result;
}

function person(): Actor {
  return { kind: 'person', person: uuid(), roles: [] };
}

export async function buildStage(site: Site, scale: Scale, now: number): Promise<Stage> {
  const clock = (): number => now - MONTH_MS;
  const server = await startServer(site, { clock, logLevel: 'silent' });
  try {
    const { deps } = server;
    const [maker, checker] = [person(), person()];
    const add = async (parent: string, kind: PlaceKind, name: string): Promise<string> =>
      must(await addPlace(deps, { book: BOOK, parent, kind, name })).id;
    const street = await add('', 'street', '街道');
    await book(deps, street, [{ do: 'open', code: 'bench', name: '街道' }]);
    const community = await add(street, 'community', '社区');
    const place = await add(community, 'estate', '小区');
    const clearing = await add(street, 'clearing', '结算中心');
    const terms = { mode: 'clearing' as const, via: clearing, factor: 10_000 };
    const rule = { place: community, kind: 'purchase' as const, body: { ...demoPurchaseRule } };
    must(await publishRule(deps, { ...rule, validFrom: clock(), reason: '量速度', actor: maker }));
    const merchants: string[] = [];
    const merchantFunds: Fund[] = [];
    for (let nth = 1; nth <= MERCHANTS; nth++) {
      const merchant = await add(community, 'merchant', `商户 ${nth}`);
      merchants.push(merchant);
      merchantFunds.push(await fundOf(deps, { merchant, maker, checker }));
      must(await addAgreement(deps, { redeemer: merchant, fund: '*', terms, validFrom: clock() }));
    }
    const stage: Stage = {
      token: await keyFor(deps, clock()),
      place,
      merchants,
      funds: uuids(FUNDS),
      hotFund: uuid(),
      members: uuids(scale.members),
      spenders: uuids(scale.spenders),
      buyers: uuids(scale.spenders),
      expiring: uuids(scale.expiring),
    };
    await addPeople(deps, { place, ids: [...stage.spenders, ...stage.buyers] });
    const funds = [...stage.funds, stage.hotFund];
    await book(
      deps,
      place,
      funds.map((fund) => ({ do: 'budget', fund, unit: UNIT, amount: BUDGET })),
    );
    await book(deps, place, [...firstMovements(stage), ...holdings(stage, merchantFunds, now)]);
    return stage;
  } finally {
    await server.stop();
  }
}

/** Every member's position with the funds of `post` and `hot`, so that no case pays for opening them. */
function* firstMovements(stage: Stage): Generator<Command> {
  for (const [i, member] of stage.members.entries()) {
    for (const fund of [fundOfMember(stage, i), stage.hotFund]) {
      const of = { counterparty: '', asset: promiseAsset(UNIT, fund) };
      const owed = { ...of, owner: fund, role: 'owed' as const, amount: 1 };
      const debt = { ...of, owner: member, role: 'debt' as const, amount: -1 };
      yield { do: 'post', kind: 'claim', entries: [owed, debt] };
    }
  }
}

function* holdings(stage: Stage, merchantFunds: readonly Fund[], now: number): Generator<Command> {
  for (const [i, member] of stage.spenders.entries()) {
    const fund = merchantFunds[i % merchantFunds.length];
    if (!fund) continue;
    for (let later = 1; later <= SERIES_HELD; later++) {
      const series = seriesTermsFor(fund, { bucket: 'month', later }, { earnedAt: now, givenAt: now });
      yield { do: 'credit', member, fund: fund.id, unit: fund.unit, amount: POINTS_A_SERIES, series };
    }
  }
  const series = endingSeries(now);
  for (const [i, member] of stage.expiring.entries()) {
    yield { do: 'credit', member, fund: fundOfMember(stage, i), unit: UNIT, amount: 10, series };
  }
}

export function fundOfMember({ funds }: Stage, member: number): string {
  return funds[member % funds.length] ?? '';
}

async function fundOf(
  deps: ProductDeps,
  { merchant, maker, checker }: { merchant: string; maker: Actor; checker: Actor },
): Promise<Fund> {
  const terms = { unit: demoPurchaseRule.unit, rateMicro: 10_000, budgetReturns: true };
  const fund = must(await addFund(deps, { ...terms, book: BOOK, place: merchant, name: '消费积分经费' }));
  const asked = { fund: fund.id, amount: BUDGET, basis: '会议纪要', actor: maker };
  const budget = must(await requestBudget(deps, asked)).id;
  must(await approveBudget(deps, { budget, actor: checker, key: budget, scope: `place:${merchant}` }));
  return fund;
}

async function keyFor({ engine }: ProductDeps, now: number): Promise<string> {
  const scopes = ['ledger:write', 'ledger:read', 'shop:write', 'shop:spend'] as const;
  const { token } = await createSystemKey(engine, {
    ...{ id: uuid(), name: 'bench', scopes, book: BOOK, place: '', createdBy: 'bench', now },
  });
  return token;
}

/** Members of the place, because a till may name only people whom its book knows. */
async function addPeople(
  { engine, clock }: ProductDeps,
  { place, ids }: { place: string; ids: readonly string[] },
): Promise<void> {
  const { people, roles } = engine.tables;
  const held = { role: 'member', place, validFrom: clock(), validTo: null, grantedBy: 'bench' };
  for (let from = 0; from < ids.length; from += 1_000) {
    const some = ids.slice(from, from + 1_000);
    const rows = some.map((id, i) => {
      const tail = String(from + i).padStart(8, '0');
      return personRow({ id, name: `居民${from + i}`, phone: `138${tail}` }, clock());
    });
    await engine.db.insert(people).values(rows);
    await engine.db.insert(roles).values(some.map((person) => ({ ...held, id: uuid(), person })));
  }
}

/** Posts commands in units of many, several at once. */
async function book(deps: ProductDeps, place: string, commands: Iterable<Command>): Promise<void> {
  const all = [...commands];
  const units: Command[][] = [];
  for (let from = 0; from < all.length; from += COMMANDS_A_UNIT) {
    units.push(all.slice(from, from + COMMANDS_A_UNIT));
  }
  const booking = units.values();
  const lane = async (): Promise<void> => {
    for (const unit of booking) {
      const key = uuid();
      const ask = { book: BOOK, scope: 'stage', key, request: ['stage', key] };
      must(await post(deps, ask, { actor: 'stage', place, commands: unit }));
    }
  };
  await Promise.all(Array.from({ length: UNITS_AT_ONCE }, lane));
}

function uuids(count: number): string[] {
  return Array.from({ length: count }, () => uuid());
}
