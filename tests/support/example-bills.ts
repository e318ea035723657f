/** Bills for the examples of what the accountant says of them: fresh ones each time, of an item that no sheet of the demo has. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import type { TestApp } from './whole-app.ts';

export function billThings(app: TestApp, of: { estate: string; worker: string }) {
  const { bills: t, houses: h, imports } = app.engine.tables;
  const billOf = async (file: string): Promise<string> => {
    const id = uuid();
    const line = {
      estate: of.estate,
      house: await of.house(),
      item: '车位费',
      period: '2026-06',
      number: '',
    };
    const [known] = [await app.engine.db.select({ issue: t.issue }).from(t).where(eq(t.house, line.house))];
    await app.engine.db.insert(t).values({
      ...{ id, version: 1, ...line, issue: 100 + known.length, import: file, createdAt: app.clock.now },
      ...{ amountFen: 11_832, paidFen: 0, pastDueFen: null, state: 'open' },
    });
    return id;
  };
  return {
    billToCorrect: () => billOf(uuid()),
    async billsToUndo(): Promise<string> {
      const id = uuid();
      await app.engine.db.insert(imports).values({
        ...{ id, version: 1, place: of.estate, kind: 'bills', fileName: '车位费-导错了.csv', fileHash: id },
        ...{ rowsAccepted: 1, rowsRejected: 0, summary: { counts: { added: 1 } } },
        ...{ importedBy: `person:${of.worker}`, createdAt: app.clock.now },
      });
      await billOf(id);
      return id;
    },
  };
}
