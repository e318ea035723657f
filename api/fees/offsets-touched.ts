/**
 * Offsets that a file of bills leaves without the bill that they were made for: it was issued anew, cancelled, or paid in
 * money. Whoever takes the file in is told which; those that still wait for their hand-over become breaks at once and are
 * not handed over, those in the firm's hands when its list comes.
 */
import { and, eq, inArray, type SQL } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import { chunksOf, type Question } from '../places/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import type { Offset } from './offsets.ts';
import { billLine, type BillChanges, type KnownBill } from './plan-bills.ts';

export type Touched = Pick<Offset, 'id' | 'number' | 'state' | 'valueFen'> & {
  kind: 'reissued' | 'paid-first';
  /** What has become of the bill. */
  zh: string;
  en: string;
};
type Change = Pick<Touched, 'kind' | 'zh' | 'en'> & {
  /** What there is room for in the end; an offset of no more is not touched by a payment. */
  roomFen: number;
};

export async function offsetsTouched(
  engine: Engine,
  { estate, changes, known }: { estate: string; changes: BillChanges; known: readonly KnownBill[] },
): Promise<Touched[]> {
  const lines = changedLines(changes, known);
  if (lines.size === 0) return [];
  const lineOf = new Map(known.map((bill) => [bill.id, billLine(bill)]));
  const { offsets: t } = engine.tables;
  const waiting = await offsetsThat(
    engine,
    and(eq(t.estate, estate), inArray(t.state, ['held', 'exported'])),
  );
  const anew = new Set([...lines].flatMap(([line, { kind }]) => (kind === 'reissued' ? [line] : [])));
  const posted: Awaited<typeof waiting> = [];
  for (const ids of chunksOf([...lineOf].flatMap(([id, line]) => (anew.has(line) ? [id] : []))))
    posted.push(...(await offsetsThat(engine, and(inArray(t.bill, ids), eq(t.state, 'posted')))));
  const takenFen = new Map<string, number>();
  return [...waiting, ...posted].flatMap(({ bill, ...offset }) => {
    const line = lineOf.get(bill) ?? '';
    const change = lines.get(line);
    if (!change) return [];
    // Nothing that waits was agreed for another bill; what is posted stands where the new one has room for it and for those before.
    const isPosted = offset.state === 'posted';
    const before = isPosted ? (takenFen.get(line) ?? 0) : 0;
    const fits = before + offset.valueFen <= change.roomFen;
    if (isPosted && fits) takenFen.set(line, before + offset.valueFen);
    if ((isPosted || change.kind === 'paid-first') && fits) return [];
    const { kind, zh, en } = change;
    return [{ ...offset, kind, zh, en }];
  });
}

function offsetsThat({ db, tables: { offsets: t } }: Engine, which: SQL | undefined) {
  return db
    .select({ id: t.id, number: t.number, state: t.state, valueFen: t.valueFen, bill: t.bill })
    .from(t)
    .where(which)
    .orderBy(t.number);
}

/** By the name of the line. */
function changedLines(changes: BillChanges, known: readonly KnownBill[]): Map<string, Change> {
  const lines = new Map<string, Change>();
  const bills = new Map(known.map((bill) => [bill.id, bill]));
  const anew = new Map(changes.added.map(({ row, house }) => [billLine({ ...row, house }), row.amountFen]));
  for (const id of [...changes.reissued, ...changes.cancelled]) {
    const bill = bills.get(id);
    if (!bill) continue;
    const now = anew.get(billLine(bill));
    lines.set(billLine(bill), { ...issuedAnew(bill.amountFen, now), roomFen: now ?? 0 });
  }
  for (const { id, paidFen } of changes.updated) {
    const bill = bills.get(id);
    if (!bill || paidFen <= bill.paidFen) continue;
    const received = paidInMoney({ amountFen: bill.amountFen, paidFen });
    lines.set(billLine(bill), { ...received, roomFen: bill.amountFen - paidFen });
  }
  return lines;
}

/** Undefined where nothing came in its place. */
export function issuedAnew(wasFen: number, nowFen: number | undefined) {
  const was = formatYuan(wasFen);
  if (nowFen === undefined)
    return { kind: 'reissued' as const, zh: `${was} 元的账单作废`, en: `the bill of ${was} is cancelled` };
  const now = formatYuan(nowFen);
  const [zh, en] = [`账单由 ${was} 元改为 ${now} 元`, `the bill of ${was} becomes ${now}`];
  return { kind: 'reissued' as const, zh, en };
}

export function paidInMoney(bill: { amountFen: number; paidFen: number }) {
  const [whole, paid] = [formatYuan(bill.amountFen), formatYuan(bill.paidFen)];
  const [zh, en] = [`账单 ${whole} 元已收 ${paid} 元`, `${paid} of the bill's ${whole} were received`];
  return { kind: 'paid-first' as const, zh, en };
}

const NAMED = 5;

export function questionOfTouched(all: readonly Touched[]): Question | undefined {
  const touched = all.filter(({ state }) => state !== 'posted');
  if (touched.length === 0) return undefined;
  const some = touched.slice(0, NAMED);
  const more = touched.length > NAMED;
  const zh = some
    .map((each) => `${each.number}（抵 ${formatYuan(each.valueFen)} 元，${each.zh}）`)
    .join('、');
  const en = some.map((each) => `${each.number} (${formatYuan(each.valueFen)}; ${each.en})`).join(', ');
  return {
    code: 'touches-offsets',
    zh: `有 ${touched.length} 张还没入账的抵扣单，账单变了：${zh}${more ? '等' : ''}。还没交给物业的不再交给物业，会告诉住户；已经交给物业的成为差异，不会自动入账。账单确实这样变了`,
    en: `Offsets that are not posted and whose bill changes: ${touched.length}; ${en}${more ? ' and others' : ''}. Those that wait are not handed over any more and their residents are told; those in the firm's hands become breaks and are taken by no machine. The bills have changed so`,
  };
}

/** The breaks of those that wait, and of those that the firm had posted on a bill that has no room for them: each one once. */
export async function breaksOfTouched(
  { db, tables: { breaks: t } }: Engine,
  touched: readonly Touched[],
  of: { estate: string; import: string; ids: () => string; now: number },
) {
  const held = touched.filter(({ state }) => state === 'held' || state === 'posted');
  const open = new Set<string | null>();
  for (const some of chunksOf(held.map(({ id }) => id))) {
    const rows = await db
      .select({ offset: t.offset })
      .from(t)
      .where(and(inArray(t.offset, some), eq(t.state, 'open')));
    for (const { offset } of rows) open.add(offset);
  }
  return held
    .filter(({ id }) => !open.has(id))
    .map((each) => ({
      ...{ id: of.ids(), version: 1, estate: of.estate, import: of.import, createdAt: of.now },
      ...{ kind: each.kind, offset: each.id, differenceFen: -each.valueFen, state: 'open' as const },
      ...(each.state === 'posted' ? toBeReversed(each) : toBeGivenBack(each)),
    }));
}

function toBeGivenBack({ number, kind, valueFen, zh, en }: Touched) {
  const value = formatYuan(valueFen);
  const isAnew = kind === 'reissued';
  return {
    proposal: isAnew ? ('offset-new-bill' as const) : ('release' as const),
    zh: `${number}：${zh}，抵扣的 ${value} 元还没有交给物业，不再导出。请退回积分${isAnew ? '，还要抵的由住户按新账单重新抵扣' : ''}`,
    en: `${number}: ${en}. Its ${value} were not handed over and will not be. Give the points back${isAnew ? '; the resident may offset the new bill' : ''}`,
  };
}

function toBeReversed({ number, valueFen, zh, en }: Touched) {
  const value = formatYuan(valueFen);
  return {
    proposal: 'reverse' as const,
    zh: `${number}：${zh}，抵扣的 ${value} 元已经入账，积分已经付给物业。由两个人冲回：积分退给居民，物业少收 ${value} 元，还要抵的按新账单重新抵扣`,
    en: `${number}: ${en}, and its ${value} were posted and paid to the firm in points. Two people reverse it: the points go back, the firm is owed ${value} less, and a new bill may be offset`,
  };
}

export function writeBreaks(
  { tables: { breaks } }: Engine,
  db: Database,
  rows: Awaited<ReturnType<typeof breaksOfTouched>>,
): PromiseLike<unknown>[] {
  return chunksOf(rows).map((some) => db.insert(breaks).values(some));
}
