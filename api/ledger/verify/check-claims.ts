/**
 * Rows of the product beside the transactions that they name, piece by piece in `seq` order: what a row repeats is what
 * the entries say, and a transaction that made or changed a row is named by it. Rows are read after their transactions,
 * with which they are written in one go, so what is booked meanwhile is no finding.
 */
import { and, gt, inArray, lt } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { BOOK_SPAN, type Transaction } from '../core/transaction.ts';
import { asSaid, given, memberOf, moved, numberedBy, numberLike, redeemed, said } from './claimed-points.ts';
import type { Claim, ClaimSource, RowClaims } from './claims.ts';
import type { Finding } from './finding.ts';
import { breathe, rangeOf, ROWS } from './read-book.ts';
import { SeenTexts } from './seen-texts.ts';

type Wrong = Pick<Finding, 'rule' | 'zh' | 'en'>;
type Report = (transaction: number | null, wrong: Wrong) => void;

export class ClaimCheck {
  readonly #sources: readonly ClaimSource[];
  readonly #report: Report;
  /** Rows that were held against the ledger. */
  checked = 0;
  /** The unit that ended the last piece, where a row has named one of its transactions. */
  #open: string | undefined;
  /** Rows without a transaction's number whose unit was there. */
  readonly #unnumbered = new SeenTexts();
  /** The last transaction that was read. */
  #last = 0;

  constructor(sources: readonly ClaimSource[], report: Report) {
    this.#sources = sources;
    this.#report = report;
  }

  /** The next piece of transactions, in order. */
  async add(engine: Engine, piece: readonly Transaction[]): Promise<void> {
    const [first, last] = [piece[0], piece.at(-1)];
    if (!first || !last) return;
    const byId = new Map(piece.map((t) => [t.id, t]));
    /** Units of which a row names a transaction: one of two steps of a unit is enough. */
    const named = new Set(this.#open === undefined ? [] : [this.#open]);
    for (const source of this.#sources) {
      for (const row of await source.between(engine, { from: first.id, to: last.id, limit: ROWS })) {
        this.#checkRow(row, byId, named);
      }
    }
    for (const source of this.#sources) await this.#checkUnnamed(engine, source, { piece, named });
    this.#open = named.has(last.unitId) ? last.unitId : undefined;
    this.#last = last.id;
  }

  #checkRow(row: RowClaims, byId: ReadonlyMap<number, Transaction>, named: Set<string>): void {
    const { made, later } = row;
    for (const claim of [made, ...later]) {
      const t = byId.get(claim.transaction ?? 0);
      if (!t) continue;
      named.add(t.unitId);
      this.#compare(row, claim, t);
    }
    const maker = byId.get(made.transaction ?? 0);
    if (!maker) return;
    this.checked++;
    for (const fault of row.faults ?? []) this.#report(maker.id, faulty(row, fault));
    for (const { transaction } of later) {
      if (!isLater(transaction, maker.id)) this.#report(maker.id, lacks(row));
    }
  }

  /**
   * What no piece can find: rows of the book's places that name no transaction which made them, and rows that name one
   * beyond `last`, the last transaction of the book by now. They are read after it was asked for, which is what
   * `lastNow` is for: what came meanwhile is no finding.
   */
  async end(
    engine: Engine,
    of: { book: number; books: readonly number[]; last: number; lastNow: () => Promise<number> },
  ): Promise<void> {
    const { book, books, last, lastNow } = of;
    const { low, high } = rangeOf(book);
    await reportUnmade(engine, { sources: this.#sources, book, books }, (wrong) => this.#report(null, wrong));
    for (const source of this.#sources) await this.#checkUnnumbered(engine, source, book);
    const range = { from: last + 1, to: high - 1, limit: ROWS };
    for (const source of this.#sources) {
      const beyond = await source.between(engine, range);
      if (beyond.length === 0) continue;
      const top = await lastNow();
      const isBeyond = ({ transaction: id }: Claim): boolean => id !== null && id > top && id < high;
      for (const row of beyond) {
        const maker = row.made.transaction;
        if (isBeyond(row.made)) this.#report(null, unmade(row));
        // One of another book is found there.
        else if (maker !== null && maker > low && maker < high && row.later.some(isBeyond)) {
          this.#report(maker, lacks(row));
        }
      }
    }
  }

  /** Rows that name no transaction, as their sort does, and of which no unit made one. */
  async #checkUnnumbered(engine: Engine, source: ClaimSource, book: number): Promise<void> {
    let after = '';
    for (;;) {
      const rows = (await source.unnumbered?.(engine, { book, after, limit: ROWS })) ?? [];
      const unseen = rows.filter(({ id }) => !this.#unnumbered.has(id));
      if (unseen.length > 0) {
        const meanwhile = await this.#unitsSince(engine, { book, ids: unseen.map(({ id }) => id) });
        for (const row of unseen) if (!meanwhile.has(row.id)) this.#report(null, unmade(row));
      }
      const end = rows.at(-1);
      if (!end || rows.length < ROWS) return;
      after = end.id;
      await breathe();
    }
  }

  /** Which of these units were booked after the last transaction that was read. */
  async #unitsSince(
    { reader, tables: { transactions: t } }: Engine,
    { book, ids }: { book: number; ids: readonly string[] },
  ): Promise<Set<string>> {
    const { low, high } = rangeOf(book);
    const isLater = and(gt(t.id, Math.max(low, this.#last)), lt(t.id, high));
    const rows = await reader
      .select({ unit: t.unitId })
      .from(t)
      .where(and(isLater, inArray(t.unitId, [...ids])));
    return new Set(rows.map(({ unit }) => unit));
  }

  /** Transactions that no row names although one was made or changed by them. */
  async #checkUnnamed(
    engine: Engine,
    source: ClaimSource,
    { piece, named }: { piece: readonly Transaction[]; named: ReadonlySet<string> },
  ): Promise<void> {
    const [unnamed, others] = [[] as Transaction[], [] as Transaction[]];
    for (const t of piece)
      if (!named.has(t.unitId)) (source.kinds.includes(t.kind) ? unnamed : others).push(t);
    for (const t of others) this.#checkHoles(source, t);
    if (unnamed.length === 0) return;
    const ids = [...new Set(unnamed.flatMap(({ unitId, holdId }) => [unitId, ...(holdId ? [holdId] : [])]))];
    const made = [...new Set(unnamed.flatMap(({ reverses }) => (reverses === null ? [] : [reverses])))];
    const rows = await source.behind(engine, { ids, made });
    const byRow = new Map(rows.map((row) => [row.id, row]));
    const byStep = new Map(rows.flatMap((row) => stepsOf(row).map((step) => [step, row])));
    for (const t of unnamed) {
      const own = byRow.get(t.unitId);
      // Hours that earned nothing are recorded without a transaction's number.
      if (own?.made.isUnnumbered && own.made.transaction === null) {
        this.checked++;
        this.#unnumbered.add(own.id);
        this.#compare(own, own.made, t);
        continue;
      }
      const row =
        own ?? byRow.get(t.holdId ?? '') ?? (t.reverses === null ? undefined : byStep.get(t.reverses));
      if (row) this.#report(t.id, unlike(row, { zh: '交易', en: 'transaction' }, namesOf(row), t.id));
      else this.#checkHoles(source, t);
    }
  }

  /** What the ledger counted and no row says; a number that was given and stands on no document. */
  #checkHoles({ numbers, counted }: ClaimSource, t: Transaction): void {
    if (counted && t.tallies.some(({ key }) => key.startsWith(counted.counter))) {
      const { zh, en } = counted.what;
      this.#report(t.id, {
        rule: 1,
        zh: `账上记过一份${zh}，它的记录却不见了`,
        en: `the ledger counted one ${en}, and its row is gone`,
      });
    }
    const gave = numberedBy(t);
    if (!gave || !numbers || !gave.series.startsWith(numbers.series)) return;
    const { what } = numbers;
    const number = `${gave.series.slice(gave.series.lastIndexOf(':') + 1)}${gave.nth}`;
    this.#report(t.id, {
      rule: 1,
      zh: `缺号：账上给过 ${number}，却没有这张${what.zh}`,
      en: `a hole: the ledger gave ${number}, and there is no ${what.en} of that number`,
    });
  }

  #compare(row: RowClaims, claim: Claim, t: Transaction): void {
    const differs = (zh: string, en: string, says: string | number, ledger: string | number): void => {
      if (says !== ledger) this.#report(t.id, unlike(row, { zh, en }, says, ledger));
    };
    if (claim === row.made) differs('编号', 'unit', row.id, t.unitId);
    if (!claim.kinds.includes(t.kind)) differs('状态', 'state', claim.kinds.join(' / ') || '–', t.kind);
    differs('归属', 'place', row.place, t.place);
    const member = memberOf(t);
    if (row.member !== undefined && member !== undefined) differs('居民', 'member', row.member, member);
    if (claim.moves !== undefined)
      differs('积分', 'points', said(claim.moves), asSaid(claim.moves, moved(t)));
    if (claim.takes !== undefined)
      differs('积分', 'points', said(claim.takes), asSaid(claim.takes, redeemed(t)));
    if (claim.gives !== undefined)
      differs('积分', 'points', said(claim.gives), asSaid(claim.gives, given(t)));
    if (claim.reverses !== undefined) {
      differs('冲回的交易', 'transaction reversed', claim.reverses ?? '–', t.reverses ?? '–');
    }
    if (claim.hold !== undefined) differs('预留', 'hold', claim.hold, t.holdId ?? '–');
    if (claim.ruleVersion !== undefined) {
      differs('依据的规则', 'rule', claim.ruleVersion, t.ruleVersion ?? '–');
    }
    if (claim.number !== undefined) differs('凭证号', 'number', claim.number, numberLike(claim.number, t));
    const series = numberedBy(t)?.series ?? '–';
    if (claim.series?.includes(series) === false)
      differs('编号序列', 'series', claim.series[0] ?? '–', series);
    if (claim.commitment !== undefined) {
      differs('内容的哈希', 'hash of its contents', claim.commitment, t.memoCommitment ?? '–');
    }
    for (const { key, amount, after, what } of claim.counters ?? []) {
      const counted = t.tallies.find((each) => each.key === key);
      differs(what.zh, what.en, amount, counted?.amount ?? 0);
      if (after !== undefined) differs(what.zh, what.en, after, counted?.totalAfter ?? 0);
    }
  }
}

function unlike(
  { what, id }: RowClaims,
  of: { zh: string; en: string },
  says: string | number,
  ledger: string | number,
): Wrong {
  return {
    rule: 1,
    zh: `${what.zh} ${id} 的${of.zh}与账上不符：记录写着 ${says}，账上是 ${ledger}`,
    en: `the ${of.en} of ${what.en} ${id} differs: the row says ${says}, the ledger ${ledger}`,
  };
}

function faulty({ what, id }: RowClaims, { zh, en }: { zh: string; en: string }): Wrong {
  return { rule: 3, zh: `${what.zh} ${id}：${zh}`, en: `${what.en} ${id}: ${en}` };
}

function lacks({ what, id }: RowClaims): Wrong {
  return {
    rule: 1,
    zh: `${what.zh} ${id} 写着已经处理，账上却没有对应的交易`,
    en: `${what.en} ${id} says that it was settled, and names no transaction of the ledger that did so`,
  };
}

function unmade({ what, id }: RowClaims): Wrong {
  return {
    rule: 1,
    zh: `${what.zh} ${id} 在账上没有对应的交易`,
    en: `${what.en} ${id} names no transaction of the ledger that made it`,
  };
}

type Unmade = { sources: readonly ClaimSource[]; book: number | null; books: readonly number[] };

/** Rows of which no transaction of any book is said to have made them; `book` null: of places that are not there. */
export async function reportUnmade(
  engine: Engine,
  { sources, book, books }: Unmade,
  report: (wrong: Wrong) => void,
): Promise<void> {
  for (const source of sources) {
    for (const row of await source.unmade(engine, { book, books, limit: ROWS })) report(unmade(row));
  }
}

/** That a row can have been changed by this one, made as it was by that one. */
function isLater(transaction: number | null, maker: number): boolean {
  const { high } = rangeOf(Math.floor(maker / BOOK_SPAN));
  return transaction !== null && transaction > maker && transaction < high;
}

function stepsOf({ made, later }: RowClaims): (number | null)[] {
  return [made, ...later].map(({ transaction }) => transaction);
}

function namesOf(row: RowClaims): string {
  return stepsOf(row)
    .map((step) => step ?? '–')
    .join(', ');
}
