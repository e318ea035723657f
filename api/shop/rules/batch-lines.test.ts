import fc from 'fast-check';
import { expect, it } from 'vitest';
import { linesOf } from './batch-lines.ts';

const rows = fc.array(
  fc.record({ who: fc.constantFrom('a', 'b', 'c'), receipt: fc.constantFrom(...'123456789') }),
);

it('each row stands in one line or repeats a receipt, and a customer’s rows keep their order', () => {
  fc.assert(
    fc.property(rows, (given) => {
      const { lines, twice } = linesOf(given.map((row, at) => ({ at, row })));
      const placed = [...lines.flat().map(({ at }) => at), ...twice].sort((a, b) => a - b);
      expect(placed).toEqual(given.map((_, at) => at));
      for (const line of lines) {
        expect(new Set(line.map(({ row }) => row.who)).size).toBe(1);
        expect(line.map(({ at }) => at)).toEqual(line.map(({ at }) => at).toSorted((a, b) => a - b));
      }
      expect(new Set(lines.map(([first]) => first?.row.who)).size).toBe(lines.length);
    }),
  );
});

it('of a receipt that stands twice the first counts, whoever the second is for', () => {
  const given = [
    { at: 0, row: { who: 'a', receipt: '1' } },
    { at: 1, row: { who: 'b', receipt: '1' } },
  ];
  expect(linesOf(given)).toEqual({ lines: [[given[0]]], twice: [1] });
});
