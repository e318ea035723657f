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
  return hashFields([book, scope, key, requestHash, unitId, status, answer, firstSeq, lastSeq, bookedAt]);
}

export function hashKey(book: number, row: KeyRow): string {
  const { unit, status, answer, firstSeq, lastSeq, bookedAt } = row;
  const { scope, key } = unit.key;
  return hashFields([
    book,
    scope,
    key,
    unit.requestHash,
    unit.id,
    status,
    answer,
    firstSeq,
    lastSeq,
    bookedAt,
  ]);
}

function hashFields(fields: readonly (string | number | null)[]): string {
  return sha256(JSON.stringify(fields));
}

export function sha256(text: string): string {
  return hash('sha256', text);
}

/** SHA-256 (hex) of a request's JSON with one order of keys, whatever order a client sent them in. */
export function hashRequest(request: unknown): string {
  return sha256(JSON.stringify(inOrder(request)));
}

/** `JSON.stringify` of an object made in order is twice as fast as writing the text here. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const ordered = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(value).sort()) {
    ordered[key] = inOrder((value as Readonly<Record<string, unknown>>)[key]);
  }
  return ordered;
}
