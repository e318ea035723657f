/** Every hold of some offsets with the transactions that made and ended it: of one that a household pays, one a member. */
import { and, eq, gt, type SQL } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';

/** To join with; `which` is said of the offsets. Values and counts are read from the offsets themselves. */
export function stepsOfOffsets(
  { reader, tables }: Pick<Engine, 'reader' | 'tables'>,
  which: SQL | undefined,
) {
  const { offsets: o, offsetParts: p } = tables;
  // The first part is the offset's own.
  const furtherParts = reader
    .select({
      ...{ offset: o.id, state: o.state, hold: p.hold },
      ...{ holdTransaction: p.holdTransaction, settledTransaction: p.settledTransaction },
      reversedTransaction: p.reversedTransaction,
    })
    .from(o)
    .innerJoin(p, and(eq(p.offsetId, o.id), gt(p.nth, 0)))
    .where(which);
  return reader
    .select({
      ...{ offset: o.id, state: o.state, hold: o.hold },
      ...{ holdTransaction: o.holdTransaction, settledTransaction: o.settledTransaction },
      reversedTransaction: o.reversedTransaction,
    })
    .from(o)
    .where(which)
    .unionAll(furtherParts)
    .as('steps');
}
