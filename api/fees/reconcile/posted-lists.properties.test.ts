/** What a machine may do with points after any posted list, in whatever halves and order it comes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ours, theirs } from '../../../tests/support/posted-lists.ts';
import { ownRows } from '../files/own-rows.ts';
import { isOfPoints, postedState } from '../files/posted-state.ts';
import { carryOn, type OpenBreak } from './carry-on.ts';
import { reconcile } from './match.ts';
import type { Break, OurOffset, PostedRow } from './reconciliation.ts';

const ESTATE = '和美苑';
const house = fc.constantFrom('3-2-0501', '3-2-0502', '4-1-0101');
const item = fc.constantFrom('物业服务费', '公摊水电');
const amountFen = fc.constantFrom(26, 1_000, 2_000);

/** A line as the firm writes it. */
const anyLine = fc.record({
  estate: fc.constantFrom(ESTATE, ESTATE, '', '金康苑', '幸福里'),
  offsetNumber: fc.constantFrom('', '', 'DK-2606-0001', 'DK-2606-0002', 'DK-2606-0003', 'DK-2612-0777'),
  house,
  item: fc.oneof(item, fc.constant('')),
  period: fc.constantFrom<PostedRow['period']>('2026-06', '2026-06', ''),
  signedFen: fc.oneof(
    amountFen,
    amountFen.map((fen) => -fen),
    fc.constantFrom(11_832, -11_832),
  ),
  status: fc.constantFrom('', '', '已入账', '已退回', '未入账'),
  method: fc.constantFrom('', '积分抵扣', '现金', '微信', '其他'),
  postedOn: fc.constantFrom('2026-06-11', '2026-06-20', null),
  half: fc.boolean(),
});
type Line = typeof anyLine extends fc.Arbitrary<infer Each> ? Each : never;

const anyOffsets = fc
  .array(
    fc.record({
      house,
      item,
      valueFen: amountFen,
      bill: fc.record({
        issue: fc.constantFrom(1, 1, 2),
        amountFen: fc.constantFrom(30, 11_832),
        cancelled: fc.constantFrom(false, false, true),
        paidFen: fc.constantFrom(0, 0, 11_832),
      }),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((all): OurOffset[] => all.map((each, nth) => ours(nth + 1, each)));

const anyCase = fc.record({
  offsets: anyOffsets,
  lines: fc.array(anyLine, { maxLength: 8 }),
  offsetsOnly: fc.boolean(),
  swapped: fc.boolean(),
});
type Case = typeof anyCase extends fc.Arbitrary<infer Each> ? Each : never;
const runs = { numRuns: 200 };

/** As the file's own reading makes rows of them: of this estate alone. */
function rowsOf(lines: readonly Line[], offsetsOnly: boolean): PostedRow[] {
  const written = lines.map((line, nth) => ({ ...line, amountFen: line.signedFen, nth }));
  const { rows } = ownRows(written, { name: ESTATE, known: [], elsewhere: ['金康苑', '幸福里'] });
  return rows.flatMap(({ nth, ...line }) => {
    const { offsetNumber, item: of, period, postedOn, status, method, signedFen } = line;
    const told = {
      status,
      method,
      remark: '',
      amountFen: signedFen,
      hasNumber: offsetNumber !== '',
      offsetsOnly,
    };
    const state = postedState(told);
    if (typeof state === 'object') return [];
    const fen = Math.abs(signedFen);
    const common = { id: `r${nth}`, rowNumber: nth + 2, offsetNumber, house: line.house, remark: '' };
    return [
      {
        ...common,
        ...{ item: of, period, postedOn, isUnsaid: !isOfPoints(told) },
        amountFen: state === 'refunded' ? -fen : fen,
        state: state === 'refunded' ? ('paid-otherwise' as const) : state,
      },
    ];
  });
}

function halvesOf({ lines, offsetsOnly, swapped }: Omit<Case, 'offsets'>): PostedRow[][] {
  return [!swapped, swapped].map((one) =>
    rowsOf(
      lines.filter(({ half }) => half === one),
      offsetsOnly,
    ),
  );
}

type Moved = { offset: OurOffset; row: PostedRow };

/** What is booked with the list itself, and nobody asked. */
function moved(offsets: readonly OurOffset[], rows: readonly PostedRow[], before: readonly PostedRow[]) {
  const { matches, breaks } = reconcile(offsets, rows, { paidBefore: before });
  const given = breaks.flatMap(({ kind, proposal, offset, rows: [row] }): Moved[] =>
    kind === 'returned' && proposal === 'release' && offset && row ? [{ offset, row }] : [],
  );
  return { breaks, captured: matches, given };
}

/** Rows that say of the offset of a break what it says itself. */
function rowsOfOwn({ offset, rows }: Break): Moved[] {
  if (!offset) return [];
  return rows
    .filter((row) => row.house === offset.house && row.amountFen === offset.valueFen)
    .map((row) => ({ offset, row }));
}

function kept(found: Break, id: string): OpenBreak {
  const { kind, proposal, differenceFen, offset, rows } = found;
  const of = { id, version: 1, kind, proposal, differenceFen, offset: offset?.id ?? null };
  return { ...of, row: rows[0] ?? null, owner: null, carriedTo: null, createdAt: 0 };
}

describe('any list, with rows of other estates, cash and refunds in it, in halves in any order', () => {
  it('moves no points by machine but for a row of this estate that names the offset, or is of points and fits it alone', () => {
    fc.assert(
      fc.property(anyCase, ({ offsets, lines, offsetsOnly, swapped }) => {
        const halves = halvesOf({ lines, offsetsOnly, swapped });
        let open = offsets;
        const before: PostedRow[] = [];
        for (const half of [...halves, rowsOf(lines, offsetsOnly)]) {
          const { breaks, captured, given } = moved(open, half, before);
          for (const { offset, row } of [...captured, ...given]) {
            const isReturn = row.state === 'returned';
            expect(isReturn || row.state === 'posted').toBe(true);
            expect(row.amountFen).toBe(offset.valueFen);
            if (row.offsetNumber !== offset.number) {
              expect(row.offsetNumber).not.toBe('DK-2612-0777');
              expect(row.isUnsaid).toBe(false);
              expect(row.house).toBe(offset.house);
              expect(['', offset.period]).toContain(row.period);
              const rivals = open.filter(
                (other) =>
                  other !== offset &&
                  other.house === row.house &&
                  other.valueFen === row.amountFen &&
                  (row.item === '' || row.item === other.item),
              );
              const all = [...captured, ...given, ...breaks.flatMap(rowsOfOwn)];
              for (const rival of rivals)
                expect(all.some((each) => each.offset === rival && each.row !== row)).toBe(true);
            }
          }
          const gone = new Set([...captured, ...given].map(({ offset }) => offset));
          open = open.filter((offset) => !gone.has(offset));
          before.push(...half.filter(({ state }) => state === 'paid-otherwise'));
        }
      }),
      runs,
    );
  });

  it('takes no points for a bill that money in it has paid already', () => {
    const anyMoney = fc.array(
      fc.record({
        of: fc.nat({ max: 2 }),
        fen: fc.constantFrom(11_832, -11_832, 10_832, 9_000, 1_000, -26),
        under: fc.boolean(),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(anyOffsets, anyMoney, (offsets, money) => {
        const posted = offsets.map((offset, nth) => theirs(offset, nth + 2));
        const cash = money.flatMap(({ of, fen, under }, nth): PostedRow[] => {
          const offset = offsets[of];
          if (!offset) return [];
          const offsetNumber = under ? offset.number : '';
          return [theirs(offset, nth + 20, { amountFen: fen, offsetNumber, state: 'paid-otherwise' })];
        });
        for (const { offset } of reconcile(offsets, [...cash, ...posted]).matches) {
          const received = cash
            .filter((row) => row.house === offset.house && row.item === offset.item)
            .reduce((sum, row) => sum + row.amountFen, 0);
          expect(Math.max(received, 0) + offset.valueFen).toBeLessThanOrEqual(offset.bill.amountFen);
        }
      }),
      runs,
    );
  });

  it('proposes nothing for release by silence that a half of it has posted', () => {
    fc.assert(
      fc.property(anyCase, ({ offsets, lines, offsetsOnly, swapped }) => {
        const halves = halvesOf({ lines, offsetsOnly, swapped });
        let left = offsets;
        let open: OpenBreak[] = [];
        const said = new Set<string>();
        for (const [nth, rows] of [...halves, []].entries()) {
          const { breaks, captured, given } = moved(left, rows, []);
          const { fresh, again, replaced } = carryOn(open, breaks);
          const gone = new Set(replaced.map(({ was }) => was.id));
          const ours = new Set([...again.map(({ id }) => id)]);
          open = [
            ...open.filter(({ id }) => ours.has(id) || !gone.has(id)),
            ...fresh.map((each, at) => kept(each, `${nth}-${at}`)),
          ];
          const settled = new Set([...captured, ...given].map(({ offset }) => offset.id));
          left = left.filter(({ id }) => !settled.has(id));
          open = open.filter(({ offset }) => offset === null || !settled.has(offset));
          for (const { offset, kind, proposal, rows: of } of breaks) {
            // The whole bill under our number is money, and what is returned is returned: neither is silence.
            const isOther = (kind === 'paid-first' && proposal === 'release') || kind === 'returned';
            const isTwice = kind === 'duplicate' && proposal !== 'choose';
            if (!offset || isTwice) continue;
            if (isOther && of.some(({ state }) => state !== 'paid-otherwise')) said.delete(offset.id);
            else if (of.some(({ state }) => state === 'posted')) said.add(offset.id);
          }
          for (const { offset, kind, proposal } of open) {
            const isTwice = kind === 'duplicate' && proposal !== 'choose';
            if (offset === null || !said.has(offset) || isTwice) continue;
            expect(['release', 'offset-new-bill']).not.toContain(proposal);
          }
        }
      }),
      runs,
    );
  });
});
