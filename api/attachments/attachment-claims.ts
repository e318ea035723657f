/** For the ledger's `verify`: files that hang on things, and their withdrawals, beside the transactions that commit to them. */
import { and, asc, eq, gt, gte } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { ClaimSource, RowClaims } from '../ledger/index.ts';
import { isOfBook } from '../places/index.ts';
import {
  bookTakenUp,
  COUNTED,
  deedsOf,
  hashOfBefore,
  hashOfDeed,
  rootOf,
  takenUpBefore,
  withdrawnOfNothing,
} from './bound.ts';

const FILE = { zh: '附件', en: 'attached file' };

function claiming(id: string, place: string, commitment?: string): RowClaims {
  const made = { transaction: null, isUnnumbered: true, kinds: ['note'] };
  return {
    what: FILE,
    id,
    place,
    made: commitment === undefined ? made : { ...made, commitment },
    later: [],
  };
}

export const attachmentsAsClaimed: ClaimSource = {
  counted: { counter: COUNTED, what: FILE },
  kinds: ['note'],
  between: () => Promise.resolve([]),
  async behind(engine, { ids }) {
    const { files, withdrawn } = await deedsOf(engine, ids);
    const claims = new Map<string, RowClaims>();
    for (const { of, place } of withdrawn)
      claims.set(of.id, claiming(of.id, place ?? '', hashOfDeed({ attached: null, withdrawn: of })));
    for (const attached of files) {
      const replaced = withdrawn.find(({ of }) => of.id === attached.id)?.of ?? null;
      const hash = hashOfDeed({ attached, withdrawn: replaced });
      claims.set(attached.id, claiming(attached.id, attached.place, hash));
    }
    for (const id of ids) {
      const book = bookTakenUp(id);
      if (book !== undefined) claims.set(id, await claimOfBefore(engine, { id, book }));
    }
    return [...claims.values()];
  },
  async unmade(engine, { book, limit }) {
    // Of a book's own places each is looked for by its unit, below.
    if (book !== null) return [];
    const { attachments: a } = engine.tables;
    const files = await engine.reader
      .select({ id: a.id, place: a.place })
      .from(a)
      .where(and(gt(a.id, ''), isOfBook(engine, a.place, null)))
      .orderBy(asc(a.id))
      .limit(limit);
    const bare = await withdrawnOfNothing(engine, limit);
    return [...files.map(({ id, place }) => claiming(id, place)), ...bare.map(({ id }) => claiming(id, ''))];
  },
  /** What was taken up, and a book in which nothing was yet, is held against the transaction that takes it up. */
  async unnumbered(engine, { book, after, limit }) {
    const before = await takenUpBefore(engine, book);
    if (before === 0) return [];
    const { attachments: a, attachmentWithdrawals: w } = engine.tables;
    const files = await engine.reader
      .select({ id: a.id, place: a.place })
      .from(a)
      .where(and(gt(a.id, after), gte(a.createdAt, before), isOfBook(engine, a.place, book)))
      .orderBy(asc(a.id))
      .limit(limit);
    const withdrawn = await engine.reader
      .select({ id: w.id, place: a.place })
      .from(w)
      .innerJoin(a, eq(a.id, w.attachment))
      .where(and(gt(w.id, after), gte(w.createdAt, before), isOfBook(engine, a.place, book)))
      .orderBy(asc(w.id))
      .limit(limit);
    const byId = new Map([...withdrawn, ...files].map(({ id, place }) => [id, claiming(id, place)]));
    return [...byId.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1)).slice(0, limit);
  },
};

async function claimOfBefore(engine: Engine, { id, book }: { id: string; book: number }): Promise<RowClaims> {
  const at = await takenUpBefore(engine, book);
  return claiming(id, await rootOf(engine, book), await hashOfBefore(engine, { book, at }));
}
