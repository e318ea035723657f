/**
 * What the firm itself gives (物业让利). A bill falls by the firm's rule; what funders owe follows from the rate of the
 * points and the agreement. The difference is nobody's debt: it is no entry, and is worked out from the captures.
 */
import { and, eq, gte, lt, sql, sum, type SQL } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { wholeFen } from '../platform/money/index.ts';
import { stepsOfOffsets } from './steps-of-offsets.ts';

/** `concessionFen` is negative where the firm is owed more than its bills fell by. */
export type Concession = { owedFen: number; concessionFen: number };

/** Over those of some offsets that the firm has posted; what is owed is whole fen, as the month's statement has it. */
export async function concessionOf(engine: Engine, which: SQL | undefined): Promise<Concession> {
  const { reader, tables } = engine;
  const { offsets: o, holds: h, transactions: x, entries: e, accounts: a } = tables;
  const posted = and(which, eq(o.state, 'posted'));
  const [value] = await reader
    .select({ fen: sum(o.valueFen) })
    .from(o)
    .where(posted);
  const steps = stepsOfOffsets(engine, posted);
  const [owed] = await reader
    .select({ micro: sum(e.amount) })
    .from(steps)
    .innerJoin(h, eq(h.id, steps.hold))
    .innerJoin(x, eq(x.id, steps.settledTransaction))
    .innerJoin(e, and(gte(e.id, x.firstEntry), lt(e.id, sql`${x.firstEntry} + ${x.entryCount}`)))
    .innerJoin(a, and(eq(a.id, e.account), eq(a.role, 'receivable'), eq(a.owner, h.redeemer)));
  const owedFen = wholeFen(Number(owed?.micro ?? 0));
  return { owedFen, concessionFen: Number(value?.fen ?? 0) - owedFen };
}
