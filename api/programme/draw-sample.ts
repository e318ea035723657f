/** An auditor's sample of a month that is over: the same transactions for the same seed, whoever draws them. */
import { createHash } from 'node:crypto';
import { BOOK_SPAN, drawSample, numbersBooked, transactionsById, type Transaction } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { problem, type Problem } from '../platform/index.ts';
import { periodOfMonth, type Month } from './rules/index.ts';

export type SampleInput = { book: number; month: Month; seed: string; size: number };
export type Sample = SampleInput & {
  from: { first: number; last: number; count: number };
  transactions: Transaction[];
  digest: string;
};

export async function sampleOf(deps: ProductDeps, input: SampleInput): Promise<Sample | Problem> {
  const { book, month } = input;
  const { start, end } = periodOfMonth(month);
  if (end > deps.clock()) {
    const [zh, en] = [
      '这个月还没有过完，抽到的会变；请选过去的月份',
      'That month is not over; choose an earlier one',
    ];
    return problem('invalid-input', { fields: [{ field: 'month', zh, en }] });
  }
  const seed = input.seed.trim();
  const range = await numbersBooked(deps.engine, { book, start, end });
  const drawn = range === undefined ? [] : drawSample({ ...input, seed, ...range });
  const ids = drawn.map((seq) => book * BOOK_SPAN + seq);
  const transactions = await transactionsById(deps.engine, ids);
  const hashes = transactions.map(({ hash }) => hash).join('\n');
  const { first, last } = range ?? { first: 0, last: -1 };
  return {
    ...input,
    seed,
    from: { first, last, count: last - first + 1 },
    transactions,
    digest: createHash('sha256').update(hashes).digest('hex'),
  };
}
