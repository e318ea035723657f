/**
 * What of 已收 in a file of bills is money. A firm that posts points as a way of payment has them in there as well: where the
 * file touches bills with offsets, somebody says once which of the two it is, and the firm's later files are read by it.
 */
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import {
  chunksOf,
  estatesServedBy,
  firmServing,
  houseCode,
  houseInWords,
  type Place,
  type ProductDeps,
  type Question,
} from '../places/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { dayOf } from '../programme/index.ts';
import type { BillRow } from './files/bills.ts';
import { billLine, type KnownBill } from './plan-bills.ts';
import type { BillsRead } from './read-bills.ts';
import { moneyIn, mostly, paidHas, type PaidHas, type PaidRow } from './rules/points-in-paid.ts';

type Found = BillsRead['found'];
/** By line: what of it the firm has posted, and what else is in its hands. */
type Offsets = ReadonlyMap<string, { postedFen: number; givenFen: number }>;
type MoneyReceived = {
  found: Found;
  /** What the file is read by; left out where it does not matter and nobody has said it. */
  paidHas?: PaidHas;
  /** Whose file it is. */
  firm?: string;
  /** Whether it makes a difference here. */
  matters: boolean;
  question?: Question;
  /** Rows whose 欠费 has the points taken off beside 已收: their figures do agree. */
  agreeing: ReadonlySet<number>;
  /** By line what is taken off for the first time: the firm's earlier files were read as if it was money. */
  takenOff: ReadonlyMap<string, number>;
};

/** `told`: what a person has chosen for this file, which is asked no more. */
export async function moneyReceived(
  deps: Pick<ProductDeps, 'places' | 'clock'> & { engine: Engine },
  of: { estate: string; found: Found; known: readonly KnownBill[]; told?: PaidHas | undefined },
): Promise<MoneyReceived> {
  const { estate, found, known, told } = of;
  const offsets = await offsetsInHand(deps.engine, estate, known);
  const rows = rowsWithOffsets(found, offsets);
  const agreeing = new Set([...rows].flatMap(([at, row]) => (paidHas(row) === 'money' ? [at] : [])));
  const converted = found.map((line) => inMoney(line, offsets));
  const differs = found.flatMap((line, at) => (converted[at] === line ? [] : [line]));
  const [first] = differs;
  const none = new Map<string, number>();
  if (!first) return { found, matters: false, agreeing, takenOff: none };
  const firm = await firmServing(deps, { estate, day: dayOf(deps.clock()) });
  const remembered = await rememberedOf(deps, { estate, firm });
  const { thought, points, money } = mostly([...rows.values()]);
  const chosen = told ?? thought ?? remembered ?? 'points';
  const isNews = told === undefined && (remembered === undefined || chosen !== remembered);
  const about = { chosen, count: differs.length, first: first.row, points, money };
  const isFirst = chosen === 'points' && remembered !== 'points';
  return {
    found: chosen === 'points' ? converted : found,
    takenOff: isFirst ? differences(found, converted) : none,
    ...(firm && { firm: firm.id }),
    ...{ paidHas: chosen, matters: true, agreeing: chosen === 'money' ? agreeing : new Set<number>() },
    ...(isNews && { question: questionOf(about) }),
  };
}

export function moneyAlone({ found }: { found: Found }): MoneyReceived {
  return { found, matters: false, agreeing: new Set(), takenOff: new Map() };
}

/** A sum of a row in a wide sheet is of all its lines. */
function rowsWithOffsets(found: Found, offsets: Offsets): Map<number, PaidRow> {
  const rows = new Map<number, PaidRow>();
  if (offsets.size === 0) return rows;
  for (const { row, house } of found) {
    // An item of 0.00 in a wide sheet has none of its row's figures.
    if (row.isNil) continue;
    const { rowNumber, amountFen, paidFen = 0, contradicts, unpaidAgrees, pastDueFen } = row;
    const its = offsets.get(billLine({ ...row, house }));
    const sum = rows.get(rowNumber);
    const [sumFen, receivedFen] = [(sum?.sumFen ?? 0) + amountFen, (sum?.paidFen ?? 0) + paidFen];
    rows.set(rowNumber, {
      ...{ sumFen, paidFen: receivedFen },
      // Kept are the figures of rows that disagree; of the others what is unpaid follows.
      unpaidFen: contradicts?.unpaidFen ?? (unpaidAgrees ? sumFen - receivedFen : undefined),
      postedFen: (sum?.postedFen ?? 0) + (its?.postedFen ?? 0),
      givenFen: (sum?.givenFen ?? 0) + (its?.givenFen ?? 0),
      ...{ penaltyFen: contradicts?.penaltyFen, pastDueFen },
    });
  }
  for (const [at, { paidFen, unpaidFen, postedFen, givenFen }] of rows)
    if ((paidFen === 0 && unpaidFen === undefined) || postedFen + givenFen === 0) rows.delete(at);
  return rows;
}

function inMoney(line: Found[number], offsets: Offsets): Found[number] {
  const { row, house } = line;
  const its = offsets.get(billLine({ ...row, house }));
  if (!its || row.paidFen === undefined || row.paidFen === 0) return line;
  const paidFen = moneyIn({ sumFen: row.amountFen, paidFen: row.paidFen, ...its });
  return paidFen === row.paidFen ? line : { row: { ...row, paidFen }, house };
}

function differences(found: Found, converted: Found): Map<string, number> {
  const fen = new Map<string, number>();
  for (const [at, { row, house }] of found.entries()) {
    const less = (row.paidFen ?? 0) - (converted[at]?.row.paidFen ?? 0);
    if (less > 0) fen.set(billLine({ ...row, house }), less);
  }
  return fen;
}

async function offsetsInHand(engine: Engine, estate: string, known: readonly KnownBill[]): Promise<Offsets> {
  const lineOf = new Map(known.map((bill) => [bill.id, billLine(bill)]));
  const found = new Map<string, { postedFen: number; givenFen: number }>();
  const { bills: b, offsets: t } = engine.tables;
  for (const some of chunksOf([...new Set(known.map(({ period }) => period))])) {
    const rows = await engine.db
      .select({ bill: t.bill, state: t.state, valueFen: t.valueFen })
      .from(b)
      .innerJoin(t, eq(t.bill, b.id))
      .where(and(eq(b.estate, estate), inArray(b.period, some), inArray(t.state, ['exported', 'posted'])));
    for (const { bill, state, valueFen } of rows) {
      const line = lineOf.get(bill);
      if (line === undefined) continue;
      const { postedFen, givenFen } = found.get(line) ?? { postedFen: 0, givenFen: 0 };
      found.set(
        line,
        state === 'posted'
          ? { postedFen: postedFen + valueFen, givenFen }
          : { postedFen, givenFen: givenFen + valueFen },
      );
    }
  }
  return found;
}

/** What the firm's newest file of the estate, else of another one that it serves, was read by. */
async function rememberedOf(
  { engine, clock }: Pick<ProductDeps, 'clock'> & { engine: Engine },
  { estate, firm }: { estate: string; firm: Place | undefined },
): Promise<PaidHas | undefined> {
  const own = await newestOf(engine, [estate], firm?.id);
  if (own || !firm) return own;
  const served = await estatesServedBy(engine, { firm, day: dayOf(clock()) });
  return newestOf(engine, served.slice(0, MOST_ESTATES), firm.id);
}

/** A firm has a few dozen. */
const MOST_ESTATES = 500;
/** What was said of single bills by hand stands between the files. */
const LOOKED_BACK = 100;

async function newestOf(
  { db, tables: { imports: t } }: Engine,
  estates: readonly string[],
  firm: string | undefined,
): Promise<PaidHas | undefined> {
  let newest: { id: string; says: PaidHas } | undefined;
  for (const estate of estates) {
    const rows = await db
      .select({ id: t.id, summary: t.summary })
      .from(t)
      .where(and(eq(t.place, estate), eq(t.kind, 'bills')))
      .orderBy(desc(t.id))
      .limit(LOOKED_BACK);
    for (const { id, summary } of rows) {
      const says = summary['paidHas'];
      if ((says !== 'points' && says !== 'money') || summary['paidBy'] !== firm) continue;
      if (!newest || id > newest.id) newest = { id, says };
      break;
    }
  }
  return newest?.says;
}

type Asked = { chosen: PaidHas; count: number; first: BillRow; points: number; money: number };

function questionOf({ chosen, count, first, points, money }: Asked): Question {
  const { rowNumber, house, item, period, paidFen = 0 } = first;
  const [code, yuan] = [houseInWords(houseCode(house)), formatYuan(paidFen)];
  const line = `${code} ${period} ${item}`;
  const why =
    points + money === 0
      ? { zh: '从数字上看不出来', en: 'The figures do not show it' }
      : {
          zh: `从数字上看，${points} 行像是含，${money} 行像是不含`,
          en: `By their figures ${points} rows seem to include them and ${money} do not`,
        };
  return chosen === 'points'
    ? {
        code: 'paid-has-points',
        zh: `有 ${count} 笔账单用积分抵扣过，文件里也写了已收，例如第 ${rowNumber} 行 ${line}，已收 ${yuan} 元。${why.zh}。我们按“已收里含积分抵扣”导入：积分只算一次，从已收里减去；以后这家物业的文件都这样读。已收里确实含积分抵扣`,
        en: `Bills that points were put against and for which the file says what was received: ${count}; row ${rowNumber}, ${line}, received ${yuan}, for one. ${why.en}. They are taken in as if what was received includes the points: these count once and are taken off it; the firm's later files are read the same way. What was received does include points`,
      }
    : {
        code: 'paid-has-money',
        zh: `有 ${count} 笔账单用积分抵扣过，文件里也写了已收，例如第 ${rowNumber} 行 ${line}，已收 ${yuan} 元。${why.zh}。我们按“已收里不含积分抵扣”导入：已收都是钱，积分另外算；以后这家物业的文件都这样读。已收里确实不含积分抵扣`,
        en: `Bills that points were put against and for which the file says what was received: ${count}; row ${rowNumber}, ${line}, received ${yuan}, for one. ${why.en}. They are taken in as if what was received is money alone and points count beside it; the firm's later files are read the same way. What was received does not include points`,
      };
}
