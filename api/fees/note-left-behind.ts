/**
 * Offsets that wait, and whose bill became another one without anybody being asked: bills were taken in before that was
 * asked. Protects: none of them waits unseen until its time is over; each becomes a break, and its resident is told.
 */
import { and, eq, exists, gt, inArray, ne, not, or, sql } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { turnOf, type ProductDeps } from '../places/index.ts';
import { billsById, newestIssues } from './bills.ts';
import { breaksOfTouched, issuedAnew, paidInMoney, writeBreaks, type Touched } from './offsets-touched.ts';

type Deps = Pick<ProductDeps, 'engine' | 'ids' | 'clock'>;

/** Bills that are being taken in are taken in first, where there is anything to find. Answers how many were found. */
export async function findLeftBehind(deps: Deps, estate: string): Promise<number> {
  if ((await leftBehind(deps.engine, estate)).length === 0) return 0;
  return deps.engine.exclusively(turnOf(estate), (engine) => noteLeftBehind({ ...deps, engine }, estate));
}

/** Each one once: one that a person has looked at and left is not asked about again. */
export async function noteLeftBehind({ engine, ids, clock }: Deps, estate: string): Promise<number> {
  const left = await leftBehind(engine, estate);
  if (left.length === 0) return 0;
  const newest = await newestIssues(
    engine,
    left.map(({ bill }) => bill),
  );
  const issues = await billsById(engine, [...newest.values()]);
  const byImport = new Map<string, Touched[]>();
  for (const { offset, bill } of left) {
    const now = issues.get(newest.get(bill.id) ?? '') ?? bill;
    const words =
      bill.state === 'open'
        ? paidInMoney(bill)
        : issuedAnew(bill.amountFen, now.state === 'open' ? now.amountFen : undefined);
    const { id, number, state, valueFen } = offset;
    const touched = { id, number, state, valueFen, ...words };
    byImport.set(now.import, [...(byImport.get(now.import) ?? []), touched]);
  }
  for (const [list, touched] of byImport) {
    const rows = await breaksOfTouched(engine, touched, { estate, import: list, ids, now: clock() });
    await engine.atomically((db) => writeBreaks(engine, db, rows));
  }
  return left.length;
}

function leftBehind({ db, tables }: Engine, estate: string) {
  const { offsets: t, bills, breaks: b } = tables;
  const isSaid = exists(
    db
      .select({ id: b.id })
      .from(b)
      .where(and(eq(b.offset, t.id), inArray(b.kind, ['reissued', 'paid-first']))),
  );
  const hasNoRoom = gt(sql`${bills.paidFen} + ${t.valueFen}`, bills.amountFen);
  return db
    .select({ offset: t, bill: bills })
    .from(t)
    .innerJoin(bills, eq(bills.id, t.bill))
    .where(
      and(
        ...[eq(t.estate, estate), eq(t.state, 'held')],
        ...[or(ne(bills.state, 'open'), hasNoRoom), not(isSaid)],
      ),
    );
}
