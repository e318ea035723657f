/** For the generated access test: something booked at a place. */
import { v7 as uuid } from 'uuid';
import { post } from '../../api/ledger/index.ts';
import { isProblem } from '../../api/platform/index.ts';
import type { TestApp } from './whole-app.ts';

/** A budget; with a resident, points of it given to them. */
export async function budgetAt(app: TestApp, place: string, resident?: string): Promise<number> {
  const book = (await app.server.deps.places.bookOf(place)) ?? 0;
  const ask = { book, scope: 'test', key: uuid(), request: 'budget' };
  const of = { unit: 'VOL', fund: uuid(), amount: 100 };
  const series = { expiresAt: Date.parse('2028-01-01T00:00+08:00'), rateMicro: 1, budgetReturns: true };
  const given = resident === undefined ? [] : [{ do: 'credit' as const, member: resident, ...of, series }];
  const commands = [{ do: 'budget' as const, ...of }, ...given];
  const posted = await post(app.server.deps, ask, { actor: 'test', place, commands });
  if (isProblem(posted)) throw new Error(posted.code);
  return posted.transactions.at(-1)!;
}
