/**
 * A file of bills that was the wrong one, of another month or another estate, is taken back by who took it in, or by a
 * colleague where they work there no more: its bills are cancelled, none is deleted. Only where nothing hangs on them yet; else it is said what does.
 */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { findRoles } from '../identity/index.ts';
import { chunksOf, getImport, turnOf, type ProductDeps } from '../places/index.ts';
import { actorText, mayAt, problem, type Actor, type Problem, type Words } from '../platform/index.ts';
import { broughtIn, digestOf } from './as-brought.ts';
import type { Bill } from './bills.ts';
import { IN_FORCE } from './left-to-pay.ts';
import { monthsOfPlace } from './months-of-place.ts';
import { dueMonthOf } from './rules/bill-months.ts';
import { latestClosed } from './rules/month-order.ts';

type ImportRow = NonNullable<Awaited<ReturnType<typeof getImport>>>;
export type ImportUndo = {
  /** The bills that it brought and that stand. */
  bills: number;
  amountFen: number;
  /** Who took it in, and whether it was taken back. */
  mine: boolean;
  undone: boolean;
  /** What stands in the way; nothing where it may be taken back. */
  why?: Words;
};

type UndoDeps = Pick<ProductDeps, 'engine' | 'places' | 'clock'>;

export async function undoOf(deps: UndoDeps, row: ImportRow, actor: Actor): Promise<ImportUndo> {
  const { engine } = deps;
  const standing = await billsOfImport(engine, row);
  const mine = row.importedBy === actorText(actor);
  const undone = row.summary['undone'] !== undefined && standing.length === 0;
  const amountFen = standing.reduce((sum, bill) => sum + bill.amountFen, 0);
  const why = undone ? UNDONE : await inTheWay(deps, row, { standing, mine });
  return { bills: standing.length, amountFen, mine, undone, ...(why && { why }) };
}

/** `bills`: how many it takes back, as was seen. */
export async function undoImport(
  { engine: whole, clock, places }: UndoDeps,
  input: { import: string; bills: number; actor: Actor },
): Promise<ImportUndo | Problem> {
  const first = await getImport(whole, input.import);
  if (!first) return problem('not-found');
  return whole.exclusively(turnOf(first.place), async (engine) => {
    const row = (await getImport(engine, input.import)) ?? first;
    const { why, bills } = await undoOf({ engine, clock, places }, row, input.actor);
    if (why) return problem('undo-not-possible', { detail: why });
    if (bills !== input.bills) return problem('changed-meanwhile');
    const { bills: t, imports } = engine.tables;
    const standing = await billsOfImport(engine, row);
    const gone = {
      state: 'cancelled' as const,
      paidFen: 0,
      pastDueFen: null,
      version: sql`${t.version} + 1`,
    };
    const undone = { at: clock(), by: actorText(input.actor) };
    const versions = new Map<number, string[]>();
    for (const { id, version } of standing) versions.set(version, [...(versions.get(version) ?? []), id]);
    await engine.atomically(function* (db) {
      // Points that are put in at this very moment raise the version: their bill stays.
      for (const [version, some] of versions)
        for (const ids of chunksOf(some))
          yield db
            .update(t)
            .set(gone)
            .where(and(inArray(t.id, ids), eq(t.version, version)));
      yield db
        .update(imports)
        .set({ summary: { ...row.summary, undone }, version: row.version + 1 })
        .where(and(eq(imports.id, row.id), eq(imports.version, row.version)));
    });
    const after = await getImport(engine, row.id);
    return undoOf({ engine, clock, places }, after ?? row, input.actor);
  });
}

/** By its months; only of a file whose months nobody wrote down, which cannot be taken back, among all of the estate. */
async function billsOfImport({ db, tables: { bills: t } }: Engine, row: ImportRow): Promise<Bill[]> {
  const months = broughtIn(row.summary)?.months;
  const found: Bill[] = [];
  for (const some of months ? chunksOf(months) : [undefined])
    found.push(
      ...(await db
        .select()
        .from(t)
        .where(
          and(
            eq(t.estate, row.place),
            some && inArray(t.period, some),
            eq(t.import, row.id),
            eq(t.state, 'open'),
          ),
        )),
    );
  return found;
}

async function inTheWay(
  deps: UndoDeps,
  row: ImportRow,
  { standing, mine }: { standing: readonly Bill[]; mine: boolean },
): Promise<Words | undefined> {
  if (row.kind !== 'bills') return NO_BILLS;
  if (!mine && (await isAtWork(deps, row))) return OTHERS;
  const { engine } = deps;
  if (changedOthers(row))
    return {
      zh: '这份文件改过以前导入的账单，撤销不能还原它们；请导入改正过的文件，或逐笔更正',
      en: 'The file changed bills that were there before, which taking it back would not restore; take in a corrected file, or correct single bills',
    };
  if (standing.length === 0)
    return {
      zh: '这份文件没有还在用的账单，不用撤销',
      en: 'No bill of it stands; there is nothing to take back',
    };
  const offsets = await offsetsOn(engine, standing);
  if (offsets > 0)
    return {
      zh: `这些账单上有 ${offsets} 张抵扣单；请先让住户取消，或等物业退回，再撤销`,
      en: `Offsets on its bills: ${offsets}; they are cancelled by their residents or returned by the firm first`,
    };
  // Whatever changed since, and whoever is said to have brought a bill by now: nothing of another file is cancelled.
  const brought = broughtIn(row.summary);
  if (!brought) return TOO_OLD;
  if (digestOf(standing) !== brought.digest) return OTHERWISE;
  const closed = latestClosed((await monthsOfPlace(engine, row.place)).closed);
  if (closed !== undefined && standing.some((bill) => dueMonthOf(bill) <= closed))
    return {
      zh: `其中有已经关账的月份（到 ${closed} 为止）的账单，不能撤销`,
      en: `Some of its bills are of months that are closed (up to ${closed})`,
    };
  return undefined;
}

/** Whether who took it in is still there to take it back; a key or a person who left is not, and a colleague does it. */
async function isAtWork({ engine, places, clock }: UndoDeps, row: ImportRow): Promise<boolean> {
  const [kind, person = ''] = row.importedBy.split(':');
  if (kind !== 'person') return false;
  const roles = await findRoles(engine, person, clock());
  return mayAt({ kind: 'person', person, roles }, ['accountant', 'operator'], row.place, places);
}

/** Whether a file, each time that it came, did more than add bills. */
export function changedOthers({ summary }: Pick<ImportRow, 'summary'>): boolean {
  const counts = (summary['counts'] ?? {}) as Readonly<Record<string, number>>;
  return summary['changed'] === true || CHANGES.some((name) => (counts[name] ?? 0) > 0);
}

const CHANGES = ['reissued', 'cancelled', 'updated'];

async function offsetsOn({ db, tables: { offsets: t } }: Engine, bills: readonly Bill[]): Promise<number> {
  let found = 0;
  for (const ids of chunksOf(bills.map(({ id }) => id))) {
    const rows = await db
      .select({ id: t.id })
      .from(t)
      .where(and(inArray(t.bill, ids), inArray(t.state, [...IN_FORCE])));
    found += rows.length;
  }
  return found;
}

const UNDONE: Words = { zh: '这份文件已经撤销过', en: 'The file was taken back already' };
const NO_BILLS: Words = { zh: '这不是账单文件，不能这样撤销', en: 'It is no file of bills' };
const OTHERS: Words = {
  zh: '这份文件是别的同事导入的，请由他撤销',
  en: 'A colleague took it in; they take it back',
};
const TOO_OLD: Words = {
  zh: '这份文件是系统升级以前导入的，它带来的账单后来有没有改过查不清，不能整份撤销；请导入改正过的文件，或逐笔作废',
  en: 'The file was taken in before an upgrade, and whether its bills changed since is not known; take in a corrected file, or cancel single bills',
};
const OTHERWISE: Words = {
  zh: '这份文件带来的账单，后来有的改过（重开、作废、已收或往期欠费），不能再整份撤销；请逐笔作废',
  en: 'Some of the bills that it brought were changed since: issued anew, cancelled, received or past due; cancel single bills instead',
};
