/**
 * Points that have ended and still count: an offset or an order keeps them for whoever accepted them, who may take them until
 * the hold ends. Until then the fund answers for them.
 */
import type { Engine } from '../db/index.ts';
import { heldOf } from '../ledger/index.ts';
import type { Stand } from './rules/fund-month.ts';

/** By series (asset id), at an instant, right after a transaction of the book. Reads nothing where nothing that ended is left. */
export async function promisedOf(
  engine: Engine,
  { stands, ...of }: { book: number; seq: number; at: number; stands: readonly Stand[] },
): Promise<ReadonlyMap<number, number>> {
  const left = new Map<number, number>();
  for (const { role, expiresAt, asset, balance } of stands)
    if ((role === 'issuer' || role === 'redeemed') && expiresAt <= of.at)
      left.set(asset, (left.get(asset) ?? 0) + balance);
  const series = [...left].flatMap(([asset, balance]) => (balance === 0 ? [] : [asset]));
  return await heldOf(engine, { ...of, series });
}
