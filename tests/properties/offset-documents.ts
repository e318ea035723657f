/** What the documents of a firm's month and its report say of the offsets of all houses. */
import { and, eq } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { countOffsets } from '../../api/fees/index.ts';
import { offsetReport } from '../../api/fees/reports/offset-report.ts';
import type { Place } from '../../api/places/index.ts';
import { offsetsOf } from './offsets-made.ts';

/** The firm's documents are 1 to n, and the report adds up those that were posted. */
export async function checkDocuments(engine: Engine, estates: readonly Place[]): Promise<void> {
  const { offsets: t, houses } = engine.tables;
  const made = await offsetsOf(
    engine,
    (await engine.db.select().from(houses)).map(({ id }) => id),
  );
  const numbers = made.map(({ number }) => number).sort();
  expect(numbers).toEqual(numbers.map((_, nth) => `DK-2606-${String(nth + 1).padStart(4, '0')}`));
  await countOffsets(engine, { book: 1 });
  const { total, ...report } = await offsetReport(engine, { estates, months: ['2026-06', '2026-07'] });
  const posted = made.filter(({ state }) => state === 'posted');
  const valueFen = posted.reduce((sum, offset) => sum + offset.valueFen, 0);
  expect(total).toEqual({ count: posted.length, valueFen, borneFen: valueFen });
  for (const unit of ['CON', 'VOL']) {
    const points = posted
      .flatMap(({ parts }) => parts)
      .reduce((sum, part) => sum + (part.points[unit] ?? 0), 0);
    expect(report.funds.find((fund) => fund.unit === unit)?.points ?? 0).toBe(points);
  }
  for (const { id } of estates) {
    const own = await engine.db
      .select()
      .from(t)
      .where(and(eq(t.estate, id), eq(t.state, 'posted')));
    expect(report.estates.find(({ estate }) => estate === id)?.count ?? 0).toBe(own.length);
  }
}
