/** What each side of a month says it comes to, read from the rows that this side alone is made of. */
import { and, count, eq, inArray, min, sql, sum } from 'drizzle-orm';
import type { Engine } from '../../../api/db/index.ts';
import type { Town } from './town.ts';

/** Fen throughout, but points where it says so. */
export type Sides = {
  /** The documents of the offsets that are posted, and of the firms' lists the rows that post. */
  documents: number;
  lists: number;
  /** What the ledger says firms and shops are owed, and what the funders owe in all. */
  firms: number;
  shops: number;
  funders: number;
  /** What shops have taken, by their redemptions. */
  redemptions: number;
  /** Points that members still have or have promised, and the worth of both in all that was given. */
  membersHave: { VOL: number; CON: number };
  spent: { VOL: number; CON: number };
  /** The least that anybody has of anything. */
  leastHeld: number;
};

const FEN_MICRO = 10_000;
/** A CON point is a fen, a VOL point ten. */
export const WORTH_FEN = { VOL: 10, CON: 1 } as const;

export async function sidesOf(engine: Engine, town: Town): Promise<Sides> {
  const firms = town.estates.map(({ firm }) => firm);
  const { offsets: o, postedRows: p, redemptions: r } = engine.tables;
  const { db } = engine;
  const [documents] = await db
    .select({ fen: sum(o.valueFen).mapWith(Number) })
    .from(o)
    .where(eq(o.state, 'posted'));
  const [lists] = await db
    .select({ fen: sum(p.amountFen).mapWith(Number) })
    .from(p)
    .where(eq(p.state, 'posted'));
  const [taken] = await db
    .select({ points: sum(r.points).mapWith(Number) })
    .from(r)
    .where(eq(r.state, 'taken'));
  const posted = await db.select({ points: o.points }).from(o).where(eq(o.state, 'posted'));
  const spent = { VOL: 0, CON: taken?.points ?? 0 };
  for (const { points } of posted) {
    spent.VOL += points['VOL'] ?? 0;
    spent.CON += points['CON'] ?? 0;
  }
  const held = await heldByMembers(engine);
  return {
    documents: documents?.fen ?? 0,
    lists: lists?.fen ?? 0,
    firms: (await micro(engine, 'receivable', firms)) / FEN_MICRO,
    shops: (await micro(engine, 'receivable', town.shops)) / FEN_MICRO,
    funders: -(await micro(engine, 'payable', town.funds)) / FEN_MICRO,
    redemptions: (taken?.points ?? 0) * WORTH_FEN.CON,
    membersHave: held.have,
    spent,
    leastHeld: held.least,
  };
}

async function micro({ db, tables }: Engine, role: string, owners: readonly string[]): Promise<number> {
  const { accounts: a, assets: s, positions: p } = tables;
  const [row] = await db
    .select({ micro: sum(p.balance).mapWith(Number) })
    .from(a)
    .innerJoin(p, eq(p.account, a.id))
    .innerJoin(s, and(eq(s.id, p.asset), eq(s.kind, 'cny6')))
    .where(and(eq(a.role, role), inArray(a.owner, [...owners])));
  return row?.micro ?? 0;
}

async function heldByMembers({ db, tables }: Engine) {
  const { accounts: a, assets: s, positions: p } = tables;
  const rows = await db
    .select({
      unit: s.unit,
      points: sum(p.balance).mapWith(Number),
      least: min(p.balance).mapWith(Number),
    })
    .from(a)
    .innerJoin(p, eq(p.account, a.id))
    .innerJoin(s, and(eq(s.id, p.asset), eq(s.kind, 'series')))
    .where(inArray(a.role, ['available', 'held']))
    .groupBy(s.unit);
  const of = (unit: string): number => rows.find((row) => row.unit === unit)?.points ?? 0;
  const least = Math.min(...rows.map((row) => row.least));
  return { have: { VOL: of('VOL'), CON: of('CON') }, least };
}

/** How many offsets stand in which state. */
export async function statesOf({ db, tables: { offsets: o } }: Engine): Promise<Record<string, number>> {
  const rows = await db
    .select({ state: o.state, n: count(sql`*`) })
    .from(o)
    .groupBy(o.state);
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

/** Every way in which the sides differ; none when the month is whole. */
export function differencesOf(sides: Sides, { given }: Pick<Town, 'given'>): string[] {
  const { documents, lists, firms, shops, funders, redemptions, membersHave, spent, leastHeld } = sides;
  const worth = spent.VOL * WORTH_FEN.VOL + spent.CON * WORTH_FEN.CON;
  const equal = (what: string, one: number, other: number): string[] =>
    one === other ? [] : [`${what}: ${one} and ${other}`];
  return [
    ...equal('offsets posted, and the firms’ lists (fen)', documents, lists),
    ...equal('offsets posted, and what firms are owed (fen)', documents, firms),
    ...equal('redemptions, and what shops are owed (fen)', redemptions, shops),
    ...equal('what funders owe, and what firms and shops are owed (fen)', funders, firms + shops),
    ...equal('what funders owe, and the points that were spent (fen)', funders, worth),
    ...equal('VOL given, and had or spent', given.VOL, membersHave.VOL + spent.VOL),
    ...equal('CON given, and had or spent', given.CON, membersHave.CON + spent.CON),
    ...(leastHeld < 0 ? [`somebody has ${leastHeld} points`] : []),
  ];
}
