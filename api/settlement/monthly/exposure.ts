/** What a shop lets its payers leave unpaid, and how far each is from that: by agreement of the day. */
import { balancesOf } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { exposureState, limitsOf, type ExposureState, type OverExposure } from '../../programme/index.ts';

export type ShownLimit = {
  /** A fund or a clearing party. */
  payer: string;
  limitFen: number;
  unpaidMicro: number;
  state: ExposureState;
  overExposure: OverExposure;
};

/** One of each payer, the lowest limit. An agreement with all funds that is settled directly is one of each that owes. */
export async function exposureAt(
  { engine, clock }: Pick<ProductDeps, 'engine' | 'clock'>,
  { place, book }: { place: string; book: number },
): Promise<ShownLimit[]> {
  const limits = await limitsOf(engine, { redeemer: place, at: clock() });
  if (limits.length === 0) return [];
  const unpaid = new Map(
    (await balancesOf(engine, { book, owner: place })).flatMap(({ role, counterparty, balance }) =>
      role === 'receivable' ? [[counterparty, balance] as const] : [],
    ),
  );
  const named = new Set(limits.map(({ fund }) => fund));
  const clearing = new Set(limits.map(({ via }) => via));
  const found = new Map<string, ShownLimit>();
  for (const { fund, mode, via, exposureFen: limitFen, overExposure } of limits) {
    const payers =
      mode === 'clearing'
        ? [via]
        : fund === '*'
          ? [...unpaid.keys()].filter((payer) => !named.has(payer) && !clearing.has(payer))
          : [fund];
    for (const payer of payers) {
      const known = found.get(payer);
      if (known && known.limitFen <= limitFen) continue;
      const unpaidMicro = unpaid.get(payer) ?? 0;
      const state = exposureState({ limitFen, unpaidMicro });
      found.set(payer, { payer, limitFen, unpaidMicro, state, overExposure });
    }
  }
  return [...found.values()];
}
