/** 结转下月: the month that a break is looked at with, and the months that say where it may be carried to. */
import type { ProductDeps } from '../../places/index.ts';
import { monthOf, type Month } from '../../programme/index.ts';
import { monthsOfPlace } from '../months-of-place.ts';
import { nextToClose } from '../rules/month-order.ts';

/** `ours`: the month that the bill is due in; `theirs`: what the list says, of several months the first. '' where it may be any month's. */
export function monthOfBreak(
  { carriedTo }: { carriedTo: string | null },
  { ours, theirs }: { ours: string | undefined; theirs: string | undefined },
): string {
  return carriedTo ?? ours ?? theirs?.slice(0, 7) ?? '';
}

/** The month that an estate closes next, and the one that runs. */
export async function monthsNow(
  { engine, clock }: Pick<ProductDeps, 'engine' | 'clock'>,
  estate: string,
): Promise<{ closing: Month; present: Month }> {
  const present = monthOf(clock());
  return { closing: nextToClose(await monthsOfPlace(engine, estate), present), present };
}
