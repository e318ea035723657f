/**
 * 出结算单: of one payer and payee, for all months since the one before, up to a month that is over. Protects: each entry of
 * the account is in one settlement and in one only, however many make one at once; what came late stands in the month in
 * which it was booked.
 */
import { lastEntryUpTo, lastSeqBookedBy, post } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../../platform/index.ts';
import { agreedPeriod, endsWith, monthOf, periodOfMonth, type Month } from '../../programme/index.ts';
import { isLessThanAFen, settleUp } from '../rules/settle-up.ts';
import { isOver } from '../take-statement.ts';
import { readTakings } from './read-takings.ts';
import { figuresHash } from './settlement-claims.ts';
import { latestOf, type Pair } from './settlements.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock' | 'journal'>;
/** `payerPlace` speaks for the payer. */
export type SettlementOf = Pair & { payerPlace: string; book: number; month: Month };

/**
 * Undefined where less than a fen is to be paid, or owed back: it waits for the next month. Of a month in which more came back
 * than was taken there is one that says so, pays nothing, and carries it on.
 */
export async function makeSettlement(
  deps: Deps,
  { actor, ...of }: SettlementOf & { actor: Actor },
): Promise<{ id: string } | Problem | undefined> {
  const { engine, ids, clock } = deps;
  const { book, payer, payerPlace, payee, month } = of;
  if (!isOver(month, clock())) return problem('month-still-runs');
  const before = await latestOf(engine, of);
  if (before && before.month >= month) return problem('already-done');
  if (!endsWith(await agreedPeriod(engine, of), month)) return undefined;
  const seq = await lastSeqBookedBy(engine, { book, at: periodOfMonth(month).end - 1 });
  const span = { after: before?.throughEntry ?? 0, to: await lastEntryUpTo(engine, book, seq) };
  const { lines: lined, since, places } = await readTakings(engine, { book, payer, payee, ...span });
  const carriedInMicro = before?.carriedOutMicro ?? 0;
  const sums = settleUp(carriedInMicro, lined);
  if (since === undefined || isLessThanAFen(sums)) return undefined;
  const id = ids();
  const figures = {
    ...{
      id,
      book,
      payer,
      payerPlace,
      payee,
      place: await bookedAt(deps, { at: places, payee, payerPlace }),
      month,
      since,
    },
    ...{ afterEntry: span.after, throughEntry: span.to, carriedInMicro, ...sums },
    ...{ madeBy: actorText(actor), createdAt: clock() },
  };
  const lines = lined.map((line) => ({ id: ids(), settlement: id, ...line }));
  const prefix = `JS-${monthOf(clock()).slice(2).replace('-', '')}-`;
  const ask = { book, scope: `settlement:${payer}`, key: id, request: ['make-settlement', id] };
  const posted = await post(deps, ask, {
    ...{ id, actor, place: figures.place, commands: [] },
    memoCommitment: figuresHash(figures, lines),
    number: { prefix, pad: 4, series: `settlement:${payerPlace}:${prefix}` },
    uniques: [{ key: `settlement:${payer}:${payee}:${month}` }],
    // Two that were worked out from the same one before cannot both be.
    tallies: [{ key: `settled-through:${payer}:${payee}`, add: span.to - span.after, was: span.after }],
    rows: [
      {
        insert: 'settlements',
        values: {
          ...rowOf(figures),
          ...{
            number: { planned: 'number' as const },
            made_transaction: { planned: 'transaction' as const },
          },
          ...{ state: 'draft', paid_fen: 0 },
        },
      },
      ...lines.map((line) => ({ insert: 'settlement_lines', values: rowOf(line) })),
    ],
  });
  if (!isProblem(posted)) return { id };
  return posted.code === 'changed-meanwhile' ? problem('already-done') : posted;
}

/** By column, as a unit's rows are. */
function rowOf<Values extends Record<string, string | number>>(
  values: Values,
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`),
      value,
    ]),
  );
}

/** Of a firm's offsets of one estate its steps are booked there; which estates a payment pays, owed-to-firms.ts says. */
async function bookedAt(
  { places }: Deps,
  { at, payee, payerPlace }: { at: ReadonlySet<string>; payee: string; payerPlace: string },
): Promise<string> {
  const [only, ...others] = at;
  if (only === undefined || others.length > 0) return payerPlace;
  const [paid, place] = [await places.find(payee), await places.find(only)];
  return paid?.kind === 'firm' && place?.kind === 'estate' ? only : payerPlace;
}
