/**
 * For `verify`: bytes are what their name says, and no attachment is without its bytes. One content at a time is in memory,
 * and none is longer than an attachment may be.
 */
import { createHash } from 'node:crypto';
import { asc, eq, gt, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';

type Wrong = { zh: string; en: string };

export async function checkContents(
  { reader, tables }: Engine,
  report: (wrong: Wrong) => void,
): Promise<number> {
  const { attachmentContents: t, attachments: a } = tables;
  let checked = 0;
  for (let after = ''; ;) {
    const [row] = await reader
      .select({ id: t.id, bytes: t.bytes })
      .from(t)
      .where(gt(t.id, after))
      .orderBy(asc(t.id))
      .limit(1);
    if (!row) break;
    after = row.id;
    checked += 1;
    const is = createHash('sha256').update(row.bytes).digest('hex');
    if (is !== row.id)
      report({ zh: `附件内容 ${row.id} 的哈希是 ${is}`, en: `content ${row.id} has the hash ${is}` });
  }
  const bare = await reader
    .select({ id: a.id, content: a.content })
    .from(a)
    .leftJoin(t, eq(t.id, a.content))
    .where(isNull(t.id))
    .limit(100);
  for (const { id, content } of bare)
    report({
      zh: `附件 ${id} 的内容 ${content} 不在了`,
      en: `content ${content} of attachment ${id} is gone`,
    });
  return checked;
}
