/** What this module knows of transactions: which offset they made or ended, and of a household's, whose part. */
import { and, eq, inArray, ne, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { ActedBy } from '../identity/index.ts';
import { chunksOf } from '../places/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { sayMonths, type Explanation } from '../programme/index.ts';
import type { OffsetPart } from './offset-parts.ts';
import { endedUnposted, monthsOfOffset, type Offset, type OffsetState } from './offsets.ts';

type Words = { zh: string; en: string };

const ENDED: Readonly<Record<OffsetState, Words>> = {
  held: { zh: '抵扣物业费', en: 'Offset of fees' },
  exported: { zh: '抵扣物业费', en: 'Offset of fees' },
  posted: { zh: '物业已入账', en: 'Posted by the firm' },
  cancelled: { zh: '取消抵扣', en: 'Offset cancelled' },
  returned: { zh: '抵扣退回', en: 'Offset returned' },
  reversed: { zh: '物业已入账', en: 'Posted by the firm' },
};
/** By what became of it: the firm returned it, or its bill is another one, or none. */
const REVERSED = {
  returned: { zh: '物业退回，抵扣冲回', en: 'Given back by the firm, the offset was reversed' },
  reissued: { zh: '账单重新出过，抵扣冲回', en: 'The bill was issued anew, the offset was reversed' },
  cancelled: { zh: '账单作废，抵扣冲回', en: 'The bill was cancelled, the offset was reversed' },
};

const TOGETHER = { zh: '和家人一起抵扣物业费', en: 'Fees offset together with the family' };
const HOLD_ENDED = { zh: '抵扣到期没有入账，退回', en: 'Offset not posted in time, given back' };

type Named = Pick<Offset, 'holdTransaction' | 'settledTransaction' | 'reversedTransaction'>;

export async function explainOffset(
  engine: Engine,
  transactions: readonly number[],
): Promise<Map<number, Explanation>> {
  const found = new Map<number, Explanation>();
  if (transactions.length === 0) return found;
  const [alone, parts] = await offsetsBehind(engine, transactions);
  const all = [...alone, ...parts.map(({ offset }) => offset)];
  const isEnded = await endedUnposted(engine, all);
  const whyReversed = await reversedBecause(engine, all);
  const tell = (
    offset: Offset,
    { holdTransaction, settledTransaction, reversedTransaction }: Named,
    part?: OffsetPart,
  ) => {
    const ended = isEnded(offset) ? HOLD_ENDED : ENDED[offset.state];
    const made = part && part.member !== offset.member ? TOGETHER : ENDED.held;
    if (holdTransaction !== null) found.set(holdTransaction, said(offset, made, offset.actedBy, part));
    if (settledTransaction !== null)
      found.set(settledTransaction, said(offset, ended, offset.cancelledBy, part));
    if (reversedTransaction !== null)
      found.set(reversedTransaction, said(offset, REVERSED[whyReversed(offset)], null, part));
  };
  for (const offset of alone) tell(offset, offset);
  // The first part's transactions are the offset's own, and its points may be another's than the asker's.
  for (const { offset, part } of parts) tell(offset, part, part);
  return found;
}

/** As the difference says by which two people reversed it. */
async function reversedBecause(
  { reader, tables: { breaks: b, bills, offsets: t } }: Engine,
  offsets: readonly Offset[],
): Promise<(offset: Offset) => keyof typeof REVERSED> {
  const ids = offsets.flatMap(({ id, state }) => (state === 'reversed' ? [id] : []));
  if (ids.length === 0) return () => 'returned';
  const ofBill = new Map<string, 'reissued' | 'cancelled'>();
  for (const some of chunksOf(ids)) {
    const rows = await reader
      .select({ offset: b.offset, bill: bills.state })
      .from(b)
      .innerJoin(t, eq(t.id, b.offset))
      .innerJoin(bills, eq(bills.id, t.bill))
      .where(and(inArray(b.offset, some), eq(b.resolution, 'reverse'), ne(b.kind, 'returned')));
    for (const { offset, bill } of rows)
      ofBill.set(offset ?? '', bill === 'cancelled' ? 'cancelled' : 'reissued');
  }
  return ({ id }) => ofBill.get(id) ?? 'returned';
}

async function offsetsBehind({ reader, tables }: Engine, transactions: readonly number[]) {
  const { offsets: t, offsetParts: p } = tables;
  const ids = [...transactions];
  const alone = await reader
    .select()
    .from(t)
    .where(
      or(...[t.holdTransaction, t.settledTransaction, t.reversedTransaction].map((c) => inArray(c, ids))),
    );
  const parts = await reader
    .select({ offset: t, part: p })
    .from(p)
    .innerJoin(t, eq(t.id, p.offsetId))
    .where(
      or(...[p.holdTransaction, p.settledTransaction, p.reversedTransaction].map((c) => inArray(c, ids))),
    );
  return [alone, parts] as const;
}

function said(row: Offset, words: Words, actedBy: ActedBy | null, part?: OffsetPart): Explanation {
  const { zh, en } = words;
  const { number, item, member } = row;
  const period = sayMonths(monthsOfOffset(row));
  const along = part !== undefined && part.member !== member;
  const madeFor = `person:${actedBy?.payer ?? member}`;
  return {
    kind: 'offset',
    steps: along ? [partStep(row, part)] : (row.steps as unknown as Explanation['steps']),
    maker: actedBy?.by ?? `person:${member}`,
    ...(actedBy && { actedBy, madeFor }),
    // Of several parts the first one tells, once.
    ...(along && part.nth === 0 && { askedBy: `person:${member}` }),
    checker: null,
    ruleVersion: row.ruleVersion,
    zh: `${along && words !== TOGETHER ? '和家人一起抵的，' : ''}${zh}：${period.zh} ${item}（${number}）`,
    en: `${en}${along && words !== TOGETHER ? ', together with the family' : ''}: ${item} of ${period.en} (${number})`,
  };
}

/** Whoever pays along sees what was theirs, and not what others of the household have. */
export function partStep(offset: Offset, part: OffsetPart) {
  const { item, valueFen } = offset;
  const period = sayMonths(monthsOfOffset(offset));
  const [all, own] = [formatYuan(valueFen), formatYuan(part.valueFen)];
  return {
    zh: `家人用积分抵 ${period.zh} ${item} ${all} 元，其中 ${own} 元用的是您的积分（您同意过一起抵扣）`,
    en: `The household offset ${all} yuan of ${item} for ${period.en}; ${own} of it with your points, as you agreed`,
    value: own,
  };
}
