/** Which firm a posted list is of, where another one has taken the estate over: it knows nothing of what pays the other. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { firmChangesOf } from '../places/index.ts';
import type { exportedOffsets } from './our-offsets.ts';

type HandedOver = Awaited<ReturnType<typeof exportedOffsets>>[number];

const AT_ONCE = 500;
const EVER = { from: '', to: '9999-12-31' };

/**
 * Of what is in a firm's hands, that of the firms whose offsets the list names: what pays another firm is neither compared
 * nor missing there. A list that names none of any firm is compared with all, and asked about.
 */
export async function handedToItsFirm(
  engine: Engine,
  {
    estate,
    handedOver,
    numbers,
  }: { estate: string; handedOver: readonly HandedOver[]; numbers: readonly string[] },
): Promise<HandedOver[]> {
  const own = [...handedOver];
  const inHands = new Set(own.map(({ firm }) => firm));
  if (inHands.size < 2 && (await firmChangesOf(engine, { estate, ...EVER })).length === 0) return own;
  const named = await firmsNamed(engine, { estate, numbers: [...new Set(numbers)].filter(Boolean) });
  return named.size === 0 ? own : own.filter(({ firm }) => firm === null || named.has(firm));
}

/** Whom the offsets of these numbers pay, however far each of them is. */
async function firmsNamed(
  { db, tables: { offsets: t, holds } }: Engine,
  { estate, numbers }: { estate: string; numbers: readonly string[] },
): Promise<Set<string>> {
  const firms = new Set<string>();
  for (let at = 0; at < numbers.length; at += AT_ONCE) {
    const rows = await db
      .selectDistinct({ firm: holds.redeemer })
      .from(t)
      .innerJoin(holds, eq(holds.id, t.hold))
      .where(and(eq(t.estate, estate), inArray(t.number, numbers.slice(at, at + AT_ONCE))));
    for (const { firm } of rows) firms.add(firm);
  }
  return firms;
}
