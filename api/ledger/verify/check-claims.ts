/**
 * Rows of the product beside the transactions that they name, piece by piece in `seq` order: what a row repeats is what
 * the entries say, and a transaction that made or changed a row is named by it. Rows are read after their transactions,
 * with which they are written in one go, so what is booked meanwhile is no finding.
 */
import type { Engine } from '../../db/index.ts';
import type { Role } from '../core/account.ts';
import type { Transaction } from '../core/transaction.ts';
import type { Claim, ClaimedPoints, ClaimSource, RowClaims } from './claims.ts';
import type { Finding } from './finding.ts';

type Wrong = Pick<Finding, 'rule' | 'zh' | 'en'>;
type Report = (transaction: number | null, wrong: Wrong) => void;

export class ClaimCheck {
  readonly #sources: readonly ClaimSource[];
  readonly #report: Report;
  /** Rows that were held against the ledger. */
  checked = 0;
  /** The unit that ended the last piece, where a row has named one of its transactions. */
  #open: string | undefined;

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
      for (const row of await source.between(engine, { from: first.id, to: last.id })) {
        this.#checkRow(row, byId, named);
      }
    }
    for (const source of this.#sources) await this.#checkUnnamed(engine, source, { piece, named });
    this.#open = named.has(last.unitId) ? last.unitId : undefined;
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
    for (const { transaction } of later) {
      if (transaction === null || transaction <= maker.id) this.#report(maker.id, lacks(row));
    }
  }

  /** Transactions that no row names although one was made or changed by them. */
  async #checkUnnamed(
    engine: Engine,
    source: ClaimSource,
    { piece, named }: { piece: readonly Transaction[]; named: ReadonlySet<string> },
  ): Promise<void> {
    const unnamed = piece.filter((t) => !named.has(t.unitId) && source.kinds.includes(t.kind));
    if (unnamed.length === 0) return;
    const ids = [...new Set(unnamed.flatMap(({ unitId, holdId }) => [unitId, ...(holdId ? [holdId] : [])]))];
    const made = [...new Set(unnamed.flatMap(({ reverses }) => (reverses === null ? [] : [reverses])))];
    const rows = await source.behind(engine, { ids, made });
    const byRow = new Map(rows.map((row) => [row.id, row]));
    const byMaker = new Map(rows.map((row) => [row.made.transaction, row]));
    for (const t of unnamed) {
      const own = byRow.get(t.unitId);
      // Hours that earned nothing are recorded without a transaction's number.
      if (own?.made.isUnnumbered && own.made.transaction === null) {
        this.checked++;
        this.#compare(own, own.made, t);
        continue;
      }
      const row =
        own ?? byRow.get(t.holdId ?? '') ?? (t.reverses === null ? undefined : byMaker.get(t.reverses));
      if (row) this.#report(t.id, unlike(row, { zh: '交易', en: 'transaction' }, namesOf(row), t.id));
    }
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
    for (const { key, amount, what } of claim.counters ?? []) {
      const counted = t.tallies.find((each) => each.key === key)?.amount ?? 0;
      differs(what.zh, what.en, amount, counted);
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

function lacks({ what, id }: RowClaims): Wrong {
  return {
    rule: 1,
    zh: `${what.zh} ${id} 写着已经处理，账上却没有对应的交易`,
    en: `${what.en} ${id} says that it was settled, and names no transaction of the ledger that did so`,
  };
}

function namesOf({ made, later }: RowClaims): string {
  return [made, ...later].map(({ transaction }) => transaction ?? '–').join(', ');
}

const MEMBERS_OWN: ReadonlySet<Role> = new Set(['available', 'held', 'expired', 'pending', 'debt']);

function memberOf({ entries }: Transaction): string | undefined {
  return entries.find(({ account }) => MEMBERS_OWN.has(account.role))?.account.owner;
}

type ByUnit = Record<string, number>;

/** By whose entries a step of each kind is counted. */
const COUNTED: Readonly<Record<string, Role>> = {
  ...{ award: 'pending', reject: 'pending', release: 'pending' },
  ...{ hold: 'held', capture: 'held', return: 'held', spend: 'redeemed', refund: 'redeemed' },
};

function moved({ kind, entries }: Transaction): ByUnit {
  if (kind === 'clawback' || kind === 'credit') return taken(entries, kind === 'credit' ? -1 : 1);
  const points: ByUnit = {};
  for (const { account, asset, amount } of entries) {
    if (account.role === COUNTED[kind]) add(points, asset.unit, Math.abs(amount));
  }
  return points;
}

function given({ entries }: Transaction): ByUnit {
  return taken(entries, -1);
}

/** What goes back to the issuer, or became a debt. */
function taken(entries: Transaction['entries'], sign: 1 | -1): ByUnit {
  const points: ByUnit = {};
  for (const { account, asset, amount } of entries) {
    if (account.role === 'issuer') add(points, asset.unit, amount * sign);
    if (account.role === 'debt') add(points, asset.unit, -amount * sign);
  }
  return points;
}

function add(points: ByUnit, unit: string, amount: number): void {
  points[unit] = (points[unit] ?? 0) + amount;
}

function said(points: ClaimedPoints): string {
  if (typeof points === 'number') return String(points);
  const parts = Object.entries(points).filter(([, amount]) => amount !== 0);
  return parts.length === 0
    ? '0'
    : parts
        .sort()
        .map(([unit, amount]) => `${unit} ${amount}`)
        .join(' + ');
}

/** What the ledger says, in the way in which the row says it. */
function asSaid(as: ClaimedPoints, points: ByUnit): string {
  return said(typeof as === 'number' ? Object.values(points).reduce((sum, one) => sum + one, 0) : points);
}

/** The number that a transaction gave, as wide as the row writes it. */
function numberLike(as: string, { tallies }: Transaction): string {
  const counter = tallies.find(({ key }) => key.startsWith('number:'));
  if (!counter) return '–';
  const digits = /\d*$/.exec(as)?.[0].length ?? 0;
  const prefix = counter.key.slice(counter.key.lastIndexOf(':') + 1);
  return prefix + String(counter.totalAfter).padStart(digits, '0');
}
