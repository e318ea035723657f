/**
 * The export, read by a program with its own arithmetic: hledger checks every balance assertion of the eventful book and
 * comes to our balances.
 */
import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { exportCsv, exportHledger, openLedger, promiseAsset } from '../../api/ledger/index.ts';
import { accountName, commodityOf } from '../../api/ledger/export/hledger.ts';
import { eachEngine } from '../support/database.ts';
import { BOOK, writeEventfulBook } from '../support/eventful-book.ts';
import { readBook } from '../support/stored-book.ts';

async function textOf(exporter: typeof exportCsv, engine: Engine): Promise<string> {
  let text = '';
  await exporter(engine, BOOK, (piece) => void (text += piece));
  return text;
}

const hledger = (journal: string, ...args: string[]): string =>
  execFileSync('hledger', ['-f', '-', ...args], { input: journal, encoding: 'utf8', stdio: 'pipe' });

/** The commodity of an account and what it holds, by hledger: `account|commodity` → quantity. */
function balancesByHledger(journal: string): Map<string, number> {
  const rows = hledger(journal, 'balance', '--flat', '--no-total', '--layout=tidy', '-O', 'csv')
    .trim()
    .split('\n');
  const found = new Map<string, number>();
  for (const row of rows.slice(1)) {
    const [account = '', , , , commodity = '', value = ''] = row.slice(1, -1).split('","');
    if (Number(value) !== 0) found.set(`${account}|${commodity.replaceAll('"', '')}`, Number(value));
  }
  return found;
}

async function balancesOfOurs(engine: Engine): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (const { entries } of (await readBook(engine, BOOK)).transactions) {
    for (const { account, asset, balanceAfter } of entries) {
      const key = `${accountName(account)}|${commodityOf(asset).replaceAll('"', '')}`;
      if (balanceAfter === 0) found.delete(key);
      else found.set(key, balanceAfter);
    }
  }
  return found;
}

/** Owners that a journal would read as something else: a comment, a virtual posting, an account's parts, a quote. */
const ODD = [';nothing', '(virtual)', '[balanced]', 'a:b', '*', '"quoted"', '50%', '%3A', '张三', '-1'];

async function writeOddBook(engine: Engine): Promise<void> {
  const ledger = openLedger(engine, { now: () => Date.parse('2026-03-02T02:00:00Z') });
  for (const [n, owner] of ODD.entries()) {
    const budget = { do: 'budget' as const, fund: owner, unit: 'VOL', amount: 10 + n };
    const entries = [
      { owner, role: 'owed' as const, counterparty: '', asset: promiseAsset('VOL', owner), amount: n + 1 },
      { owner, role: 'debt' as const, counterparty: '', asset: promiseAsset('VOL', owner), amount: -n - 1 },
    ];
    const outcome = await ledger.journal.commit(BOOK, {
      id: `00000000-0000-7000-8000-00000001000${n}`,
      key: { scope: 'test', key: `odd-${n}` },
      requestHash: `${n}`.padStart(64, '0'),
      place: 'estate',
      actor: 'person:maker',
      source: 'test',
      commands: [
        ...(n === 0 ? [{ do: 'open' as const, code: 'odd', name: '奇怪' }] : []),
        budget,
        { do: 'post', kind: 'trial', entries },
      ],
    });
    if (outcome.status === 'refused') throw new Error(`${owner}: ${outcome.refusal.code}`);
  }
  await ledger.stop();
}

eachEngine((_name, open) => {
  let engine: Engine;
  let journal: string;

  beforeAll(async () => {
    engine = await open();
    await writeEventfulBook(engine);
    journal = await textOf(exportHledger, engine);
  });

  it('writes the day of booking, the day of effect, and an assertion on every entry', async () => {
    const { transactions } = await readBook(engine, BOOK);
    const moved = transactions.filter(({ entries }) => entries.length > 0);
    expect(journal.match(/^\d{4}-\d\d-\d\d=\d{4}-\d\d-\d\d \(\d+\) /gm)).toHaveLength(moved.length);
    expect(journal.match(/^ {4}.+ = -?\d+ ".+"$/gm)).toHaveLength(
      moved.flatMap(({ entries }) => entries).length,
    );
    expect(journal).toContain('2026-03-02=2026-03-02 (4) award | ');
  });

  it('as CSV has one line an entry, each readable, none a formula', async () => {
    const [head, ...lines] = (await textOf(exportCsv, engine)).trimEnd().split('\n');
    const { transactions } = await readBook(engine, BOOK);
    expect(lines).toHaveLength(transactions.flatMap(({ entries }) => entries).length);
    const columns = head!.split(',');
    const sum = new Map<string, number>();
    for (const cells of lines.map((line) => line.split(','))) {
      expect(cells).toHaveLength(columns.length);
      const cell = (name: string) => cells[columns.indexOf(name)]!;
      const key = `${cell('transaction')} ${cell('asset')} ${cell('unit')} ${cell('fund')} ${cell('expires_at')}`;
      sum.set(key, (sum.get(key) ?? 0) + Number(cell('amount')));
    }
    expect([...sum.values()].every((total) => total === 0)).toBe(true);
  });

  describe('hledger', () => {
    it('finds the book strictly right, without any conversion', () => {
      expect(hledger(journal, 'check', '-s', 'balancednoautoconversion')).toBe('');
    });

    it('comes to our balances, account by account and series by series', async () => {
      const theirs = balancesByHledger(journal);
      expect(theirs.size).toBeGreaterThan(10);
      expect(theirs).toEqual(await balancesOfOurs(engine));
    });

    it('notices one number that is changed', () => {
      const changed = journal.replace(/ {2}(-?\d+) "/, (_, amount: string) => `  ${Number(amount) + 1} "`);
      expect(() => hledger(changed, 'check', '-s', 'balancednoautoconversion')).toThrow();
    });

    it('reads owners and funds of any name as what they are', async () => {
      const odd = await open();
      await writeOddBook(odd);
      const text = await textOf(exportHledger, odd);
      expect(hledger(text, 'check', '-s', 'balancednoautoconversion')).toBe('');
      expect(balancesByHledger(text)).toEqual(await balancesOfOurs(odd));
    });
  });
});
