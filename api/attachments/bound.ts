/**
 * What the ledger says of files. Protects: the transaction that hangs a file up, or withdraws it, goes by the id of its row
 * and commits to what the row says, by the SHA-256 of the bytes among it; so none is exchanged, taken away or put there
 * beside the books. Rows of before this was so are taken up once a book, all of them by one transaction.
 */
import { and, asc, eq, gt, inArray, isNull, lt, max } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { hashCanonicalJson, post, tallyTotals, type Posted } from '../ledger/index.ts';
import { isOfBook } from '../places/index.ts';
import { isProblem, type Deps, type Problem } from '../platform/index.ts';
import type { Attachment, Withdrawal } from './attachments.ts';

/** Every counter that files move begins like this: whatever moves one made a row. */
export const COUNTED = 'attachment:';
/** Where it stands is the instant before which rows are of before. */
export const BEFORE = `${COUNTED}before`;
const TAKEN_UP = 'attachments-of-before';

/** SHA-256 (hex) of what one unit did: a file hung up, one withdrawn, or the one in the place of the other. */
export function hashOfDeed(of: { attached: Attachment | null; withdrawn: Withdrawal | null }): string {
  return hashCanonicalJson({
    format: 1,
    attached: of.attached && saidOf(of.attached),
    withdrawn: of.withdrawn && saidOfWithdrawal(of.withdrawn),
  });
}

function saidOf({ id, place, thing, thingId, content, name, type, size, addedBy, createdAt }: Attachment) {
  return { id, place, thing, thingId, content, name, type, size, addedBy, createdAt };
}

function saidOfWithdrawal({ id, attachment, reason, withdrawnBy, createdAt }: Withdrawal) {
  return { id, attachment, reason, withdrawnBy, createdAt };
}

/** The instant before which a book's rows are of before; 0 while they were not taken up. */
export async function takenUpBefore(engine: Engine, book: number): Promise<number> {
  return (await tallyTotals(engine, { book, keys: [BEFORE] })).get(BEFORE) ?? 0;
}

/** Of a book's rows of before: SHA-256 (hex) of all of them, in the order of their ids. */
export async function hashOfBefore(engine: Engine, { book, at }: { book: number; at: number }) {
  const { attachments: a, attachmentWithdrawals: w } = engine.tables;
  const ofBook = isOfBook(engine, a.place, book);
  const files = await engine.db
    .select()
    .from(a)
    .where(and(lt(a.createdAt, at), ofBook))
    .orderBy(asc(a.id));
  const withdrawn = await engine.db
    .select({ of: w })
    .from(w)
    .innerJoin(a, eq(a.id, w.attachment))
    .where(and(lt(w.createdAt, at), ofBook))
    .orderBy(asc(w.id));
  const withdrawals = withdrawn.map(({ of }) => saidOfWithdrawal(of));
  return hashCanonicalJson({ format: 1, before: files.map(saidOf), withdrawals });
}

/** The book, where the unit of this id took up what was there before. */
export function bookTakenUp(unit: string): number | undefined {
  const [kind, book] = unit.split(':');
  return kind === TAKEN_UP ? Number(book) : undefined;
}

/** Once a book, by whoever comes first; gives the instant before which rows are of before. */
export async function takeUpBefore(
  deps: Pick<Deps, 'journal' | 'ids' | 'clock'> & { engine: Engine },
  book: number,
): Promise<number | Problem> {
  const known = await takenUpBefore(deps.engine, book);
  if (known > 0) return known;
  const [at, place, id] = [
    await afterAll(deps.engine, book),
    await rootOf(deps.engine, book),
    `${TAKEN_UP}:${book}`,
  ];
  const ask = { book, scope: `job:attachments:${book}`, key: id, request: [TAKEN_UP, book] };
  const done: Posted | Problem = await post(deps, ask, {
    ...{ id, place, actor: 'system', source: 'job', lane: 'bulk' as const, commands: [] },
    tallies: [{ key: BEFORE, add: at, was: 0 }],
    memoCommitment: await hashOfBefore(deps.engine, { book, at }),
  });
  // Of two who come first, the other's instant stands.
  return isProblem(done) && done.code !== 'changed-meanwhile' ? done : takenUpBefore(deps.engine, book);
}

/** The first instant after the last of them. Nobody's clock: who comes first may be fast, and dates no other's files. */
async function afterAll(engine: Engine, book: number): Promise<number> {
  const { attachments: a, attachmentWithdrawals: w } = engine.tables;
  const ofBook = isOfBook(engine, a.place, book);
  const [file] = await engine.db
    .select({ at: max(a.createdAt) })
    .from(a)
    .where(ofBook);
  const [gone] = await engine.db
    .select({ at: max(w.createdAt) })
    .from(w)
    .innerJoin(a, eq(a.id, w.attachment))
    .where(ofBook);
  return Math.max(file?.at ?? 0, gone?.at ?? 0) + 1;
}

export async function rootOf({ db, tables: { places: p } }: Engine, book: number): Promise<string> {
  const [root] = await db
    .select({ id: p.id })
    .from(p)
    .where(and(eq(p.book, book), eq(p.parent, '')))
    .orderBy(asc(p.id))
    .limit(1);
  return root?.id ?? '';
}

/** Rows of these ids, and the withdrawals of these ids with what they withdraw. */
export async function deedsOf(engine: Engine, ids: readonly string[]) {
  const { attachments: a, attachmentWithdrawals: w } = engine.tables;
  const files = await engine.db
    .select()
    .from(a)
    .where(inArray(a.id, [...ids]));
  const withdrawn = await engine.db
    .select({ of: w, place: a.place })
    .from(w)
    .leftJoin(a, eq(a.id, w.attachment))
    .where(inArray(w.id, [...ids]));
  return { files, withdrawn };
}

/** Withdrawals of what is not there. */
export async function withdrawnOfNothing({ reader, tables }: Engine, limit: number): Promise<Withdrawal[]> {
  const { attachments: a, attachmentWithdrawals: w } = tables;
  const rows = await reader
    .select({ of: w })
    .from(w)
    .leftJoin(a, eq(a.id, w.attachment))
    .where(and(gt(w.id, ''), isNull(a.id)))
    .orderBy(asc(w.id))
    .limit(limit);
  return rows.map(({ of }) => of);
}
