/** 结转下月: the month that a break is looked at with, and the one that says where it may be carried to. */
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

/** The month that an estate closes next. */
export async function monthClosing(
  { engine, clock }: Pick<ProductDeps, 'engine' | 'clock'>,
  estate: string,
): Promise<Month> {
  return nextToClose(await monthsOfPlace(engine, estate), monthOf(clock()));
}
