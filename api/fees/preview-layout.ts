/** A few rows as a layout would write them: of what waits, else of the newest batch, else made up. */
import { asc, and, eq } from 'drizzle-orm';
import type { ProductDeps } from '../places/index.ts';
import type { OutCell } from '../platform/files/index.ts';
import { linesOf } from './batch-file.ts';
import { listBatches, offsetsOfBatch } from './batches.ts';
import { layoutRows, type ExportLayout, type LayoutLine } from './rules/export-layout.ts';

export type LayoutPreview = { rows: OutCell[][]; from: 'waiting' | 'batch' | 'sample' };

const ROWS = 3;

const SAMPLE: LayoutLine = {
  ...{ number: 'DK-2606-0001', house: '3-2-0501', building: '3', unit: '2', room: '0501', estate: '' },
  ...{ item: '物业服务费', period: '2026-06', date: '2026-06-15', batch: 'DC-2606-01', billNumber: 'WY0601' },
  ...{ billAmountFen: 11_832, valueFen: 3_549, leftToPayFen: 8_283 },
};

export async function previewLayout(
  { engine, places }: Pick<ProductDeps, 'engine' | 'places'>,
  { estate, layout }: { estate: string; layout: ExportLayout },
): Promise<LayoutPreview> {
  const { offsets: t } = engine.tables;
  const [newest] = await listBatches(engine, { estate, limit: 1 });
  const waiting = await engine.reader
    .select()
    .from(t)
    .where(and(eq(t.estate, estate), eq(t.state, 'held')))
    .orderBy(asc(t.id))
    .limit(ROWS);
  const of = waiting.length > 0 || !newest ? waiting : await offsetsOfBatch(engine, newest);
  const name = (await places.find(estate))?.name ?? '';
  const named = { batch: newest?.number ?? SAMPLE.batch, estate: name };
  const lines = await linesOf(engine, named, of.slice(0, ROWS));
  if (lines.length === 0) return { rows: layoutRows(layout, [{ ...SAMPLE, estate: name }]), from: 'sample' };
  return { rows: layoutRows(layout, lines), from: waiting.length > 0 ? 'waiting' : 'batch' };
}
