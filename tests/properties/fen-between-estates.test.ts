/** A firm's vouchers are an estate's, its 结算单 a payer's: each rounds its own, and what lies between them is named. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settlementOf } from '../../api/fees/statement/figures.ts';
import { MICRO_PER_FEN } from '../../api/platform/money/index.ts';
import { settleUp } from '../../api/settlement/rules/settle-up.ts';

/** What an estate's offsets of a month come to, by who pays for them; every month has each. */
type Month = readonly (readonly number[])[];

const [ESTATES, PAYERS] = [3, 2];
const micro = (min: number) => fc.integer({ min, max: 300_000_000 });
const months = (min: number) =>
  fc.array(
    fc.array(fc.array(micro(min), { minLength: PAYERS, maxLength: PAYERS }), {
      ...{ minLength: ESTATES, maxLength: ESTATES },
    }),
    { minLength: 1, maxLength: 8 },
  );
const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0);

/** Both sides after some months: what they say in whole fen, and what they still carry on. */
function bothSides(all: readonly Month[]) {
  const books = { fen: 0, carriedMicro: 0 };
  const dues = { fen: 0, carriedMicro: 0 };
  for (let estate = 0; estate < ESTATES; estate += 1) {
    let beforeMicro = 0;
    for (const month of all) {
      const capturedMicro = sum(month[estate]!);
      const { owedFen, carriedOutMicro } = settlementOf({ postedFen: 0, beforeMicro, capturedMicro });
      beforeMicro += capturedMicro;
      books.fen += owedFen;
      if (month === all.at(-1)) books.carriedMicro += carriedOutMicro;
    }
  }
  for (let payer = 0; payer < PAYERS; payer += 1) {
    let carriedMicro = 0;
    for (const month of all) {
      const takenMicro = sum(month.map((of) => of[payer]!));
      const line = { fund: 'f', unit: 'CON', redeemer: 'r', rateMicro: 1, factor: 10_000, takenPoints: 0 };
      const { netFen, carriedOutMicro } = settleUp(carriedMicro, [
        { ...line, takenMicro, returnedPoints: 0, returnedMicro: 0 },
      ]);
      carriedMicro = carriedOutMicro;
      dues.fen += netFen;
    }
    dues.carriedMicro += carriedMicro;
  }
  return { books, dues };
}

it('what the estates’ vouchers and the firm’s settlements differ by is what both say that they carry on', () => {
  fc.assert(
    fc.property(months(-100_000_000), (all) => {
      const { books, dues } = bothSides(all);
      const wholeMicro = sum(all.flat(2));
      expect(books.fen * MICRO_PER_FEN + books.carriedMicro).toBe(wholeMicro);
      expect(dues.fen * MICRO_PER_FEN + dues.carriedMicro).toBe(wholeMicro);
    }),
  );
});

it('and is less than a fen for each estate, or each payer, however many months there were', () => {
  fc.assert(
    fc.property(months(0), (all) => {
      const { books, dues } = bothSides(all);
      expect(dues.fen - books.fen).toBeLessThan(ESTATES);
      expect(dues.fen - books.fen).toBeGreaterThan(-PAYERS);
    }),
  );
  // Two estates at 5.18 each and 0.006926 of it left: their vouchers come to 10.36, the settlement to 10.37.
  const { books, dues } = bothSides([
    [
      [5_186_926, 0],
      [5_186_926, 0],
      [0, 0],
    ],
  ]);
  expect([books, dues]).toEqual([
    { fen: 1_036, carriedMicro: 13_852 },
    { fen: 1_037, carriedMicro: 3_852 },
  ]);
});
