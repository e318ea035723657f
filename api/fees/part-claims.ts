/** For the ledger's `verify`: what each part of an offset that a household pays together repeats of its own transactions. */
import { and, eq, gte, inArray, lte, or, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Engine } from '../db/index.ts';
import {
  namesOfNoBook,
  type Claim,
  type ClaimedPoints,
  type ClaimSource,
  type RowClaims,
} from '../ledger/index.ts';
import { isOfBook } from '../places/index.ts';
import type { Offset, OffsetState } from './offsets.ts';

const PART = { zh: '抵扣单的一份', en: 'part of offset' };
export const VALUE = { zh: '抵扣金额（分）', en: 'value in fen' };

/** By which step an offset has come to its state. */
export const SETTLED: Readonly<Record<OffsetState, readonly string[]>> = {
  ...{ held: [], exported: [] },
  ...{ posted: ['capture'], cancelled: ['return'], returned: ['return'], reversed: ['capture'] },
};

const byUnit = z.record(z.string(), z.number());

/** Points as they are written, so that a cell which cannot be read is a finding. */
export function pointsIn(text: string): ClaimedPoints {
  try {
    const points = byUnit.safeParse(JSON.parse(text));
    if (points.success) return points.data;
  } catch {
    // No JSON: said as it stands.
  }
  return { unreadable: text };
}

export type ClaimedPart = Awaited<ReturnType<typeof readParts>>[number];

function readParts({ reader, tables }: Engine, which: SQL | undefined, limit: number) {
  const { offsetParts: t, offsets: o } = tables;
  return reader
    .select({
      ...{ offset: t.offsetId, nth: t.nth, member: t.member, hold: t.hold, valueFen: t.valueFen },
      ...{ holdTransaction: t.holdTransaction, settledTransaction: t.settledTransaction },
      reversedTransaction: t.reversedTransaction,
      ...{ estate: o.estate, state: o.state, ruleVersion: o.ruleVersion },
      points: sql<string>`${t.points}`,
    })
    .from(t)
    .leftJoin(o, eq(o.id, t.offsetId))
    .where(which)
    .limit(limit);
}

/** The parts of these offsets, in their order. */
export async function partsBehind(
  engine: Engine,
  offsets: readonly string[],
): Promise<Map<string, ClaimedPart[]>> {
  const found = new Map<string, ClaimedPart[]>();
  const { offsetParts: t } = engine.tables;
  for (let at = 0; at < offsets.length; at += 500) {
    const some = offsets.slice(at, at + 500);
    const parts = await readParts(engine, inArray(t.offsetId, some), some.length * MOST_PARTS);
    for (const part of parts.sort((a, b) => a.nth - b.nth))
      found.set(part.offset, [...(found.get(part.offset) ?? []), part]);
  }
  return found;
}

const MOST_PARTS = 64;

/** The unit goes by the offset's id; a part whose offset is gone belongs to no place and was never settled. */
function partClaims(part: ClaimedPart): RowClaims {
  const { offset, member, hold, holdTransaction, settledTransaction } = part;
  const kinds = part.state === null ? [] : SETTLED[part.state];
  const moves = pointsIn(part.points);
  const settled = { transaction: settledTransaction, kinds, moves, hold };
  const reversed = reversedClaims(part, { moves });
  return {
    ...{ what: PART, id: offset, place: part.estate ?? '–', member },
    made: {
      ...{ transaction: holdTransaction, kinds: ['hold'], moves, hold },
      ...(part.ruleVersion !== null && { ruleVersion: part.ruleVersion }),
    },
    later: [...(kinds.length > 0 || settledTransaction !== null ? [settled] : []), ...reversed],
  };
}

type Reversed = Pick<Offset, 'reversedTransaction' | 'settledTransaction'> & { state: OffsetState | null };

/** What was posted and is taken back is so by a transaction of its own. */
export function reversedClaims(
  { state, settledTransaction, reversedTransaction }: Reversed,
  rest: Pick<Claim, 'moves' | 'counters'>,
): Claim[] {
  if (state !== 'reversed' && reversedTransaction === null) return [];
  const kinds = state === 'reversed' ? ['refund'] : [];
  return [{ transaction: reversedTransaction, kinds, reverses: settledTransaction, ...rest }];
}

export const offsetPartsAsClaimed: ClaimSource = {
  kinds: ['hold', 'capture', 'return', 'refund'],
  async between(engine, { from, to, limit }) {
    const { offsetParts: t } = engine.tables;
    const held = and(gte(t.holdTransaction, from), lte(t.holdTransaction, to));
    const settled = and(gte(t.settledTransaction, from), lte(t.settledTransaction, to));
    const reversed = and(gte(t.reversedTransaction, from), lte(t.reversedTransaction, to));
    return (await readParts(engine, or(held, settled, reversed), limit)).map(partClaims);
  },
  // A unit is named by its offset, which knows its parts: nothing is found by a part alone.
  behind: () => Promise.resolve([]),
  async unmade(engine, { book, books, limit }) {
    const { offsetParts: t, offsets: o } = engine.tables;
    // One whose offset is gone is of no book's places.
    const which = and(namesOfNoBook(t.holdTransaction, books), isOfBook(engine, o.estate, book));
    return (await readParts(engine, which, limit)).map(partClaims);
  },
};
