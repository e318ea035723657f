/** The documents that a settlement is made of, step by step as the ledger has them; what came late with its first date. */
import { eq, inArray } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { BOOK_SPAN } from '../../ledger/index.ts';
import { formatInstant } from '../../platform/index.ts';
import { formatMicro } from '../../platform/money/index.ts';
import { movesOf, type Move } from './read-takings.ts';
import type { Settlement } from './settlements.ts';

/** Those after an entry. */
export async function listItems(
  engine: Engine,
  { settlement, after, limit }: { settlement: Settlement; after: number; limit: number },
): Promise<Move[]> {
  const { book, payer, payee, afterEntry, throughEntry: to } = settlement;
  const found: Move[] = [];
  for await (const move of movesOf(engine, {
    book,
    payer,
    payee,
    after: Math.max(after, afterEntry),
    to,
    atOnce: limit,
  })) {
    found.push(move);
    if (found.length === limit) break;
  }
  return found;
}

export async function itemViews(engine: Engine, moves: readonly Move[]) {
  const numbers = await offsetNumbers(
    engine,
    moves.map(({ tx, reverses }) => reverses ?? tx),
  );
  const tookAt = await bookedAt(
    engine,
    moves.flatMap(({ reverses }) => reverses ?? []),
  );
  return moves.map((move) => {
    const first = move.reverses ?? move.tx;
    const original =
      move.originalEffectiveAt ?? (move.reverses === null ? undefined : tookAt.get(move.reverses));
    return {
      ...{ transaction: String(move.tx), kind: move.micro < 0 ? ('returned' as const) : ('taken' as const) },
      ...{ what: numbers.has(first) ? ('offset' as const) : ('goods' as const) },
      ...{ number: numbers.get(first) ?? String(first % BOOK_SPAN), at: formatInstant(move.bookedAt) },
      ...(original !== undefined && { originalAt: formatInstant(original) }),
      points: String(move.takings.reduce((sum, { points }) => sum + points, 0)),
      amount: formatMicro(move.micro),
    };
  });
}

/** By the transaction that took the points: one of an offset, or of what another of its household paid of it. */
async function offsetNumbers(
  { reader, tables }: Engine,
  transactions: readonly number[],
): Promise<Map<number, string>> {
  const { offsets: o, offsetParts: p } = tables;
  if (transactions.length === 0) return new Map();
  const ids = [...transactions];
  const own = await reader
    .select({ number: o.number, transaction: o.settledTransaction })
    .from(o)
    .where(inArray(o.settledTransaction, ids));
  const parts = await reader
    .select({ number: o.number, transaction: p.settledTransaction })
    .from(p)
    .innerJoin(o, eq(o.id, p.offsetId))
    .where(inArray(p.settledTransaction, ids));
  return new Map([...own, ...parts].map(({ number, transaction }) => [transaction ?? 0, number]));
}

async function bookedAt(
  { reader, tables: { transactions: t } }: Engine,
  ids: readonly number[],
): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const rows = await reader
    .select({ id: t.id, bookedAt: t.bookedAt })
    .from(t)
    .where(inArray(t.id, [...ids]));
  return new Map(rows.map((row) => [row.id, row.bookedAt]));
}
