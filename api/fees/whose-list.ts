/** Which firm a posted list is of, where another one has taken the estate over: it knows nothing of what pays the other. */
import { and, count, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { firmChangesOf } from '../places/index.ts';
import type { exportedOffsets } from './our-offsets.ts';

type HandedOver = Awaited<ReturnType<typeof exportedOffsets>>[number];

const AT_ONCE = 500;
const EVER = { from: '', to: '9999-12-31' };

/**
 * Of what is in a firm's hands, that of the firm whose offsets the list names most: what pays another firm is compared only
 * where the list names it, and is never missing there. A list that names none of any firm is compared with all, and asked
 * about.
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
  const said = new Set(numbers.filter((number) => number !== ''));
  const named = await firmsNamed(engine, { estate, numbers: [...said] });
  const most = Math.max(0, ...named.values());
  const isItsOwn = (firm: string | null | undefined) => !firm || most === 0 || named.get(firm) === most;
  return own.filter(({ firm, offset }) => isItsOwn(firm) || said.has(offset.number));
}

/** How many offsets of these numbers pay each firm, however far each of them is. */
async function firmsNamed(
  { db, tables: { offsets: t, holds } }: Engine,
  { estate, numbers }: { estate: string; numbers: readonly string[] },
): Promise<Map<string, number>> {
  const firms = new Map<string, number>();
  for (let at = 0; at < numbers.length; at += AT_ONCE) {
    const rows = await db
      .select({ firm: holds.redeemer, count: count() })
      .from(t)
      .innerJoin(holds, eq(holds.id, t.hold))
      .where(and(eq(t.estate, estate), inArray(t.number, numbers.slice(at, at + AT_ONCE))))
      .groupBy(holds.redeemer);
    for (const row of rows) firms.set(row.firm, (firms.get(row.firm) ?? 0) + row.count);
  }
  return firms;
}
