/** What the routes of fees answer. A resident is shown masked, amounts as yuan. */
import { eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { actedByView, findPerson } from '../identity/index.ts';
import { transactionsById } from '../ledger/index.ts';
import {
  getHouses,
  houseView,
  importReportView,
  relationTo,
  type House,
  type Relation,
} from '../places/index.ts';
import { formatInstant, maskName } from '../platform/index.ts';
import { formatUppercase, formatYuan } from '../platform/money/index.ts';
import { dayOf, getFund, joinMonths, lastDayBefore, type Step } from '../programme/index.ts';
import { newestIssues, type Bill } from './bills.ts';
import type { BillTotals } from './find-bills.ts';
import { concessionOf } from './concession.ts';
import { partStep } from './explain-offset.ts';
import type { PostedListReport } from './import-posted-list.ts';
import { leftOfBills } from './left-to-pay.ts';
import { partsOfOffset } from './offset-parts.ts';
import { endedUnposted, monthsOfOffset, type Offset } from './offsets.ts';
import { seenOf, type QuotedBill } from './quote-offset.ts';
import type { BreakRow } from './resolve-break.ts';

function houseOf(houses: ReadonlyMap<string, House>, id: string) {
  const house = houses.get(id);
  if (!house) return { id, code: '', name: '' };
  const { code, name } = houseView(house);
  return { id, code, name };
}

export async function billViews(engine: Engine, bills: readonly Bill[]) {
  const houses = await getHouses(
    engine,
    bills.map((bill) => bill.house),
  );
  const left = await leftOfBills(
    engine,
    bills.map((bill) => bill.id),
  );
  const newest = await newestIssues(engine, bills);
  return bills.map(({ id, house, item, issue, amountFen, paidFen, state, ...months }) => {
    const { offsetFen, toPayFen } = left.get(id) ?? { offsetFen: 0, toPayFen: 0 };
    const replacedBy = newest.get(id);
    return {
      id,
      house: houseOf(houses, house),
      item,
      period: joinMonths(months),
      issue,
      amount: formatYuan(amountFen),
      paid: formatYuan(paidFen),
      offset: formatYuan(offsetFen),
      toPay: formatYuan(toPayFen),
      state,
      ...(replacedBy === undefined ? {} : { replacedBy }),
    };
  });
}

export function billTotalsView(
  period: string,
  { count, amountFen, paidFen, offsetFen, overFen, toPayFen }: BillTotals,
) {
  const [amount, paid] = [formatYuan(amountFen), formatYuan(paidFen)];
  const [offset, over] = [formatYuan(offsetFen), formatYuan(overFen)];
  return { period, count, amount, paid, offset, over, toPay: formatYuan(toPayFen) };
}

export async function quoteView(engine: Engine, quoted: QuotedBill) {
  const { bill, quote, agreed } = quoted;
  const names = new Map<string, { name: string; relation: Relation }>();
  for (const { person, relation } of agreed) {
    names.set(person, { name: maskName((await findPerson(engine, person))?.name ?? ''), relation });
  }
  const seen = seenOf(quoted);
  const takes = quote.parts.flatMap(({ member, takes: of }, nth) =>
    of.map((take) => ({ ...take, of: names.get(member ?? ''), nth })),
  );
  return {
    bill: bill.id,
    item: bill.item,
    period: joinMonths(bill),
    due: formatYuan(quote.toPayFen + quote.valueFen),
    value: formatYuan(quote.valueFen),
    toPay: formatYuan(quote.toPayFen),
    uppercase: formatUppercase(quote.valueFen),
    takes: takes.map(({ unit, points, worthMicro, expiresAt, of, nth }) => {
      const lastDay = lastDayBefore(expiresAt);
      return {
        unit,
        points: String(points),
        value: formatYuan(Math.round((points * worthMicro) / 10_000)),
        ...(lastDay === undefined ? {} : { lastDay }),
        ...(of && { of }),
        ...(seen !== undefined && { nth }),
      };
    }),
    ...(seen !== undefined && { seen }),
    ...(names.size > 0 && { agreed: [...names.values()] }),
    steps: quote.steps.map((step) => ({ ...step })),
    before: formatInstant(quote.cutOffAt),
  };
}

export async function offsetViews(engine: Engine, offsets: readonly Offset[]) {
  const houses = await getHouses(
    engine,
    offsets.map((offset) => offset.house),
  );
  const isEnded = await endedUnposted(engine, offsets);
  return Promise.all(
    offsets.map(async (offset) => {
      const person = await findPerson(engine, offset.member);
      const { id, number, bill, item, valueFen, state } = offset;
      const period = monthsOfOffset(offset);
      return {
        id,
        number,
        bill,
        house: houseOf(houses, offset.house),
        member: { id: offset.member, name: maskName(person?.name ?? '') },
        item,
        period,
        value: formatYuan(valueFen),
        uppercase: formatUppercase(valueFen),
        points: Object.entries(offset.points).map(([unit, points]) => ({ unit, points: String(points) })),
        steps: (offset.steps as unknown as Step[]).map((step) => ({ ...step })),
        state,
        ...(isEnded(offset) ? { holdEnded: true } : {}),
        at: formatInstant(offset.createdAt),
        ...(offset.actedBy && { actedBy: await actedByView(engine, offset.actedBy) }),
        ...(offset.cancelledBy && { cancelledBy: await actedByView(engine, offset.cancelledBy) }),
        ...(offset.holdTransaction === null ? {} : { hold: String(offset.holdTransaction) }),
        ...(offset.settledTransaction === null ? {} : { settled: String(offset.settledTransaction) }),
        ...(offset.reversedTransaction === null ? {} : { reversed: String(offset.reversedTransaction) }),
      };
    }),
  );
}

/**
 * The voucher itself: with the points that its holds really took, as the ledger has them. `reader`: whoever of the
 * household reads it, who sees what the others gave, and not where they had it from.
 */
export async function offsetDocument(engine: Engine, offset: Offset, reader?: string) {
  const [view] = await offsetViews(engine, [offset]);
  const parts = await partsOfOffset(engine, offset.id);
  const holds = parts.length === 0 ? [offset] : parts;
  const made = await transactionsById(
    engine,
    holds.map(({ holdTransaction }) => holdTransaction ?? 0),
  );
  const held = made
    .flatMap(({ entries }) => entries)
    .filter(({ account, amount }) => account.role === 'held' && amount > 0);
  const nameOf = async (person: string) => maskName((await findPerson(engine, person))?.name ?? '');
  const whoseOf = async (person: string) => {
    const day = dayOf(offset.createdAt);
    const relation = await relationTo(engine, { person, house: offset.house, day });
    return { ...(relation && { relation }), ...(person === reader && { own: true as const }) };
  };
  const taken = held.map(async ({ account, asset, amount }) => {
    const lastDay = lastDayBefore(asset.expiresAt);
    const isSeen = reader === undefined || account.owner === reader;
    const fund = isSeen && { id: asset.fund, name: (await getFund(engine, asset.fund))?.name ?? '' };
    return {
      unit: asset.unit,
      points: String(amount),
      ...(parts.length > 0 && { of: await nameOf(account.owner), ...(await whoseOf(account.owner)) }),
      ...(fund && { fund }),
      ...(lastDay === undefined ? {} : { lastDay }),
    };
  });
  const each = parts.map(async ({ member, valueFen }) => ({
    ...{ member: { id: member, name: await nameOf(member) }, ...(await whoseOf(member)) },
    value: formatYuan(valueFen),
  }));
  const together = parts.length > 0 ? { parts: await Promise.all(each) } : {};
  const settlement = offset.state === 'posted' ? { settlement: await settlementView(engine, offset) } : {};
  // To whoever paid along, 家人的 of the asker's steps would be the others'.
  const along = parts.find(({ member }) => member === reader && member !== offset.member);
  const steps = along && { steps: [partStep(offset, along)] };
  const late = await correctedFrom(engine, offset);
  return view && { ...view, ...late, ...steps, ...together, ...settlement, taken: await Promise.all(taken) };
}

/** A late correction: the firm's day of what was booked in a later month. */
async function correctedFrom(engine: Engine, { reversedTransaction, settledTransaction }: Offset) {
  const last = reversedTransaction ?? settledTransaction;
  const [booked] = last === null ? [] : await transactionsById(engine, [last]);
  const at = booked?.originalEffectiveAt ?? null;
  return at === null ? {} : { correctedFrom: dayOf(at) };
}

async function settlementView(engine: Engine, { id }: Offset) {
  const { owedFen, concessionFen } = await concessionOf(engine, eq(engine.tables.offsets.id, id));
  return { owed: formatYuan(owedFen), concession: formatYuan(concessionFen) };
}

export function breakView(row: BreakRow) {
  const { id, kind, differenceFen, proposal, zh, en, state, offset, resolution, comment } = row;
  return {
    id,
    kind,
    ...(offset === null ? {} : { offset }),
    difference: formatYuan(differenceFen),
    proposal,
    zh,
    en,
    state,
    ...(resolution === null ? {} : { resolution }),
    ...(comment === null ? {} : { comment }),
    ...(row.transaction === null ? {} : { transaction: String(row.transaction) }),
  };
}

type TotalsFen = { oursFen: number; theirsFen: number; matchedFen: number; differenceFen: number };

export function totalsView({ oursFen, theirsFen, matchedFen, differenceFen }: TotalsFen) {
  return {
    ours: formatYuan(oursFen),
    theirs: formatYuan(theirsFen),
    matched: formatYuan(matchedFen),
    difference: formatYuan(differenceFen),
  };
}

export function postedListReportView(report: PostedListReport) {
  const { breaks, drawnUpOn, notYetDue, ...totals } = report.reconciliation;
  return {
    ...importReportView(report),
    reconciliation: {
      ...totalsView(totals),
      ...(drawnUpOn === null ? {} : { drawnUpOn }),
      notYetDue: formatYuan(notYetDue.reduce((sum, { valueFen }) => sum + valueFen, 0)),
      breaks: breaks.map(({ kind, differenceFen, proposal, zh, en }) => {
        return { kind, difference: formatYuan(differenceFen), proposal, zh, en };
      }),
    },
  };
}

type PostedListRow = {
  id: string;
  fileName: string;
  createdAt: number;
  summary: Record<string, unknown>;
};

export function postedListView(
  row: PostedListRow,
  now: { open: number; notYetDue: { count: number; valueFen: number } },
) {
  const { counts, settled, drawnUpOn } = row.summary;
  const { open, notYetDue } = now;
  return {
    id: row.id,
    fileName: row.fileName,
    at: formatInstant(row.createdAt),
    settled: settled === true,
    counts: counts as Record<string, number>,
    ...totalsView(row.summary as unknown as TotalsFen),
    ...(typeof drawnUpOn === 'string' ? { drawnUpOn } : {}),
    notYetDue: { count: notYetDue.count, value: formatYuan(notYetDue.valueFen) },
    open,
  };
}
