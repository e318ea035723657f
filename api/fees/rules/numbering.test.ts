import fc from 'fast-check';
import { expect, it } from 'vitest';
import { offsetNumbers } from '../files/offset-number.ts';
import { numberingKeys, numberingOf, seriesOfNumber } from './numbering.ts';

const month = '2026-06';

/** What the ledger does with it: moves the counters and gives the number. */
function ledger(before: Readonly<Record<string, number>> | Map<string, number> = {}) {
  const totals = before instanceof Map ? before : new Map(Object.entries(before));
  return (firm: string, estate: string, of = month): string => {
    const { number, tallies } = numberingOf({ firm, estate, month: of }, totals);
    for (const { key, add, was } of tallies) {
      expect(totals.get(key) ?? 0).toBe(was);
      totals.set(key, was + add);
    }
    const nth = (totals.get(`number:${number.series}`) ?? 0) + 1;
    totals.set(`number:${number.series}`, nth);
    const given = number.prefix + String(nth).padStart(number.pad, '0');
    expect(seriesOfNumber(given, { firm, estate })).toContain(number.series);
    return given;
  };
}

it('the numbers of a firm’s month are 1, 2 … over all its estates', () => {
  const next = ledger();
  expect([next('A', 'e1'), next('A', 'e2'), next('B', 'e3'), next('A', 'e1')]).toEqual([
    ...['DK-2606-0001', 'DK-2606-0002', 'DK-2606-0001', 'DK-2606-0003'],
  ]);
  expect(next('A', 'e2', '2026-07')).toBe('DK-2607-0001');
});

it('a second firm of an estate’s month has a series of its own there, and the first goes on with its own', () => {
  const next = ledger();
  const of = [
    ['A', 'e1'],
    ['B', 'e2'],
    ['B', 'e1'],
    ['C', 'e1'],
    ['A', 'e1'],
    ['B', 'e2'],
    ['B', 'e1'],
  ] as const;
  expect(of.map(([firm, estate]) => next(firm, estate))).toEqual([
    ...['DK-2606-0001', 'DK-2606-0001', 'DK-2606-B0001', 'DK-2606-C0001'],
    ...['DK-2606-0002', 'DK-2606-0002', 'DK-2606-B0002'],
  ]);
});

it('a month that the estate began with numbers of its own goes on with them to its end', () => {
  const { perEstate } = numberingKeys({ firm: '', estate: 'old', month });
  const next = ledger({ [perEstate]: 40 });
  expect([next('A', 'old'), next('A', 'new'), next('B', 'old'), next('A', 'old', '2026-07')]).toEqual([
    ...['DK-2606-0041', 'DK-2606-0001', 'DK-2606-0042', 'DK-2607-0001'],
  ]);
});

it('a month that a firm began goes on as the firm’s, though a version of before counts the estate’s beside it', () => {
  const [of, estate] = [{ firm: 'A', month }, 'e1'];
  const totals = new Map<string, number>();
  const given: string[] = [];
  const next = ledger(totals);
  given.push(next('A', estate), next('A', 'e2'));
  // The version of before gives its own: a number that the estate has it cannot write.
  const { perEstate } = numberingKeys({ ...of, estate: 'e2' });
  totals.set(perEstate, 1);
  given.push(next('A', 'e2'), next('A', estate));
  expect(given).toEqual(['DK-2606-0001', 'DK-2606-0002', 'DK-2606-0003', 'DK-2606-0004']);
  // Which of them began the month is settled by who is written first: the other is asked again.
  const first = numberingOf({ ...of, estate: 'e3' }, new Map());
  expect(first.tallies).toContainEqual({
    key: numberingKeys({ ...of, estate: 'e3' }).perEstate,
    add: 0,
    was: 0,
  });
});

it('whoever comes in whatever order: no number twice in an estate, none left out in a series, each read back', () => {
  const [firms, estates] = [fc.constantFrom(...'ABCD'), fc.constantFrom(...'wxyz')];
  fc.assert(
    fc.property(fc.array(fc.tuple(firms, estates), { maxLength: 60 }), (offsets) => {
      const next = ledger();
      const given = offsets.map(([firm, estate]) => ({ firm, estate, number: next(firm, estate) }));
      expect(new Set(given.map(({ estate, number }) => `${estate} ${number}`)).size).toBe(given.length);
      const series = new Map<string, number[]>();
      for (const { firm, number } of given) {
        expect(offsetNumbers(`凭证${number.toLowerCase().replaceAll('-', '')}。`)).toEqual([number]);
        const name = firm + number.replace(/\d+$/, '');
        series.set(name, [...(series.get(name) ?? []), Number(/\d+$/.exec(number)![0])]);
      }
      for (const counts of series.values()) expect(counts).toEqual(counts.map((_, nth) => nth + 1));
    }),
  );
});
