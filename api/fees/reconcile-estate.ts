/** The two sides of a reconciliation, gathered for the pure matcher: our exported offsets and the firm's rows. */
import type { Engine } from '../db/index.ts';
import { houseCode, housesOf } from '../places/index.ts';
import type { Day } from '../programme/index.ts';
import { feeItem } from './files/fee-item.ts';
import type { PostedListRow } from './files/posted-list.ts';
import type { UnreadRows } from './files/unread-rows.ts';
import type { Offset } from './offsets.ts';
import { exportedOffsets, ourOffsets } from './our-offsets.ts';
import { paidBefore } from './paid-before.ts';
import { reconcile } from './reconcile/match.ts';
import { type OurOffset, type PostedRow, type Reconciliation } from './reconcile/reconciliation.ts';
import { settledEarlier } from './settled-earlier.ts';
import { handedToItsFirm } from './whose-list.ts';

export type EstateReconciliation = Reconciliation & {
  rows: PostedRow[];
  offsets: ReadonlyMap<string, Offset>;
  /** Rows that an earlier list had already, and that say the same: no break, and nothing to do. */
  known: number;
  /** Rows, of this list or of earlier ones, that stand for an offset from now on; and open differences that it puts right. */
  bound: ReadonlyMap<string, string>;
  settled: ReadonlySet<string>;
  /** Offsets that only unreadable rows may name: no part of this comparison, and no `missing-there`. */
  leftOut: OurOffset[];
};

/** `ids` gives each row the id under which it will be kept. */
export async function reconcileEstate(
  engine: Engine,
  input: {
    estate: string;
    rows: readonly PostedListRow[];
    unread: UnreadRows;
    ids: () => string;
    /** The last day that the list knows of, also of other estates; null where it says none. */
    drawnUpOn: Day | null;
  },
): Promise<EstateReconciliation> {
  const rows = input.rows.map((row) => postedRow(row, input.ids()));
  const handedOver = await handedToItsFirm(engine, {
    ...{ estate: input.estate, handedOver: await exportedOffsets(engine, input.estate) },
    numbers: rows.map(({ offsetNumber }) => offsetNumber),
  });
  const exported = handedOver.map(({ offset }) => offset);
  const { drawnUpOn } = input;
  const settled = await settledEarlier(engine, input.estate, { rows, drawnUpOn });
  const all = await ourOffsets(engine, handedOver);
  const leftOut = namedUnread(all, rows, input.unread);
  const isLeftOut = new Set(leftOut);
  const ours = all.filter((offset) => !isLeftOut.has(offset));
  const open = rows.filter((row) => !settled.known.has(row) && !settled.twice.has(row));
  const houses = [...(await housesOf(engine, input.estate)).values()].map(houseCode);
  const result = reconcile(ours, open, {
    drawnUpOn,
    houses: new Set(houses),
    paidBefore: await paidBefore(engine, input.estate),
  });
  const twice = [...settled.twice.values()];
  const twiceFen = twice.reduce((sum, { differenceFen }) => sum + differenceFen, 0);
  const { totals } = result;
  return {
    ...result,
    breaks: [...result.breaks, ...twice],
    totals: {
      ...totals,
      theirsFen: totals.theirsFen + twiceFen,
      differenceFen: totals.differenceFen + twiceFen,
    },
    rows,
    offsets: new Map(exported.map((offset) => [offset.id, offset])),
    known: settled.known.size,
    bound: new Map([...settled.bound, ...returnedInPart(result)]),
    settled: settled.settled,
    leftOut,
  };
}

/** What a list takes back of a row in part is of the offset that the row posts. */
function returnedInPart({ matches, breaks }: Reconciliation): [row: string, offset: string][] {
  const ofMatches = matches.flatMap(({ offset, back = [] }) =>
    back.map(({ id }) => [id, offset.id] as const),
  );
  const ofBreaks = breaks.flatMap(({ offset, proposal, rows: [row, ...others] }) =>
    offset && proposal !== 'choose' && row?.state === 'posted'
      ? others.flatMap(({ id, state }) => (state === 'returned' ? [[id, offset.id] as const] : []))
      : [],
  );
  return [...ofMatches, ...ofBreaks].map(([row, offset]) => [row, offset]);
}

/** By number; by house where the row has no number. What a readable row names is compared. */
function namedUnread(
  offsets: readonly OurOffset[],
  rows: readonly PostedRow[],
  { numbers, houses }: UnreadRows,
): OurOffset[] {
  if (numbers.size + houses.size === 0) return [];
  const read = new Set(rows.flatMap(({ offsetNumber, house }) => [offsetNumber, house]));
  return offsets.filter(({ number, house }) => {
    const isNamed = numbers.has(number) || (houses.has(house) && !read.has(house));
    return isNamed && !read.has(number);
  });
}

function postedRow(row: PostedListRow, id: string): PostedRow {
  const { rowNumber, offsetNumber, amountFen, postedOn, state, isUnsaid, remark } = row;
  const item = feeItem(row.item);
  const house = row.house ? houseCode(row.house) : '';
  const period = row.period;
  return { id, rowNumber, offsetNumber, house, item, period, amountFen, postedOn, state, isUnsaid, remark };
}
