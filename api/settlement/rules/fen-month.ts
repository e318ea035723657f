/**
 * A fund's month in whole fen, one and the same on the page, in the file and beside a statement. Protects: each row adds
 * up in fen, and whom the fund owes add up to what it owes, for only whole fen are ever paid to each.
 */
import { fenOf } from './difference.ts';
import type { FundMonth, MoneyRow, PartyRow } from './fund-month.ts';

export type FenParty = Pick<PartyRow, 'party' | 'settles' | 'points'> & {
  accepted: number;
  reversed: number;
  balance?: MoneyRow;
};
export type FenMonth = { owed: MoneyRow; parties: FenParty[] };

export function inFen({ parties: rows }: Pick<FundMonth, 'parties'>): FenMonth {
  const owed: MoneyRow = { opening: 0, accepted: 0, reversed: 0, paid: 0, closing: 0 };
  const parties = rows.map(({ party, settles, points, balance, ...taken }): FenParty => {
    if (!balance) {
      const reversed = fenOf(taken.reversedMicro);
      const accepted = fenOf(taken.acceptedMicro - taken.reversedMicro) + reversed;
      return { party, settles, points, accepted, reversed };
    }
    const row = fenRow(balance);
    for (const name of Object.keys(owed) as (keyof MoneyRow)[]) owed[name] += row[name];
    return { party, settles, points, accepted: row.accepted, reversed: row.reversed, balance: row };
  });
  return { owed, parties };
}

/** What was accepted is what the rest leaves. */
function fenRow({ opening, reversed, paid, closing }: MoneyRow): MoneyRow {
  const fen = {
    ...{ opening: fenOf(opening), reversed: fenOf(reversed) },
    ...{ paid: fenOf(paid), closing: fenOf(closing) },
  };
  return { ...fen, accepted: fen.closing - fen.opening + fen.reversed + fen.paid };
}
