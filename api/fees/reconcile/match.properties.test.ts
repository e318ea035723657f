import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reconcile } from './match.ts';
import type { OurOffset, PostedRow, Reconciliation } from './reconciliation.ts';

const house = fc.constantFrom('3-2-0501', '3-2-0502', '3-2-501', '4-1-0101');
const period = fc.constantFrom('2026-06', '2026-07');
const day = fc.constantFrom('2026-06-10', '2026-06-11', '2026-06-20');
const amountFen = fc.constantFrom(1_000, 1_001, 2_000, 11_832);

const anyOffsets = fc
  .array(
    fc.record({
      house,
      item: fc.constant('物业服务费'),
      period,
      valueFen: amountFen,
      offsetOn: day,
      exportedOn: day,
      billIssue: fc.constant(1),
      bill: fc.record({
        issue: fc.constantFrom(1, 2),
        amountFen: fc.constant(11_832),
        cancelled: fc.boolean(),
      }),
    }),
    { maxLength: 8 },
  )
  .map((offsets): OurOffset[] => offsets.map((offset, n) => ({ ...offset, id: `o${n}`, number: `DK-${n}` })));

const anyRows = fc
  .array(
    fc.record({
      offsetNumber: fc.constantFrom('', 'DK-0', 'DK-1', 'DK-2', 'DK-77'),
      house: fc.oneof(house, fc.constant('')),
      item: fc.constant('物业服务费'),
      period: fc.oneof(period, fc.constant<''>('')),
      amountFen,
      postedOn: fc.option(day),
      state: fc.constantFrom<PostedRow['state']>('posted', 'posted', 'posted', 'returned', 'paid-otherwise'),
      remark: fc.constant(''),
    }),
    { maxLength: 10 },
  )
  .map((rows): PostedRow[] => rows.map((row, n) => ({ ...row, id: `r${n}`, rowNumber: n + 2 })));

const runs = { numRuns: 500 };
const ids = (result: Reconciliation) => ({
  matches: result.matches.map(({ offset, row, by }) => [offset.id, row.id, by]),
  breaks: result.breaks.map((found) => [
    found.kind,
    found.offset?.id,
    found.rows.map((row) => row.id),
    found.zh,
  ]),
  notYetDue: result.notYetDue.map((offset) => offset.id),
  totals: result.totals,
});

describe('whatever the two lists hold', () => {
  it('the breaks add up to the difference of the totals, to the fen', () => {
    fc.assert(
      fc.property(anyOffsets, anyRows, (offsets, rows) => {
        const { breaks, notYetDue, totals } = reconcile(offsets, rows);
        expect(breaks.reduce((sum, found) => sum + found.differenceFen, 0)).toBe(totals.differenceFen);
        const due = offsets.filter((offset) => !notYetDue.includes(offset));
        expect(totals.oursFen).toBe(due.reduce((sum, offset) => sum + offset.valueFen, 0));
      }),
      runs,
    );
  });

  it('every offset is accounted for once: matched, not yet due, or in a break of its own beside duplicates', () => {
    fc.assert(
      fc.property(anyOffsets, anyRows, (offsets, rows) => {
        const { matches, breaks, notYetDue } = reconcile(offsets, rows);
        for (const offset of offsets) {
          const own = breaks.filter(
            (found) => found.offset === offset && (found.kind !== 'duplicate' || found.proposal === 'choose'),
          );
          const waits = notYetDue.filter((each) => each === offset).length;
          expect(matches.filter((match) => match.offset === offset).length + own.length + waits).toBe(1);
        }
      }),
      runs,
    );
  });

  it('no row is used twice, and a posted row is used unless the list took it back', () => {
    fc.assert(
      fc.property(anyOffsets, anyRows, (offsets, rows) => {
        const { matches, breaks } = reconcile(offsets, rows);
        const used = [
          ...matches.map((match) => match.row),
          ...breaks.filter((found) => found.kind !== 'paid-first').flatMap((found) => found.rows),
        ];
        expect(new Set(used).size).toBe(used.length);
        for (const row of rows) {
          const returned = rows.some(
            (back) => back.state === 'returned' && back.offsetNumber === row.offsetNumber,
          );
          const payment = breaks.some((found) => found.kind === 'paid-first' && found.rows.includes(row));
          if (row.state === 'posted' && !returned && !payment) expect(used).toContain(row);
        }
      }),
      runs,
    );
  });

  it('a match agrees in amount, and in whatever else the row says', () => {
    fc.assert(
      fc.property(anyOffsets, anyRows, (offsets, rows) => {
        for (const { offset, row } of reconcile(offsets, rows).matches) {
          expect(row.state).toBe('posted');
          expect(row.amountFen).toBe(offset.valueFen);
          expect(['', offset.house]).toContain(row.house);
          expect(['', offset.period]).toContain(row.period);
        }
      }),
      runs,
    );
  });

  it('no row is given to one of two offsets that say the same, nor one of two such rows to an offset', () => {
    fc.assert(
      fc.property(anyOffsets, anyRows, (offsets, rows) => {
        const { matches, breaks } = reconcile(offsets, rows);
        const lines = new Set<string>();
        for (const {
          kind,
          offset,
          rows: [row],
        } of breaks) {
          if (kind === 'missing-there' && offset)
            lines.add(`${offset.house}|${offset.period}|${offset.valueFen}`);
          const isBare = kind === 'missing-here' && row?.offsetNumber === '' && row.state === 'posted';
          if (isBare) lines.add(`${row.house}|${row.period}|${row.amountFen}`);
        }
        for (const { row, by } of matches) {
          if (by === 'score') expect(lines).not.toContain(`${row.house}|${row.period}|${row.amountFen}`);
        }
      }),
      runs,
    );
  });

  it('the order of the lists changes nothing', () => {
    const shuffled = fc
      .tuple(anyOffsets, anyRows)
      .chain(([offsets, rows]) =>
        fc.tuple(
          fc.constant({ offsets, rows }),
          fc.shuffledSubarray(offsets, { minLength: offsets.length }),
          fc.shuffledSubarray(rows, { minLength: rows.length }),
        ),
      );
    fc.assert(
      fc.property(shuffled, ([{ offsets, rows }, otherOffsets, otherRows]) => {
        expect(ids(reconcile(otherOffsets, otherRows))).toEqual(ids(reconcile(offsets, rows)));
      }),
      runs,
    );
  });
});

/** How a whole district is compared is shown by `npm run bench -- reconcile`. */
describe('a street’s month', () => {
  const STREET = 10_000;

  function offsetAt(n: number): OurOffset {
    const room = `${String(1 + (n % 11)).padStart(2, '0')}0${1 + (n % 4)}`;
    return {
      id: `o${n}`,
      number: `DK-2606-${String(n).padStart(6, '0')}`,
      house: `${Math.floor(n / 44)}-1-${room}`,
      item: '物业服务费',
      period: '2026-06',
      // Most households reach the monthly cap, so that amounts tell little.
      valueFen: n % 3 === 0 ? 3_000 + (n % 1_000) : 5_000,
      offsetOn: '2026-06-10',
      exportedOn: '2026-06-10',
      billIssue: 1,
      bill: { issue: 1, amountFen: 20_000, cancelled: false },
    };
  }

  function rowOf(offset: OurOffset, n: number): PostedRow {
    return {
      id: `r${n}`,
      rowNumber: n + 2,
      offsetNumber: n % 2 === 0 ? offset.number : '',
      house: n % 100 === 1 ? offset.house.replace(/\d$/, '9') : offset.house,
      item: offset.item,
      period: offset.period,
      amountFen: n % 500 === 2 ? offset.valueFen + 1 : offset.valueFen,
      postedOn: '2026-06-12',
      state: 'posted',
      remark: '',
    };
  }

  it('of 10,000 × 10,000 rows, half of them without a number, finds every planted break', () => {
    const offsets = Array.from({ length: STREET }, (_, n) => offsetAt(n));
    const rows = offsets.map(rowOf);
    const { matches, breaks, totals } = reconcile(offsets, rows);
    expect(breaks.filter((found) => found.kind === 'amount')).toHaveLength(20);
    expect(breaks.filter((found) => found.kind === 'wrong-house').length).toBeGreaterThan(75);
    expect(matches.length + breaks.filter((found) => found.offset).length).toBe(STREET);
    expect(totals.differenceFen).toBe(20);
  }, 30_000);

  it.each<[string, number, Partial<PostedRow>]>([
    ['another estate', STREET, { offsetNumber: '', house: 'elsewhere-1-0101' }],
    ['one number in every row', STREET, { offsetNumber: 'DK-2606-000000', house: '' }],
  ])(
    'survives a list that is wrong from top to bottom: %s',
    (_, size, wrong) => {
      const offsets = Array.from({ length: size }, (_each, n) => offsetAt(n));
      const { breaks, totals } = reconcile(
        offsets,
        offsets.map((offset, n) => ({ ...rowOf(offset, 2 * n), rowNumber: n + 2, ...wrong })),
      );
      expect(breaks.length).toBeGreaterThanOrEqual(2 * size - 2);
      expect(breaks.reduce((sum, found) => sum + found.differenceFen, 0)).toBe(totals.differenceFen);
    },
    30_000,
  );
});
