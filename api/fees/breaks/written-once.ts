/**
 * A row that stands in several lists is one posting of the firm's, whichever break is about it: it is written off once, or
 * as often as it stands in its own list. What was taken back may be written off again. Protects: of two people who write off
 * or take back twins at the same moment one counts anew, so that no key is given back twice and another kept for ever.
 */
import { and, eq } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { hashCanonicalJson, tallyTotals, type Tally, type Unique } from '../../ledger/index.ts';
import { sayingOfKept } from '../saying-of-kept.ts';

type Row = Engine['tables']['postedRows']['$inferSelect'];

/** What makes a unit the next one about a row's saying. */
export type Once = { uniques: Unique[]; tallies: Tally[] };
type Books = { engine: Engine; book: number };

/** The business key of the next write-off of a row's saying; undefined where there is none left to write off. */
export async function nextOfRow({ engine, book }: Books, row: Row): Promise<Once | undefined> {
  const { postedRows: p } = engine.tables;
  const saying = sayingOfKept(row);
  const tallies = [await turnOf({ engine, book }, row)];
  const inList = await engine.db
    .select()
    .from(p)
    .where(and(eq(p.import, row.import), eq(p.amountFen, row.amountFen)));
  const times = await timesWritten(engine, row);
  if (times >= inList.filter((each) => sayingOfKept(each) === saying).length) return undefined;
  return { uniques: [{ key: keyOf(row, times) }], tallies };
}

/** The key of the latest that stands, given back: keys are taken and left in one order, whichever break is meant. */
export async function lastOfRow({ engine, book }: Books, row: Row): Promise<Once> {
  const tallies = [await turnOf({ engine, book }, row)];
  return {
    uniques: [{ key: keyOf(row, (await timesWritten(engine, row)) - 1), release: true }],
    tallies,
  };
}

/** Read before what it is to guard. */
async function turnOf({ engine, book }: Books, row: Row): Promise<Tally> {
  const key = `write-off-turn:${hashCanonicalJson({ estate: row.estate, saying: sayingOfKept(row) })}`;
  const was = (await tallyTotals(engine, { book, keys: [key] })).get(key) ?? 0;
  return { key, add: 1, was };
}

function keyOf(row: Row, times: number): string {
  return `write-off:${hashCanonicalJson({ estate: row.estate, saying: sayingOfKept(row), times })}`;
}

/** How often it is written off at present. */
async function timesWritten({ db, tables }: Engine, row: Row): Promise<number> {
  const { postedRows: p, writeOffs: w, breaks: b } = tables;
  const saying = sayingOfKept(row);
  const written = await db
    .select({ row: p, reverses: w.reverses })
    .from(w)
    .innerJoin(b, eq(b.id, w.breakId))
    .innerJoin(p, eq(p.id, b.postedRow))
    .where(and(eq(w.estate, row.estate), eq(p.amountFen, row.amountFen)));
  const same = written.filter((each) => sayingOfKept(each.row) === saying);
  return same.reduce((times, { reverses }) => times + (reverses === null ? 1 : -1), 0);
}
