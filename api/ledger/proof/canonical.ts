/**
 * The canonical bytes of a transaction (RFC 8785 JSON, format 1), which its hash covers. Accounts and assets stand
 * in them by their natural keys, so a change to either of those tables shows as well.
 * Keys are written in sorted order and values are texts, safe integers and null only, so `JSON.stringify` of an
 * object made in that order already is the canonical form; the test holds it against a general implementation.
 */
import { hash } from 'node:crypto';
import { FORMAT, type Transaction } from '../core/transaction.ts';
import type { KeyRow } from '../core/plan.ts';

export function canonicalTransaction(t: Transaction): string {
  return JSON.stringify({
    actor: t.actor,
    book: t.book,
    bookedAt: t.bookedAt,
    effectiveAt: t.effectiveAt,
    entries: t.entries.map(({ id, account: a, asset: s, amount, balanceAfter }) => [
      id,
      a.owner,
      a.role,
      a.counterparty,
      s.kind,
      s.unit,
      s.fund,
      s.expiresAt,
      s.rateMicro,
      s.budgetReturns,
      amount,
      balanceAfter,
    ]),
    format: FORMAT,
    hold: t.holdId,
    kind: t.kind,
    memo: t.memoCommitment,
    originalEffectiveAt: t.originalEffectiveAt,
    place: t.place,
    reverses: t.reverses,
    ruleVersion: t.ruleVersion,
    seq: t.seq,
    source: t.source,
    tallies: t.tallies.map((e) => [e.id, e.key, e.amount, e.totalAfter, e.floor, e.ceiling]),
    terms: t.terms,
    unit: t.unitId,
  });
}

export function hashTransaction(t: Transaction): string {
  return sha256(canonicalTransaction(t));
}

/** A row of `keys` without its hash. */
export type KeyFields = {
  book: number;
  scope: string;
  key: string;
  requestHash: string;
  unitId: string;
  status: string;
  answer: string;
  firstSeq: number | null;
  lastSeq: number | null;
  bookedAt: number;
};

/** A key's own columns, so that a changed answer or request shows. */
export function hashKeyRow(row: KeyFields): string {
  const { book, scope, key, requestHash, unitId, status, answer, firstSeq, lastSeq, bookedAt } = row;
  return sha256(
    JSON.stringify([book, scope, key, requestHash, unitId, status, answer, firstSeq, lastSeq, bookedAt]),
  );
}

export function hashKey(book: number, row: KeyRow): string {
  const { scope, key } = row.unit.key;
  const { requestHash, id: unitId } = row.unit;
  return hashKeyRow({ ...row, book, scope, key, requestHash, unitId });
}

export function sha256(text: string): string {
  return hash('sha256', text);
}

/** SHA-256 (hex) of a request's canonical JSON: keys sorted, whatever order a client sent them in. */
export function hashRequest(request: unknown): string {
  return sha256(sorted(request));
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => sorted(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  members.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${sorted(member)}`).join(',')}}`;
}
