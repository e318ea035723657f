/** Bills for the examples of what the accountant says of them: fresh ones each time, of an item that no sheet of the demo has. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { digestOf } from '../../api/fees/as-brought.ts';
import type { TestApp } from './whole-app.ts';

export function billThings(app: TestApp, { estate, worker }: { estate: string; worker: string }) {
  const { db, tables } = app.engine;
  const { bills, houses, imports } = tables;
  const billOf = async (file: string): Promise<string> => {
    const id = uuid();
    const [home] = await db.select({ id: houses.id }).from(houses).where(eq(houses.estate, estate)).limit(1);
    const line = { estate, house: home!.id, item: `车位费${id}`, period: '2026-06', issue: 1, number: '' };
    const sums = { amountFen: 11_832, paidFen: 0, pastDueFen: null, state: 'open' as const };
    await db
      .insert(bills)
      .values({ id, version: 1, ...line, ...sums, import: file, createdAt: app.clock.now });
    return id;
  };
  return {
    billToCorrect: () => billOf(uuid()),
    async billsToUndo(): Promise<string> {
      const id = uuid();
      await db.insert(imports).values({
        ...{ id, version: 1, place: estate, kind: 'bills', fileName: '车位费-导错了.csv', fileHash: id },
        ...{ rowsAccepted: 1, rowsRejected: 0, summary: { counts: { added: 1 } } },
        ...{ importedBy: `person:${worker}`, createdAt: app.clock.now },
      });
      const brought = {
        months: ['2026-06'],
        digest: digestOf(
          await db
            .select()
            .from(bills)
            .where(eq(bills.id, await billOf(id))),
        ),
      };
      const summary = { counts: { added: 1 }, brought };
      await db.update(imports).set({ summary }).where(eq(imports.id, id));
      return id;
    },
  };
}
