/**
 * A book as an hledger journal, so that a second program with its own arithmetic can check ours: one commodity for
 * each asset, `booked_at` as the date, `effective_at` as the second date, a balance assertion on every entry.
 */
import type { Engine } from '../../db/index.ts';
import type { Account } from '../core/account.ts';
import type { Instant } from '../core/amount.ts';
import { NEVER, type AssetRow } from '../core/asset.ts';
import type { Transaction } from '../core/transaction.ts';
import { accountsOf, assetsOf, Names } from '../verify/names.ts';
import { breathe, rangeOf, readPiece } from '../verify/read-book.ts';

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** Writes text and resolves when more may come. */
export type Sink = (text: string) => void | Promise<void>;

function dayOf(at: Instant): string {
  return new Date(at + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10);
}

/** What hledger would read as something else: two blanks, a comment, a virtual posting, the parts of an account, a quote. */
function plain(name: string): string {
  return name.replace(/[^\p{L}\p{N}._@+-]/gu, (character) =>
    encodeURIComponent(character).replace(/^[^%]/, percent),
  );
}

/** The few signs that encodeURIComponent leaves as they are. */
function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** hledger takes any text in double quotes as a commodity, and numbers must stay out of bare ones. */
export function commodityOf(asset: AssetRow): string {
  if (asset.kind === 'cny6') return '"CNY6"';
  const promise = `${plain(asset.unit)} ${plain(asset.fund)}`;
  if (asset.kind === 'promise') return `"${promise}"`;
  const end = asset.expiresAt === NEVER ? 'never' : dayOf(asset.expiresAt - 1);
  return `"${promise} ${end} @${asset.rateMicro}${asset.budgetReturns ? '' : ' kept'} #${asset.id}"`;
}

export function accountName(account: Account): string {
  const counterparty = account.counterparty === '' ? '' : `:${plain(account.counterparty)}`;
  return `${plain(account.owner)}:${account.role}${counterparty}`;
}

function formatTransaction(t: Transaction): string {
  const head = `${dayOf(t.bookedAt)}=${dayOf(t.effectiveAt)} (${t.seq}) ${t.kind} | ${t.unitId}`;
  const lines = t.entries.map(({ account, asset, amount, balanceAfter }) => {
    const commodity = commodityOf(asset);
    return `    ${accountName(account)}  ${amount} ${commodity} = ${balanceAfter} ${commodity}`;
  });
  return `${head}\n${lines.join('\n')}\n\n`;
}

export async function exportHledger(engine: Engine, book: number, write: Sink): Promise<void> {
  await write(`; 邻里积分 Linli, book ${book}: one commodity a series, amounts in smallest steps\n`);
  await write('decimal-mark .\n');
  for await (const assets of assetsOf(engine, book)) {
    await write(assets.map((asset) => `commodity 1. ${commodityOf(asset)}\n`).join(''));
  }
  for await (const accounts of accountsOf(engine, book)) {
    await write(accounts.map((account) => `account ${accountName(account)}\n`).join(''));
  }
  await write('\n');
  await eachTransaction(engine, book, (t) => (t.entries.length === 0 ? '' : formatTransaction(t)), write);
}

const CSV_HEAD = [
  'transaction',
  'seq',
  'booked_at',
  'effective_at',
  'kind',
  'place',
  'entry',
  'owner',
  'role',
  'counterparty',
  'asset',
  'unit',
  'fund',
  'expires_at',
  'amount',
  'balance_after',
].join(',');

/** Entries as CSV, one line each. */
export async function exportCsv(engine: Engine, book: number, write: Sink): Promise<void> {
  await write(`${CSV_HEAD}\n`);
  await eachTransaction(engine, book, csvLines, write);
}

function csvLines(t: Transaction): string {
  return t.entries
    .map(({ id, account, asset, amount, balanceAfter }) => {
      const end = asset.kind === 'series' ? new Date(asset.expiresAt).toISOString() : '';
      const { owner, role, counterparty } = account;
      const { kind, unit, fund } = asset;
      const times = [new Date(t.bookedAt).toISOString(), new Date(t.effectiveAt).toISOString()];
      const cells = [
        t.id,
        t.seq,
        ...times,
        t.kind,
        t.place,
        id,
        owner,
        role,
        counterparty,
        kind,
        unit,
        fund,
        end,
      ];
      return `${[...cells, amount, balanceAfter].map(csvCell).join(',')}\n`;
    })
    .join('');
}

/** Owners and kinds come from systems too: quoted where they must be, and never read as a formula. */
function csvCell(cell: string | number): string {
  if (typeof cell === 'number') return String(cell);
  const harmless = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

async function eachTransaction(
  engine: Engine,
  book: number,
  format: (t: Transaction) => string,
  write: Sink,
): Promise<void> {
  const names = new Names(engine, book);
  const { low, high } = rangeOf(book);
  for (let after = low; ;) {
    const piece = await readPiece(engine, names, { book, after, until: high });
    const last = piece.transactions.at(-1);
    if (!last) return;
    await write(piece.transactions.map(({ transaction }) => format(transaction)).join(''));
    after = last.transaction.id;
    await breathe();
  }
}
