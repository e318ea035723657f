/** How a firm's software writes its posted list, by the layout of what it is given. */
import type { ProductDeps } from '../places/index.ts';
import { layoutAt } from './export-layouts.ts';
import type { WrittenAs } from './files/posted-list.ts';
import type { LayoutField } from './rules/export-layout.ts';

/** The layout's columns that a posted list has as well; its 日期 is the day of the offset and not of the posting. */
const SAME = {
  ...{ number: 'number', value: 'amount', item: 'item', period: 'period' },
  ...{ house: 'room', room: 'room', building: 'building', unit: 'unit', estate: 'estate' },
} as const satisfies Partial<Record<LayoutField, keyof WrittenAs['words']>>;

export async function writtenAs(
  deps: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  estate: string,
): Promise<WrittenAs> {
  const { layout } = await layoutAt(deps, estate);
  const words = layout.columns.flatMap(({ field, header }) =>
    field in SAME ? [[SAME[field as keyof typeof SAME], header] as const] : [],
  );
  return { words: Object.fromEntries(words), amounts: layout.amounts };
}
