/**
 * For `verify`: bytes are what their name says, and no attachment is without its bytes. One content at a time is in memory,
 * and none is longer than an attachment may be.
 */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { isOfBook } from '../places/index.ts';

type Wrong = { zh: string; en: string };
type Report = (wrong: Wrong) => void;

/**
 * Those that attachments of a book name, each read once; null: those that none names. Says of how many attachments: what
 * hangs twice is two, as in every list.
 */
export async function checkContents(engine: Engine, book: number | null, report: Report): Promise<number> {
  const seen = new Set<string>();
  let files = 0;
  for (let after = ''; ;) {
    const named = await (book === null ? unnamed(engine, after) : ofBook(engine, book, after));
    for (const { id, content } of named) {
      after = id;
      files += 1;
      if (seen.has(content)) continue;
      seen.add(content);
      await checkOne(engine, content, report);
      // SQLite reads without a pause: who waits at the desk goes between two contents.
      await nextTurn();
    }
    if (named.length < MOST) return files;
  }
}

const MOST = 500;

async function checkOne(engine: Engine, content: string, report: Report): Promise<void> {
  const { attachmentContents: t } = engine.tables;
  const [row] = await engine.reader.select({ bytes: t.bytes }).from(t).where(eq(t.id, content));
  if (!row) return report({ zh: `附件的内容 ${content} 不在了`, en: `content ${content} of a file is gone` });
  const is = createHash('sha256').update(row.bytes).digest('hex');
  if (is !== content)
    report({ zh: `附件内容 ${content} 的哈希是 ${is}`, en: `content ${content} has the hash ${is}` });
}

async function ofBook(engine: Engine, book: number, after: string) {
  const { attachments: a } = engine.tables;
  return engine.reader
    .select({ id: a.id, content: a.content })
    .from(a)
    .where(and(gt(a.id, after), isOfBook(engine, a.place, book)))
    .orderBy(asc(a.id))
    .limit(MOST);
}

/** Kept before bytes and their row were one unit, for a row that was refused. */
async function unnamed({ reader, tables }: Engine, after: string) {
  const { attachmentContents: t, attachments: a } = tables;
  return reader
    .select({ id: t.id, content: t.id })
    .from(t)
    .leftJoin(a, eq(a.content, t.id))
    .where(and(gt(t.id, after), isNull(a.id)))
    .orderBy(asc(t.id))
    .limit(MOST);
}
