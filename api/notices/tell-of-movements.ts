/** Reads a book's transactions in their order, from where the last run ended, and tells members of theirs. */
import { and, asc, desc, eq, gt, gte, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { BOOK_SPAN, transactionsById, type Transaction } from '../ledger/index.ts';
import { asOf } from '../identity/index.ts';
import type { Places } from '../places/index.ts';
import { dayOf, explainMovements, membersOf, type Explainer, type Explanation } from '../programme/index.ts';
import type { Facts, NoticeKind } from './rules/index.ts';
import { cursorWrite, findCursor, writeNotices, type NoticeDeps, type Telling } from './write-notices.ts';

/** Transactions read in one turn. */
const TURN = 500;
/** Turns of one run: a quarter of a million transactions an hour. */
const MOST_TURNS = 500;
const DAY_MS = 86_400_000;

type Reading = NoticeDeps & { readonly places: Places };

/** Answers how many notices were made. */
export async function tellOfMovements(
  deps: Reading,
  explainers: readonly Explainer[],
  book: number,
  signal?: AbortSignal,
): Promise<number> {
  const cursor = `movements:${book}`;
  let made = 0;
  for (let turn = 0; turn < MOST_TURNS && !signal?.aborted; turn += 1) {
    const done = await deps.engine.exclusively(`notices:${cursor}`, async (engine) => {
      const from = (await findCursor(engine, cursor))?.position ?? (await firstToTell(engine, book, deps));
      const rows = await transactionsAfter(engine, book, from);
      const last = rows.at(-1)?.id;
      if (last === undefined) return undefined;
      const tellings = await tellingsOf(deps, explainers, rows);
      const step = cursorWrite(engine, { cursor, position: last, isDone: false }, deps.clock());
      return { made: await writeNotices({ ...deps, engine }, tellings, step), isAll: rows.length < TURN };
    });
    made += done?.made ?? 0;
    if (done === undefined || done.isAll) break;
  }
  return made;
}

/** A book that was kept before anybody was told begins with its last day: nobody hears of last year now. */
async function firstToTell(
  { reader, tables: { transactions: t } }: Engine,
  book: number,
  { clock }: Pick<NoticeDeps, 'clock'>,
): Promise<number> {
  const [first] = await reader
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.book, book), gte(t.bookedAt, clock() - DAY_MS)))
    .orderBy(asc(t.bookedAt))
    .limit(1);
  if (first) return first.id - 1;
  const [last] = await reader
    .select({ id: t.id })
    .from(t)
    .where(and(gte(t.id, book * BOOK_SPAN), lt(t.id, (book + 1) * BOOK_SPAN)))
    .orderBy(desc(t.id))
    .limit(1);
  return last?.id ?? book * BOOK_SPAN;
}

/** In the order in which they were booked; a number is never given out of turn, so nothing comes in behind. */
export async function transactionsAfter(
  { reader, tables: { transactions: t } }: Pick<Engine, 'reader' | 'tables'>,
  book: number,
  after: number,
): Promise<{ id: number; kind: string; reverses: number | null }[]> {
  return reader
    .select({ id: t.id, kind: t.kind, reverses: t.reverses })
    .from(t)
    .where(and(gt(t.id, after), lt(t.id, (book + 1) * BOOK_SPAN)))
    .orderBy(asc(t.id))
    .limit(TURN);
}

/** What names its shop. */
const AT_SHOP: ReadonlySet<string | undefined> = new Set(['redemption', 'order']);

/** What a member may be told of, by what the ledger calls it. */
const TOLD: ReadonlySet<string> = new Set(['release', 'capture', 'spend', 'hold', 'return', 'refund']);

async function tellingsOf(
  { engine, places }: Reading,
  explainers: readonly Explainer[],
  rows: readonly { id: number; kind: string; reverses: number | null }[],
): Promise<Telling[]> {
  const some = rows.filter(({ kind }) => TOLD.has(kind));
  const found = await transactionsById(
    engine,
    some.map(({ id }) => id),
  );
  const movements = found.map(({ id, reverses }) => ({ transaction: id, reverses }));
  const why = await explainMovements(explainers, engine, movements);
  const tellings: Telling[] = [];
  for (const transaction of found) {
    const explained = why.get(transaction.id);
    const place = AT_SHOP.has(explained?.kind) ? (await places.find(transaction.place))?.name : undefined;
    const askedBy = explained?.askedBy?.replace(/^person:/, '');
    for (const person of new Set([...membersOf(transaction), ...(askedBy === undefined ? [] : [askedBy])])) {
      const kind = noticeKindOf(transaction.kind, explained, person);
      if (kind === undefined) continue;
      const points = pointsMoved(transaction, person, kind);
      if (points.length === 0 && person !== askedBy) continue;
      const about = {
        day: dayOf(transaction.bookedAt),
        points,
        ...wordsOf(explained),
        ...(place && { place }),
        ...(explained?.actedBy && BY_OTHERS.has(kind) && { as: asOf(explained.actedBy) }),
      };
      const { id } = transaction;
      tellings.push({ person, kind, event: `transaction:${id}`, facts: about, transaction: id });
    }
  }
  return tellings;
}

function wordsOf(explained: Explanation | undefined): Pick<Facts, 'what'> {
  return explained === undefined ? {} : { what: { zh: explained.zh, en: explained.en } };
}

/** What says who did it, where they did it for another. */
const BY_OTHERS: ReadonlySet<NoticeKind> = new Set(['acted-for', 'paid-along']);

function noticeKindOf(kind: string, made: Explanation | undefined, person: string): NoticeKind | undefined {
  if (kind === 'release') return 'award-released';
  if (kind === 'capture') return made?.kind === 'offset' ? 'offset-posted' : ofCode(made);
  // Whoever calls their own order off knows of it.
  if (kind === 'return' && made?.kind === 'order')
    return made.maker === `person:${person}` ? undefined : 'order-ended';
  if (kind === 'refund') return made?.kind === 'offset' ? 'offset-reversed' : undefined;
  const isOfOther = made?.kind === 'offset' && (made.madeFor ?? made.maker) !== `person:${person}`;
  // Taken back by another of the household, or given back by the firm to who paid along.
  if (kind === 'return') return isOfOther ? 'given-back' : undefined;
  // A household's offset, by which somebody else of it used this person's points too.
  if (isOfOther) return 'paid-along';
  if (made?.actedBy) return 'acted-for';
  return ofCode(made);
}

/** Taken at a counter, by a code of the moment or at the pick-up of an order. */
function ofCode(made: Explanation | undefined): NoticeKind | undefined {
  return made?.kind === 'redemption' ? 'code-used' : undefined;
}

/** What came of an award, or what was taken: out of what was available, or out of what was set aside before. */
function pointsMoved(transaction: Transaction, person: string, kind: NoticeKind): Facts['points'] {
  const both = kind === 'code-used' || kind === 'offset-posted';
  const more = kind === 'offset-reversed' ? ['expired'] : both ? ['held'] : [];
  const roles: readonly string[] = ['available', ...more];
  const sums = new Map<string, number>();
  for (const { account, asset, amount } of transaction.entries)
    if (account.owner === person && roles.includes(account.role))
      sums.set(asset.unit, (sums.get(asset.unit) ?? 0) + amount);
  return [...sums]
    .filter(([, amount]) => amount !== 0)
    .map(([unit, amount]) => ({ unit, amount: Math.abs(amount) }));
}
