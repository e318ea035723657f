/** What the ledger's routes answer, from what was read. */
import { type Posted } from './posting.ts';
import { formatInstant } from '../platform/index.ts';
import type { Asset } from './core/asset.ts';
import type { Transaction } from './core/transaction.ts';
import type { Balance } from './reads/balances.ts';
import type { StatementLine } from './reads/statement.ts';
import type { TransactionHead } from './reads/transactions.ts';

function optional<K extends string, V>(key: K, value: V | null | undefined): Partial<Record<K, V>> {
  return value === null || value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}

/** Only a series ends. */
function ending(asset: Pick<Asset, 'kind' | 'expiresAt'>): { expiresAt?: string } {
  return asset.kind === 'series' ? { expiresAt: formatInstant(asset.expiresAt) } : {};
}

export function postedView({ unit, transactions, bookedAt }: Posted) {
  return { unit, transactions: transactions.map(String), bookedAt: formatInstant(bookedAt) };
}

export function balanceView(b: Balance) {
  const { role, counterparty, kind, unit, fund } = b;
  return {
    role,
    counterparty,
    kind,
    unit,
    fund,
    ...ending(b),
    rateMicro: String(b.rateMicro),
    balance: String(b.balance),
  };
}

export function statementLineView(line: StatementLine) {
  const { kind, place, role, counterparty, asset } = line;
  return {
    entry: String(line.entry),
    transaction: String(line.transaction),
    kind,
    place,
    role,
    counterparty,
    unit: asset.unit,
    fund: asset.fund,
    ...ending(asset),
    amount: String(line.amount),
    balanceAfter: String(line.balanceAfter),
    effectiveAt: formatInstant(line.effectiveAt),
    bookedAt: formatInstant(line.bookedAt),
    ...optional('reverses', line.reverses?.toString()),
  };
}

export function transactionHeadView(t: TransactionHead) {
  const { seq, place, kind, actor, hash } = t;
  return {
    id: String(t.id),
    seq,
    place,
    kind,
    effectiveAt: formatInstant(t.effectiveAt),
    bookedAt: formatInstant(t.bookedAt),
    actor,
    hash,
  };
}

export function transactionView(t: Transaction) {
  return {
    ...transactionHeadView(t),
    book: t.book,
    unit: t.unitId,
    source: t.source,
    ...optional(
      'originalEffectiveAt',
      t.originalEffectiveAt === null ? null : formatInstant(t.originalEffectiveAt),
    ),
    ...optional('hold', t.holdId),
    ...optional('reverses', t.reverses?.toString()),
    ...optional('ruleVersion', t.ruleVersion),
    ...optional('terms', t.terms),
    entries: t.entries.map(({ id, account, asset, amount, balanceAfter }) => ({
      id: String(id),
      owner: account.owner,
      role: account.role,
      counterparty: account.counterparty,
      kind: asset.kind,
      unit: asset.unit,
      fund: asset.fund,
      ...ending(asset),
      amount: String(amount),
      balanceAfter: String(balanceAfter),
    })),
    counters: t.tallies.map(({ key, amount, totalAfter }) => ({
      key,
      amount: String(amount),
      totalAfter: String(totalAfter),
    })),
  };
}
