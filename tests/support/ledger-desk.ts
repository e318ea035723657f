/** A small desk in front of a memory ledger: posts commands one after another and shows entries as lines of text. */
import { CNY6, promiseAsset, seriesAsset, type Asset } from '../../api/ledger/core/asset.ts';
import type { Command, Outcome, Unit } from '../../api/ledger/core/command.ts';
import type { Transaction } from '../../api/ledger/core/transaction.ts';
import type { Role } from '../../api/ledger/core/account.ts';
import { MemoryLedger } from './ledger-memory.ts';

/** The first instant of a day in Asia/Shanghai, 'YYYY-MM-DD'. */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00+08:00`);
}

export class Desk {
  readonly ledger = new MemoryLedger();
  now = dayOf('2026-06-20');
  #units = 0;

  unit(commands: readonly Command[], more: Partial<Unit> = {}): Unit {
    const id = `unit-${++this.#units}`;
    const key = { scope: 'desk', key: id };
    return {
      id,
      key,
      requestHash: id,
      place: 'hemeiyuan',
      actor: 'clerk',
      source: 'test',
      commands,
      ...more,
    };
  }

  try(commands: Command | readonly Command[], more: Partial<Unit> = {}): Outcome {
    const [outcome] = this.ledger.run([this.unit([commands].flat(), more)], this.now);
    if (!outcome) throw new Error('no outcome');
    return outcome;
  }

  /** Posts what must succeed; the id of its last transaction. */
  post(commands: Command | readonly Command[], more: Partial<Unit> = {}): number {
    const outcome = this.try(commands, more);
    if (outcome.status === 'refused') throw new Error(JSON.stringify(outcome.refusal));
    return outcome.answer.transactions.at(-1) ?? 0;
  }

  /** The code of the refusal, or 'posted'. */
  refusal(commands: Command | readonly Command[], more: Partial<Unit> = {}): string {
    const outcome = this.try(commands, more);
    return outcome.status === 'refused' ? outcome.refusal.code : 'posted';
  }

  transaction(id: number): Transaction {
    const found = this.ledger.transactions.find((t) => t.id === id);
    if (!found) throw new Error(`no transaction ${id}`);
    return found;
  }

  /** 'm.available VOL 2027-12-31 −20', in the order of the entries. */
  entries(id: number): string[] {
    return this.transaction(id).entries.map(({ account, asset, amount }) => {
      const { owner, role, counterparty } = account;
      const arrow = counterparty === '' ? '' : (role === 'payable' ? '→' : '←') + counterparty;
      return `${owner}.${role}${arrow} ${assetName(asset)} ${amount > 0 ? '+' : '−'}${Math.abs(amount)}`;
    });
  }

  balance(owner: string, role: Role, asset: Asset = CNY6, counterparty = ''): number {
    return this.ledger.balance(owner, role, asset, counterparty);
  }
}

/** Series by their last day in Asia/Shanghai, promises by their unit. */
function assetName(asset: Asset): string {
  if (asset.kind === 'cny6') return '¥µ';
  if (asset.kind === 'promise') return asset.unit;
  const lastDay = new Date(asset.expiresAt + 8 * 3_600_000 - 1).toISOString().slice(0, 10);
  return `${asset.unit} ${lastDay}`;
}

/** Points of fund F to the end of 2027, ¥0.10 each; their budget returns when they expire. */
export const END_2027 = { expiresAt: dayOf('2028-01-01'), rateMicro: 100_000, budgetReturns: true };
export const VOL = seriesAsset('VOL', 'F', END_2027);
export const PROMISE = promiseAsset('VOL', 'F');
