/** What somebody typed from the paper, as rows of a statement: one a redeemer. */
import { parseYuan } from '../platform/money/index.ts';
import type { FunderRow } from './files/funder-statement.ts';
import type { TypedRow } from './settlement.schemas.ts';

export function typedRows(rows: readonly TypedRow[]): FunderRow[] {
  return rows.map(({ party, points, ...money }, nth) => ({
    ...{ rowNumber: nth + 1, partyText: party.trim(), number: '', period: '' },
    points: points === undefined ? null : Number(points),
    ...{ opening: fenOrNull(money.opening), accepted: fenOrNull(money.accepted) },
    ...{
      reversed: fenOrNull(money.reversed),
      paid: fenOrNull(money.paid),
      closing: fenOrNull(money.closing),
    },
  }));
}

/** The schema has let only well-formed amounts through; `-0` is nothing. */
function fenOrNull(yuan: string | undefined): number | null {
  if (yuan === undefined) return null;
  const parsed = parseYuan(yuan, { negative: true });
  return 'amountFen' in parsed ? parsed.amountFen : 0;
}
