/** Firms' posted lists with what goes wrong in a month planted in them, compared by who does not see the key. */
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { reconcile } from '../../api/fees/reconcile/match.ts';
import { compareEstates } from '../support/reconcile/compare-lists.ts';
import { districtOf } from '../support/reconcile/district.ts';
import { LAYOUTS } from '../support/reconcile/list-files.ts';
import { outcomeOf, scoreOf } from '../support/reconcile/outcome.ts';
import { plantList, type ListRow } from '../support/reconcile/planted-list.ts';
import { writeDistrict } from '../support/reconcile/write-district.ts';
import type { PostedRow } from '../../api/fees/reconcile/reconciliation.ts';

const habits = fc.record({
  drawnUpLate: fc.boolean(),
  allPayments: fc.boolean(),
  daysOfOffsets: fc.boolean(),
  roomsAreNumbers: fc.constant(false),
});

/** As the readers have it, without a file between. */
function read({ number, day, state, ...row }: ListRow, at: number): PostedRow {
  return {
    ...row,
    id: String(at + 1),
    rowNumber: at + 1,
    offsetNumber: number,
    postedOn: day,
    state: state === 'paid' ? 'paid-otherwise' : state,
  };
}

describe('an estate’s month with breaks planted in it', () => {
  const months = fc.tuple(fc.integer({ min: 1, max: 2 ** 31 }), habits).map(([seed, how]) => {
    const [estate] = [...districtOf(String(seed), { estates: 1, offsets: 250 })];
    return plantList(String(seed), estate!, how);
  });
  const compared = ({ offsets, rows }: ReturnType<typeof plantList>) => reconcile(offsets, rows.map(read));

  it('is never booked by machine but where the pair is true and nothing is wrong with it', () => {
    fc.assert(
      fc.property(months, (month) => {
        const { acted, right, faults } = scoreOf(outcomeOf(compared(month)), month.key, 1);
        expect(right, faults.join('\n')).toBe(acted);
      }),
      { numRuns: 60 },
    );
  });

  it('counts each offset once: matched, in a break of its own, or not yet due', () => {
    fc.assert(
      fc.property(months, (month) => {
        const { matches, breaks, notYetDue, totals } = compared(month);
        const own = breaks.filter(({ kind, proposal }) => kind !== 'duplicate' || proposal === 'choose');
        const ended = [...matches, ...own].flatMap(({ offset }) => offset?.number ?? []);
        const all = [...ended, ...notYetDue.map(({ number }) => number)].sort();
        expect(all).toEqual(month.offsets.map(({ number }) => number).sort());
        expect(breaks.reduce((sum, { differenceFen }) => sum + differenceFen, 0)).toBe(totals.differenceFen);
      }),
      { numRuns: 30 },
    );
  });

  it('waits for what was handed over after its list was drawn up', () => {
    fc.assert(
      fc.property(months, (month) => {
        const { breaks, notYetDue } = compared(month);
        const named = new Set(notYetDue.map(({ number }) => number));
        // One that a row without its number might be of is for a person to say.
        for (const { offset, proposal } of breaks)
          if (offset && proposal === 'choose') named.add(offset.number);
        expect(month.key.notYetDue.filter((number) => !named.has(number))).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

/** A short run of `npm run bench -- reconcile`, of one district that is always the same. */
it('the files of a small district, each in its firm’s layout, are compared as well as the bench promises', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'linli-reconcile-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const size = { estates: LAYOUTS.length + 2, offsets: 4_000 };
  const { estates, score } = await writeDistrict(folder, 'the short run', size);
  const { acted, right, pairs, found, planted, typed, faults } = score(await compareEstates(folder, estates));
  expect(right, faults.join('\n')).toBe(acted);
  expect(acted).toBeGreaterThan(3_700);
  expect(found / pairs).toBeGreaterThanOrEqual(0.98);
  expect(planted).toBeGreaterThan(150);
  expect(typed / planted).toBeGreaterThanOrEqual(0.95);
});
