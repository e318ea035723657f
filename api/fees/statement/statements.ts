/**
 * The statement of a month (月结单): worked out from the ledger, signed by two, and kept as it was when the month was
 * closed. The closing's transaction commits to its hash, so that the proof tree holds the paper as well. No names of
 * people stand in it, only their ids.
 */
import { and, count, desc, eq, gte, inArray, lt, lte, max, min } from 'drizzle-orm';
import { addedIn } from '../../attachments/index.ts';
import type { Engine } from '../../db/index.ts';
import { canonicalJson, hashCanonicalJson, lastBooked, type RowChange } from '../../ledger/index.ts';
import { firmServing, type ProductDeps } from '../../places/index.ts';
import { addMonths, dayOf, fundsById, periodOfMonth, type Month } from '../../programme/index.ts';
import { leftToCorrect } from '../breaks/left-to-correct.ts';
import { takenBackIn, writtenOffIn, type TakenBack, type WrittenOff } from '../breaks/written-off.ts';
import {
  carriedBeyond,
  openBreaksOfMonth,
  type CarriedBreaks,
  type OpenBreaksOfMonth,
} from '../open-breaks.ts';
import { accountsInForce, type AccountsInForce } from '../voucher/firm-accounts.ts';
import { lateCorrectionsIn, type LateCorrections } from './late-corrections.ts';
import type { Carried, Figures, FirmFigures, PostedRow } from './figures.ts';
import { readFigures } from './read-figures.ts';

export type Signature = { by: string; at: number };
/** Documents made in the month: how many, their first and last number, and how many of them were cancelled in it. */
export type Documents = { count: number; first: string; last: string; cancelled: number };
/** Amounts in fen, or in micro-yuan where their names say so. */
export type StatementBody = Omit<Figures, 'firms'> & {
  format: 1;
  place: { id: string; name: string };
  /** Whoever served the estate when the month ended. */
  firm: { id: string; name: string };
  /** A section for each firm that has something to settle; statements of before have none. */
  firms?: FirmSection[];
  month: Month;
  edition: number;
  readThrough: number;
  /** By id, as they were called then. */
  names: Readonly<Record<string, string>>;
  documents: Documents;
  openBreaks: OpenBreaksOfMonth;
  /** Statements of before have none. */
  carriedBreaks?: CarriedBreaks;
  /** What the firm said it would correct, and no list has shown yet. */
  toCorrect?: OpenBreaksOfMonth;
  writeOffs?: readonly WrittenOff[];
  /** What the firm posted or took back in earlier months. */
  late?: readonly LateCorrections[];
  /** Left out where there was none. */
  writeOffsTakenBack?: readonly TakenBack[];
  /** Attached in the month, by hash: whoever has a file can show that it is the one. Left out where there was none. */
  evidence?: readonly { attachment: string; sha256: string }[];
  prepared: Signature | null;
  approved: Signature | null;
};
/** `accounts`: the firm's 科目 as they were; its voucher is written with them for good. */
export type FirmSection = Omit<FirmFigures, 'firm'> & {
  firm: { id: string; name: string };
  accounts?: AccountsInForce;
};
export type KeptStatement = NonNullable<Awaited<ReturnType<typeof findStatement>>>;

type Deps = Pick<ProductDeps, 'engine' | 'places'>;
type Signed = { prepared: Signature | null; approved: Signature | null };

/**
 * As it would be kept if the month were closed now; without signatures it is a draft (初稿). It reads all that the book has
 * by then, whatever the clock of this process says: of several processes another's may be ahead.
 */
export async function workOutStatement(
  { engine, places }: Deps,
  { place, month, book, ...signed }: { place: string; month: Month; book: number } & Signed,
): Promise<StatementBody> {
  const { start, end } = periodOfMonth(month);
  const { seq: readThrough } = await lastBooked(engine, book);
  // Whoever served the estate when the month ended.
  const firm = await firmServing({ engine, places }, { estate: place, day: dayOf(end - 1) });
  const carried = await carriedFrom(engine, { place, month: addMonths(month, -1) });
  const of = { book, estate: place, firm: firm?.id, start, end, readThrough, carried };
  const { firms, ...figures } = await readFigures(engine, of);
  const span = { estate: place, from: start, to: end, readThrough };
  const late = await lateCorrectionsIn(engine, { ...span, book });
  const writeOffs = await writtenOffIn(engine, span);
  const takenBack = await takenBackIn(engine, span);
  const evidence = await addedIn(engine, { place, from: start, to: end });
  return {
    format: 1,
    ...figures,
    place: { id: place, name: (await places.find(place))?.name ?? '' },
    firm: { id: firm?.id ?? '', name: firm?.name ?? '' },
    firms: await sectionsOf(
      { engine, places },
      {
        ...{ found: firms, serving: firm?.id },
        bearing: [...writeOffs, ...takenBack],
      },
    ),
    ...{ month, edition: (await countEditions(engine, { place, month })) + 1, readThrough },
    names: await namesIn({ engine, places }, { ...figures, owed: firms.flatMap(({ owed }) => owed) }),
    documents: await documentsOf(engine, { place, start, end, readThrough }),
    openBreaks: await openBreaksOfMonth(engine, { estate: place, month }),
    carriedBreaks: await carriedBeyond(engine, { estate: place, month }),
    toCorrect: await leftToCorrect(engine, { estate: place, month }),
    ...(late.length > 0 && { late }),
    writeOffs,
    ...(evidence.length > 0 && {
      evidence: evidence.map(({ id, content }) => ({ attachment: id, sha256: content })),
    }),
    ...(takenBack.length > 0 && { writeOffsTakenBack: takenBack }),
    ...signed,
  };
}

/**
 * What the month before leaves: as its latest statement keeps it, while the month is closed and nothing can post into it.
 * Undefined where there is none; one that was kept before there were sections does not say what each firm is owed.
 */
export async function carriedFrom(
  engine: Engine,
  { place, month }: { place: string; month: Month },
): Promise<Carried | undefined> {
  const { monthStatements: t, closures: c } = engine.tables;
  const [kept] = await engine.reader
    .select({ body: t.body, state: c.state })
    .from(t)
    .innerJoin(c, eq(c.id, t.closure))
    .where(and(eq(t.place, place), eq(t.month, month)))
    .orderBy(desc(t.edition))
    .limit(1);
  if (kept?.state !== 'closed') return undefined;
  const { points, values, firms } = JSON.parse(kept.body) as StatementBody;
  if (!firms) return undefined;
  return {
    opening: {
      points: points
        .filter(({ closing }) => closing !== 0)
        .map(({ unit, fund, closing }) => ({ unit, fund, points: closing })),
      values: values
        .filter(({ counts }) => counts.closing !== 0)
        .map(({ item, closing, counts }) => ({ item, valueFen: closing, count: counts.closing })),
    },
    owedBefore: firms.flatMap(({ firm, owed }) =>
      owed.map(({ payer, closing }) => ({ firm: firm.id, payer, micro: closing })),
    ),
    carriedIn: new Map(firms.map(({ firm, settlement }) => [firm.id, settlement.carriedOutMicro])),
  };
}

/** Whoever serves the estate first; where nothing was settled, that firm alone, and each that bears what was written off. */
async function sectionsOf(
  { engine, places }: Pick<Deps, 'engine' | 'places'>,
  of: {
    found: readonly FirmFigures[];
    serving: string | undefined;
    bearing: readonly { firm: string }[];
  },
): Promise<FirmSection[]> {
  const { found, serving } = of;
  const none = { postedFen: 0, carriedInMicro: 0, capturedMicro: 0, owedFen: 0, carriedOutMicro: 0 };
  const nothing = { values: [], owed: [], settlement: { ...none, concessionFen: 0 } };
  const bearing = new Set(of.bearing.map(({ firm }) => firm));
  if (found.length === 0 && serving !== undefined) bearing.add(serving);
  for (const { firm } of found) bearing.delete(firm);
  const firms = [...found, ...[...bearing].map((firm) => ({ firm, ...nothing }))];
  const sections: FirmSection[] = [];
  for (const { firm, ...figures } of firms.toSorted(
    (a, b) => Number(b.firm === serving) - Number(a.firm === serving),
  )) {
    const name = (await places.find(firm))?.name ?? '';
    sections.push({ firm: { id: firm, name }, ...figures, accounts: await accountsInForce(engine, firm) });
  }
  return sections;
}

/** The sections of a statement, also of one that was kept before there were any. */
export function sectionsIn({ firms, firm, values, owed, settlement }: StatementBody): readonly FirmSection[] {
  if (firms) return firms;
  const posted = values.map(({ item, posted: fen, counts }): PostedRow => {
    return { item, posted: fen, counts: { posted: counts.posted } };
  });
  return [{ firm, values: posted, owed, settlement }];
}

/** What the closing's unit keeps of it. */
export function keeping(
  body: StatementBody,
  { id, closure, at }: { id: string; closure: string; at: number },
): { row: RowChange; memoCommitment: string } {
  const hash = hashCanonicalJson(body);
  const { place, month, edition, readThrough } = body;
  const values = {
    ...{ id, closure, place: place.id, month, edition, body: canonicalJson(body), hash },
    ...{ read_through: readThrough, closed_transaction: { planned: 'transaction' as const }, created_at: at },
  };
  return { row: { insert: 'month_statements', values }, memoCommitment: hash };
}

export async function findStatement({ reader, tables: { monthStatements: t } }: Engine, closure: string) {
  const [row] = await reader.select().from(t).where(eq(t.closure, closure));
  return row;
}

/** The editions of these closures; one that was closed before statements were kept has none. */
export async function editionsOf(
  { reader, tables: { monthStatements: t } }: Engine,
  closures: readonly string[],
): Promise<Map<string, number>> {
  if (closures.length === 0) return new Map();
  const rows = await reader
    .select({ closure: t.closure, edition: t.edition })
    .from(t)
    .where(inArray(t.closure, [...closures]));
  return new Map(rows.map(({ closure, edition }) => [closure, edition]));
}

/** Every edition of a month, the latest first. */
export async function editionsOfMonth(
  { reader, tables: { monthStatements: t } }: Engine,
  { place, month }: { place: string; month: Month },
): Promise<{ closure: string; edition: number; createdAt: number }[]> {
  return reader
    .select({ closure: t.closure, edition: t.edition, createdAt: t.createdAt })
    .from(t)
    .where(and(eq(t.place, place), eq(t.month, month)))
    .orderBy(desc(t.edition))
    .limit(MOST_EDITIONS);
}

const MOST_EDITIONS = 50;

async function countEditions(
  { db, tables: { monthStatements: t } }: Engine,
  { place, month }: { place: string; month: Month },
): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(t)
    .where(and(eq(t.place, place), eq(t.month, month)));
  return row?.count ?? 0;
}

async function namesIn(
  { engine, places }: Pick<Deps, 'engine' | 'places'>,
  { points, owed, borne }: Pick<Figures, 'points' | 'owed' | 'borne'>,
): Promise<Record<string, string>> {
  const ids = [
    ...new Set([
      ...points.map(({ fund }) => fund),
      ...owed.map(({ payer }) => payer),
      ...borne.map(({ fund }) => fund),
    ]),
  ].sort();
  const funds = await fundsById(engine, ids);
  const names: Record<string, string> = {};
  for (const id of ids) names[id] = funds.get(id)?.name ?? (await places.find(id))?.name ?? '';
  return names;
}

async function documentsOf(
  { reader, tables: { offsets: o, transactions: x } }: Engine,
  of: { place: string; start: number; end: number; readThrough: number },
): Promise<Documents> {
  const { place, start, end, readThrough } = of;
  const seen = lte(x.seq, readThrough);
  const made = and(eq(o.estate, place), gte(x.effectiveAt, start), lt(x.effectiveAt, end), seen);
  const [row] = await reader
    .select({ count: count(), first: min(o.holdTransaction), last: max(o.holdTransaction) })
    .from(o)
    .innerJoin(x, eq(x.id, o.holdTransaction))
    .where(made);
  const [from, to] = [Number(row?.first ?? 0), Number(row?.last ?? 0)];
  const [gone] = await reader
    .select({ count: count() })
    .from(o)
    .innerJoin(x, eq(x.id, o.settledTransaction))
    .where(and(made, eq(o.state, 'cancelled'), gte(o.holdTransaction, from), lte(o.holdTransaction, to)));
  const numberOf = async (transaction: number): Promise<string> => {
    const named = await reader.select({ number: o.number }).from(o).where(eq(o.holdTransaction, transaction));
    return named[0]?.number ?? '';
  };
  const many = row?.count ?? 0;
  if (many === 0) return { count: 0, first: '', last: '', cancelled: 0 };
  return { count: many, first: await numberOf(from), last: await numberOf(to), cancelled: gone?.count ?? 0 };
}
