/** migrate, verify, export: the operator's and the auditor's look at the books. */
import { once } from 'node:events';
import { createWriteStream, rmSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { eq } from 'drizzle-orm';
import { exportCsv, exportHledger, verify, type BookReport } from '../ledger/index.ts';
import { productChecks } from '../product-checks.ts';
import { fail, progressLine, say, withEngine, type Command } from './command.ts';

export const migrate: Command = {
  name: 'migrate',
  summary: { zh: '把数据库升级到当前版本', en: 'bring the database up to date' },
  usage: 'linli migrate',
  run: () =>
    withEngine(
      async (engine) => {
        const done = await engine.migrate();
        if (done.kind === 'refused') return fail(done.zh, done.en);
        const names = done.applied.join(', ');
        say(names === '' ? '已经是最新版本 · Already up to date' : `已升级 · Migrated: ${names}`);
      },
      { mayBeOld: true },
    ),
};

function bookOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  return /^[1-9]\d{0,3}$/.test(text)
    ? Number(text)
    : fail('--book 要填账簿编号', '--book takes a book number', 2);
}

function failForBook(book: number): never {
  return fail(`没有编号为 ${book} 的账簿`, `there is no book ${book}`);
}

function sayRules({ checked, byIdOnly }: NonNullable<BookReport['rules']>): void {
  say(`  比对了 ${checked} 处规则引用 · ${checked} citations of rules compared`);
  if (byIdOnly === 0) return;
  say(
    `  另有 ${byIdOnly} 笔旧交易只写了规则编号，规则内容无从核对 · ${byIdOnly} older transactions name their rule by id alone, so its content cannot be checked`,
  );
}

export const verifyCommand: Command = {
  name: 'verify',
  summary: { zh: '从分录重新推算每一条规则', en: 'derive every rule again from the entries' },
  usage: 'linli verify [--book N] [--json]',
  run: (args) =>
    withEngine(async (engine) => {
      const options = { book: { type: 'string' }, json: { type: 'boolean' } } as const;
      const { values } = parseArgs({ args: [...args], options });
      const book = bookOf(values.book);
      const draw = progressLine();
      const report = await verify(engine, {
        ...(book === undefined ? {} : { book }),
        ...productChecks,
        onProgress: ({ book: of, done, of: total }) => {
          const share = total === 0 ? 1 : done / total;
          const bar = '█'.repeat(Math.round(share * 30)).padEnd(30, '░');
          draw(`账簿 · book ${of} ${bar} ${done}/${total}`);
        },
      });
      draw('');
      if (book !== undefined && report.books.length === 0 && report.ok) return failForBook(book);
      if (values.json) say(JSON.stringify(report, null, 2));
      else {
        for (const { book: of, code, transactions, entries, root, rules, rows, files } of report.books) {
          say(
            `账簿 · book ${of} (${code}): ${transactions} 笔交易 · transactions, ${entries} 条分录 · entries`,
          );
          say(`  root ${root}${report.ok ? '' : ' （按现有内容重算 · of what is stored now）'}`);
          if (rules) sayRules(rules);
          if (rows !== undefined) {
            say(
              `  比对了 ${rows} 条业务记录（服务、消费、收分、抵扣）· ${rows} records of services, purchases, redemptions and offsets compared`,
            );
          }
          if (files) say(`  核对了 ${files} 份附件的内容 · the bytes of ${files} attached files compared`);
        }
        for (const { transaction, rule, zh, en } of report.findings) {
          say(
            `✗ ${transaction === null ? '' : `交易 · transaction ${transaction}: `}${zh} · ${en} (rule ${rule})`,
          );
        }
      }
      if (report.ok) {
        if (!values.json) say('✓ 账目完整，没有发现改动 · The books are whole; nothing was changed');
        return;
      }
      const named = report.findings.flatMap(({ transaction }) => transaction ?? []);
      const where = named.length === 0 ? '' : `${Math.min(...named)}`;
      fail(
        `发现 ${report.findingCount} 处问题${where && `，最早涉及交易 ${where}`}`,
        `${report.findingCount} findings${where && `, the first at transaction ${where}`}`,
      );
    }),
};

export const exportCommand: Command = {
  name: 'export',
  summary: { zh: '导出账目（hledger 或 csv）', en: 'export the books (hledger or csv)' },
  usage: 'linli export hledger|csv [--book N] [--out FILE]   (default: book 1, standard output)',
  run: (args) =>
    withEngine(async (engine) => {
      const options = { book: { type: 'string' }, out: { type: 'string' } } as const;
      const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
      const [format] = positionals;
      if (format !== 'hledger' && format !== 'csv') {
        return fail('请指定格式：hledger 或 csv', 'name a format: hledger or csv', 2);
      }
      const book = bookOf(values.book) ?? 1;
      const { books } = engine.tables;
      const [found] = await engine.reader.select({ id: books.id }).from(books).where(eq(books.id, book));
      if (!found) return failForBook(book);
      const out: Writable =
        values.out === undefined ? process.stdout : createWriteStream(values.out, { flags: 'wx' });
      const failed = new Promise<never>((_, reject) => out.once('error', reject));
      const write = async (text: string): Promise<void> => {
        if (!out.write(text)) await Promise.race([once(out, 'drain'), failed]);
      };
      const exporter = format === 'hledger' ? exportHledger : exportCsv;
      const ended = async (): Promise<void> => {
        await exporter(engine, book, write);
        if (values.out === undefined) return;
        out.end();
        await once(out, 'finish');
      };
      let made = false;
      out.once('open', () => (made = true));
      try {
        await Promise.race([ended(), failed]);
      } catch (error) {
        // Half an export looks like a whole one. A file that was there before is not ours to remove.
        if (values.out !== undefined && made) rmSync(values.out, { force: true });
        throw error;
      }
      if (values.out === undefined) return;
      say(`已导出 · Exported: ${values.out}`);
    }),
};
