/** The bills that an import issues, changes or cancels, as they are written. */
import { eq, inArray, sql } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import { chunksOf, type ProductDeps } from '../places/index.ts';
import { billOf, type BillChanges } from './plan-bills.ts';
import { paidWasOf } from './rules/received-since.ts';

/** A past due that goes over to a new issue is as old as the file that said it: points put in since are not counted in it. */
export async function filesThatSaidPastDue({ db, tables: { bills: t } }: Engine, { added }: BillChanges) {
  const ids = added.flatMap(({ row, before }) =>
    before && before.pastDueFen !== null && row.pastDueFen === undefined ? [before.id] : [],
  );
  const found = new Map<string, string>();
  for (const some of chunksOf(ids)) {
    const rows = await db.select({ id: t.id, import: t.import }).from(t).where(inArray(t.id, some));
    for (const row of rows) found.set(row.id, row.import);
  }
  return found;
}

/** A bill has many columns: the text and the values of 500 would be the most that the whole import holds at once. */
const BILLS_A_STATEMENT = 100;

/** Versions are raised, so that an offset confirmed at this moment sees that its bill has changed. */
export function* writeBills(
  { tables: { bills } }: Engine,
  db: Database,
  of: Pick<ProductDeps, 'ids'> & {
    changes: BillChanges;
    estate: string;
    import: string;
    saidBy: ReadonlyMap<string, string>;
    now: number;
  },
): Generator<PromiseLike<unknown>> {
  const { changes, estate, ids, now } = of;
  const version = sql`${bills.version} + 1`;
  for (const state of ['reissued', 'cancelled'] as const)
    for (const some of chunksOf(changes[state]))
      yield db.update(bills).set({ state, version }).where(inArray(bills.id, some));
  for (const { id, saysPastDue, before, ...set } of changes.updated) {
    const said = {
      ...(saysPastDue && { import: of.import }),
      ...(before && { paidWas: paidWasOf(before, now) }),
    };
    yield db
      .update(bills)
      .set({ ...set, ...said, version })
      .where(eq(bills.id, id));
  }
  const common = { estate, version: 1, import: of.import, createdAt: now };
  for (const some of chunksOf(changes.added, BILLS_A_STATEMENT))
    yield db.insert(bills).values(
      some.map((line) => {
        const said = of.saidBy.get(line.before?.id ?? '');
        const paid = line.before && { paidWas: paidWasOf(line.before, now) };
        return {
          id: ids(),
          ...billOf(line),
          ...common,
          ...paid,
          ...(said !== undefined && { import: said }),
        };
      }),
    );
}
