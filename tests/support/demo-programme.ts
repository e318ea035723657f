/**
 * The demo programme of the documentation on a fresh database, laid down through the real use cases: places, a book, the
 * demo rules, funds whose budget two people approved, agreements through one clearing party. Tests add merchants,
 * people and points as they need them.
 */
import { v7 as uuid } from 'uuid';
import { demoOffsetRule } from '../../api/fees/index.ts';
import { closeThrough, post, type Command, type UnitBody } from '../../api/ledger/index.ts';
import { addPlace, type PlaceKind } from '../../api/places/index.ts';
import {
  isProblem,
  type PersonActor,
  type Problem,
  type Role,
  type RoleAt,
} from '../../api/platform/index.ts';
import {
  addAgreement,
  addFund,
  approveBudget,
  demoPurchaseRule,
  demoServiceRule,
  memberPoints,
  publishRule,
  requestBudget,
  type Fund,
  type UnitPoints,
} from '../../api/programme/index.ts';
import type { TestApp } from './whole-app.ts';

const VOLUNTEER_POINT_MICRO = 100_000;
const CONSUMER_POINT_MICRO = 10_000;
/** Rules and agreements are older than anything a test records. */
const SINCE = Date.parse('2026-01-01T00:00:00+08:00');
export const FAR_END = Date.parse('2028-01-01T00:00:00+08:00');

export interface Merchant {
  readonly id: string;
  /** Its own, for consumer points. */
  readonly fund: Fund;
}

export interface DemoTown {
  readonly book: number;
  readonly street: string;
  readonly community: string;
  readonly estate: string;
  readonly firm: string;
  readonly clearing: string;
  /** The community's, for volunteer points: 50,000 of them. */
  readonly volunteerFund: Fund;
  /** A merchant with a fund and an agreement through the clearing party. */
  merchant(input?: { budget?: number }): Promise<Merchant>;
  /** Somebody takes up a role; works with the next request. */
  hire(person: string, role: Role, place: string): Promise<void>;
  /** People move into one new house of the estate and are a household from then on. */
  settle(...people: readonly string[]): Promise<string>;
  /** Points that a member simply has, out of a fund's budget. */
  give(member: string, fund: Fund, points: number, expiresAt?: number): Promise<number>;
  /** Posts commands that no route offers; a refusal fails the test. Gives the transactions. */
  posted(commands: readonly Command[], more?: Partial<UnitBody>): Promise<readonly number[]>;
  /** What a member has of a unit now; all zero for one that was never moved. */
  pointsOf(member: string, unit: string): Promise<Omit<UnitPoints, 'heldFor' | 'ending' | 'unit'>>;
  /** From now on nothing posts into the month ('2026-06') of the place. */
  closeMonth(place: string, month: string): Promise<void>;
}

export function must<T>(found: T | Problem): T {
  if (isProblem(found)) throw new Error(`${found.code} ${found.detail?.en ?? ''}`);
  return found;
}

/** Somebody who acts in a use case without a sign-in. */
export function actorNamed(person: string = uuid(), ...roles: readonly RoleAt[]): PersonActor {
  return { kind: 'person', person, roles };
}

export async function demoTown(app: TestApp, book = 1): Promise<DemoTown> {
  const { deps } = app.server;
  const place = async (kind: PlaceKind, parent: string): Promise<string> =>
    must(await addPlace(deps, { book, parent, kind, name: `${kind} ${uuid()}` })).id;
  const street = await place('street', '');
  const community = await place('community', street);
  const [estate, firm] = [await place('estate', community), await place('firm', community)];
  const clearing = await place('clearing', street);
  const [asker, approver] = [actorNamed(), actorNamed()];
  const closed = new Map<string, string>();

  const posted: DemoTown['posted'] = async (commands, more = {}) => {
    const key = uuid();
    const ask = { book, scope: 'test', key, request: key };
    const done = must(await post(deps, ask, { actor: 'test', place: street, commands, ...more }));
    return done.transactions;
  };
  const fund = async (input: { place: string; unit: string; rateMicro: number; budget: number }) => {
    const { budget, ...of } = input;
    const made = must(await addFund(deps, { ...of, book, name: `fund ${uuid()}`, budgetReturns: true }));
    const asked = { fund: made.id, amount: budget, basis: '第 1 号会议纪要', actor: asker };
    const { id } = must(await requestBudget(deps, asked));
    must(await approveBudget(deps, { budget: id, key: id, scope: `place:${made.place}`, actor: approver }));
    return made;
  };
  const agreement = async (redeemer: string): Promise<void> => {
    const terms = { mode: 'clearing' as const, via: clearing, factor: 10_000 };
    must(await addAgreement(deps, { redeemer, fund: '*', terms, validFrom: SINCE }));
  };

  await posted([{ do: 'open', code: `book-${book}`, name: '测试账簿' }]);
  for (const rule of [demoServiceRule, demoPurchaseRule, demoOffsetRule]) {
    const of = { place: community, kind: rule.kind, body: { ...rule }, validFrom: SINCE };
    must(await publishRule(deps, { ...of, reason: '试点方案', actor: asker }));
  }
  await agreement(firm);
  const volunteer = { place: community, unit: 'VOL', rateMicro: VOLUNTEER_POINT_MICRO, budget: 50_000 };
  const volunteerFund = await fund(volunteer);

  return {
    book,
    street,
    community,
    estate,
    firm,
    clearing,
    volunteerFund,
    posted,
    async merchant({ budget = 150_000 } = {}) {
      const id = await place('merchant', community);
      await agreement(id);
      const consumer = { place: id, unit: 'CON', rateMicro: CONSUMER_POINT_MICRO, budget };
      return { id, fund: await fund(consumer) };
    },
    async hire(person, role, at) {
      const row = { id: uuid(), person, role, place: at, validFrom: 0, validTo: null, grantedBy: 'test' };
      await app.engine.db.insert(app.engine.tables.roles).values(row);
    },
    async settle(...people) {
      const { houses, residencies } = app.engine.tables;
      const fresh = { version: 1, createdAt: SINCE };
      const house = { id: uuid(), estate, building: '3', unit: '2', room: uuid().slice(-12), ...fresh };
      await app.engine.db.insert(houses).values(house);
      for (const person of people) {
        const row = { id: uuid(), house: house.id, person, relation: 'owner' as const, since: '2026-01-01' };
        await app.engine.db.insert(residencies).values({ ...row, until: null, ...fresh });
      }
      return house.id;
    },
    async give(member, of, points, expiresAt = FAR_END) {
      const series = { expiresAt, rateMicro: of.rateMicro, budgetReturns: of.budgetReturns };
      const credit = { do: 'credit' as const, member, fund: of.id, unit: of.unit, amount: points, series };
      const [transaction] = await posted([credit]);
      return transaction ?? 0;
    },
    async pointsOf(member, unit) {
      const units = await memberPoints(app.engine, { book, member, now: app.clock.now });
      const { available, pending, held, toSettle } = units.find((u) => u.unit === unit) ?? {
        available: 0,
        pending: 0,
        held: 0,
        toSettle: 0,
      };
      return { available, pending, held, toSettle };
    },
    async closeMonth(at, month) {
      await posted([], { place: at, tallies: [closeThrough(at, { from: closed.get(at), to: month })] });
      closed.set(at, month);
    },
  };
}
