/** A batch as the firm's software takes it in, in the firm's own layout. */
import type { Engine } from '../db/index.ts';
import { getHouses, houseCode, type ProductDeps } from '../places/index.ts';
import { download, writeCsv, writeXlsx, type FileFormat } from '../platform/files/index.ts';
import { dayOf } from '../programme/index.ts';
import { billsById } from './bills.ts';
import { offsetsOfBatch, type ExportBatch } from './batches.ts';
import { monthsOfOffset, type Offset } from './offsets.ts';
import {
  layoutRows,
  layoutWidths,
  usualLayout,
  type ExportLayout,
  type LayoutLine,
} from './rules/export-layout.ts';

/**
 * `format`: instead of the layout's own. A batch that was taken back is a plain list that says so in its name: the firm's
 * software must not take it in.
 */
export async function batchFile(
  { engine, places }: Pick<ProductDeps, 'engine' | 'places'>,
  { batch, layout: theirs, format: asked }: { batch: ExportBatch; layout: ExportLayout; format?: FileFormat },
): Promise<Response> {
  const estate = (await places.find(batch.estate))?.name ?? '';
  const offsets = await offsetsOfBatch(engine, batch);
  const lines = await linesOf(engine, { batch: batch.number, estate }, offsets);
  const isBack = batch.takenBack !== null;
  const layout = isBack ? usualLayout : theirs;
  const format = asked ?? layout.file;
  const name = `${isBack ? '已撤回-' : ''}抵扣清单-${batch.number}`;
  const rows = layoutRows(layout, lines);
  if (format === 'xlsx') {
    return download(writeXlsx({ name, rows, headerRows: 1, widths: layoutWidths(layout) }), { name, format });
  }
  const encoding = format === 'csv' ? ('utf8-bom' as const) : ('gb18030' as const);
  return download(writeCsv(rows, { encoding }), { name, format });
}

/** What a layout can write of these offsets, with the number of their batch and the name of their estate. */
export async function linesOf(
  engine: Engine,
  { batch, estate }: Pick<LayoutLine, 'batch' | 'estate'>,
  offsets: readonly Offset[],
): Promise<LayoutLine[]> {
  const houses = await getHouses(
    engine,
    offsets.map(({ house }) => house),
  );
  const bills = await billsById(
    engine,
    offsets.map(({ bill }) => bill),
  );
  return offsets.map(({ number, item, valueFen, createdAt, ...offset }) => {
    const period = monthsOfOffset(offset);
    const house = houses.get(offset.house);
    const bill = bills.get(offset.bill);
    const { amountFen: billAmountFen = 0, paidFen = 0, number: billNumber = '' } = bill ?? {};
    return {
      ...{ number, item, period, valueFen, billAmountFen, billNumber, batch, estate },
      house: house ? houseCode(house) : '',
      ...{ building: house?.building ?? '', unit: house?.unit ?? '', room: house?.room ?? '' },
      date: dayOf(createdAt),
      leftToPayFen: Math.max(0, billAmountFen - paidFen - valueFen),
    };
  });
}
