/** A fund is opened where somebody pays for points; without a budget, which two people approve, it gives none. */
import { and, eq } from 'drizzle-orm';
import type { Place, ProductDeps } from '../places/index.ts';
import { problem, type Problem } from '../platform/index.ts';
import { addFund, type Fund } from './funds.ts';
import { UNIT_NAMES } from './rules/index.ts';

const PAYERS: readonly Place['kind'][] = ['community', 'merchant', 'firm'];

export async function openFund(
  deps: Pick<ProductDeps, 'engine' | 'ids' | 'clock'>,
  input: { place: Place; unit: string; name: string; rateMicro: number },
): Promise<Fund | Problem> {
  const { place, unit, name, rateMicro } = input;
  const { book } = place;
  if (!PAYERS.includes(place.kind))
    return field('unit', '出资的是社区、商户或物业公司', 'A community, a shop or a property firm pays');
  if (!(await isKnown(deps, { book, unit })))
    return field('unit', '没有这种积分，请先设立', 'There is no such kind of points yet');
  return addFund(deps, { book, place: place.id, name, unit, rateMicro, budgetReturns: true });
}

const field = (name: string, zh: string, en: string) =>
  problem('invalid-input', { fields: [{ field: name, zh, en }] });

async function isKnown(
  { engine: { reader, tables } }: Pick<ProductDeps, 'engine'>,
  { book, unit }: { book: number; unit: string },
): Promise<boolean> {
  if (Object.hasOwn(UNIT_NAMES, unit)) return true;
  const { units: t } = tables;
  const made = and(eq(t.code, unit), eq(t.book, book));
  return (await reader.select({ id: t.id }).from(t).where(made)).length > 0;
}
