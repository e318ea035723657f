/**
 * For the ledger's `verify`: what settlements say is summed up again from the ledger's own entries. Of each payer and payee every
 * entry is in one settlement or in none yet; Σ settlements + what is carried = Σ points × rate × factor, to the micro-yuan; what
 * was paid of them is what the ledger has as paid; and what goes through a clearing party comes to zero.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, eq, gt, inArray, ne, or, sum } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { CheckSums } from '../../ledger/index.ts';
import { fenToMicro, formatMicro } from '../../platform/money/index.ts';
import type { SettledLine } from '../rules/settle-up.ts';
import { readTakings } from './read-takings.ts';
import { allLinesOf } from './settlement-claims.ts';
import type { Pair, Settlement } from './settlements.ts';

type Words = { zh: string; en: string };

const AT_ONCE = 200;

export const settlementSumsAsCounted: CheckSums = async (engine, book) => {
  const found: Words[] = [];
  let before: Settlement | undefined;
  for await (const row of settlementsOf(engine, book)) {
    const isNext = before?.payer === row.payer && before.payee === row.payee;
    if (before && !isNext) found.push(...(await paidWrong(engine, before)));
    found.push(...followsWrong(row, isNext ? before : undefined), ...(await summedWrong(engine, row)));
    before = row;
    await nextTurn();
  }
  if (before) found.push(...(await paidWrong(engine, before)));
  return [...found, ...(await clearedWrong(engine, book))];
};

/** By payee, payer and month. */
async function* settlementsOf(
  { reader, tables: { settlements: t } }: Engine,
  book: number,
): AsyncGenerator<Settlement> {
  for (let after: Settlement | undefined; ;) {
    const later =
      after &&
      or(
        gt(t.payee, after.payee),
        and(eq(t.payee, after.payee), gt(t.payer, after.payer)),
        and(...[eq(t.payee, after.payee), eq(t.payer, after.payer), gt(t.month, after.month)]),
      );
    const rows: Settlement[] = await reader
      .select()
      .from(t)
      .where(and(eq(t.book, book), later))
      .orderBy(asc(t.payee), asc(t.payer), asc(t.month))
      .limit(AT_ONCE);
    yield* rows;
    after = rows.at(-1);
    if (rows.length < AT_ONCE) return;
  }
}

/** Its own figures, and that it goes on where the one before ended. */
function followsWrong(row: Settlement, before: Settlement | undefined): Words[] {
  const { carriedInMicro, takenMicro, returnedMicro, netFen, carriedOutMicro, afterEntry } = row;
  const due = carriedInMicro + takenMicro - returnedMicro;
  return [
    ...differs(
      row,
      { zh: '应付加结转', en: 'to pay and carried' },
      fenToMicro(netFen) + carriedOutMicro,
      due,
    ),
    ...differs(row, { zh: '上期结转', en: 'carried in' }, carriedInMicro, before?.carriedOutMicro ?? 0),
    ...(afterEntry === (before?.throughEntry ?? 0) ? [] : [gap(row)]),
  ];
}

/** Its lines, out of the points that the ledger's entries moved. */
async function summedWrong(engine: Engine, row: Settlement): Promise<Words[]> {
  const { book, payer, payee, afterEntry: after, throughEntry: to } = row;
  // What one step's points are not worth is said of its transaction.
  const taken = await readTakings(engine, { book, payer, payee, after, to }).catch(() => undefined);
  if (taken === undefined) return [unreadable(row)];
  const totals = (lines: readonly SettledLine[]) => [
    lines.reduce((all, { takenMicro }) => all + takenMicro, 0),
    lines.reduce((all, { returnedMicro }) => all + returnedMicro, 0),
  ];
  const [takenMicro = 0, returnedMicro = 0] = totals(taken.lines);
  const [linesTaken = 0, linesReturned = 0] = totals(await allLinesOf(engine, row.id));
  return [
    ...differs(row, { zh: '收分金额', en: 'taken' }, row.takenMicro, takenMicro),
    ...differs(row, { zh: '退回金额', en: 'returned' }, row.returnedMicro, returnedMicro),
    ...differs(row, { zh: '明细的收分金额', en: 'taken by its lines' }, linesTaken, takenMicro),
    ...differs(row, { zh: '明细的退回金额', en: 'returned by its lines' }, linesReturned, returnedMicro),
  ];
}

const ATTEMPTS = 3;

/** Payments go on while this reads: only what differs each time is wrong. */
async function paidWrong(engine: Engine, last: Settlement): Promise<Words[]> {
  let wrong: Words[] = [];
  for (let nth = 0; nth < ATTEMPTS; nth++) {
    const [settled, vouched, booked] = await paidOf(engine, last);
    wrong = [
      ...differs(last, { zh: '各期已付合计', en: 'paid of all of them' }, settled, booked),
      ...differs(last, { zh: '付款凭单合计', en: 'paid by vouchers' }, vouched, booked),
    ];
    if (wrong.length === 0) return wrong;
  }
  return wrong;
}

/** What settlements say was paid, what vouchers come to, and what the ledger has; in micro-yuan. */
async function paidOf(
  { reader, tables }: Engine,
  { book, payer, payee }: Pair & { book: number },
): Promise<[number, number, number]> {
  const { settlements: s, settlementPayments: p, accounts: a, entries: e, transactions: x } = tables;
  const ofPair = and(eq(s.payee, payee), eq(s.payer, payer));
  const [settled] = await reader
    .select({ fen: sum(s.paidFen).mapWith(Number) })
    .from(s)
    .where(ofPair);
  const [vouched] = await reader
    .select({ fen: sum(p.amountFen).mapWith(Number) })
    .from(p)
    .innerJoin(s, eq(s.id, p.settlement))
    .where(and(ofPair, ne(p.state, 'taken-back')));
  const account = and(
    ...[eq(a.book, book), eq(a.owner, payee), eq(a.role, 'receivable'), eq(a.counterparty, payer)],
  );
  const [booked] = await reader
    .select({ micro: sum(e.amount).mapWith(Number) })
    .from(a)
    .innerJoin(e, eq(e.account, a.id))
    .innerJoin(x, eq(x.id, e.tx))
    .where(and(account, eq(x.kind, 'pay')));
  return [fenToMicro(settled?.fen ?? 0), fenToMicro(vouched?.fen ?? 0), 0 - (booked?.micro ?? 0)];
}

/** What a clearing party is owed for points is what it owes for them. */
async function clearedWrong({ reader, tables }: Engine, book: number): Promise<Words[]> {
  const { places: pl, accounts: a, entries: e, transactions: x } = tables;
  const rows = await reader
    .select({ party: a.owner, micro: sum(e.amount).mapWith(Number) })
    .from(pl)
    .innerJoin(a, and(eq(a.owner, pl.id), eq(a.book, book), inArray(a.role, ['receivable', 'payable'])))
    .innerJoin(e, eq(e.account, a.id))
    .innerJoin(x, eq(x.id, e.tx))
    .where(and(eq(pl.kind, 'clearing'), ne(x.kind, 'pay')))
    .groupBy(a.owner);
  return rows.flatMap(({ party, micro }) =>
    micro === 0
      ? []
      : [
          {
            zh: `结算方 ${party} 应收与应付不相等，差 ${formatMicro(micro)} 元`,
            en: `clearing party ${party}: what it is owed and what it owes differ by ${formatMicro(micro)}`,
          },
        ],
  );
}

function differs({ id, number }: Settlement, what: Words, says: number, ledger: number): Words[] {
  if (says === ledger) return [];
  const [is, was] = [formatMicro(ledger), formatMicro(says)];
  return [
    {
      zh: `结算单 ${number}（${id}）的${what.zh}与账上不符：写着 ${was}，账上是 ${is}`,
      en: `settlement ${number} (${id}), ${what.en}: it says ${was}, the ledger ${is}`,
    },
  ];
}

const gap = ({ id, number }: Settlement): Words => ({
  zh: `结算单 ${number}（${id}）没有接着上一张：中间的收付不在任何一张里，或在两张里`,
  en: `settlement ${number} (${id}) does not go on where the one before ended`,
});
const unreadable = ({ id, number }: Settlement): Words => ({
  zh: `结算单 ${number}（${id}）里有积分与金额不符的交易`,
  en: `settlement ${number} (${id}) holds a transaction whose points are not worth what its account moved by`,
});
