/**
 * A demo's database says so itself, wherever it is copied or restored to: its people have passwords that everybody can
 * read. The mark stands in the access log, as the first sign-in that the demo gave.
 */
import { and, eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { logAccess } from '../identity/index.ts';
import type { ConfigRefusal, Deps } from '../platform/index.ts';

const MARK = { actor: 'operator:demo', action: 'sign-in', subject: 'demo' } as const;

/** Before anybody can sign in: a seeding that breaks off leaves a demo as well. */
export async function markAsDemo({
  engine,
  ids,
  clock,
}: Pick<Deps, 'engine' | 'ids' | 'clock'>): Promise<void> {
  await logAccess(engine, { ...MARK, id: ids(), at: clock(), place: '', reason: '' });
}

export async function isDemo({ reader, tables: { accessLog: t } }: Engine): Promise<boolean> {
  const mark = and(eq(t.subject, MARK.subject), eq(t.actor, MARK.actor));
  const found = await reader.select({ id: t.id }).from(t).where(mark).limit(1);
  return found.length > 0;
}

/** What a production server says instead of serving a demo. */
export const demoRefused: ConfigRefusal = {
  kind: 'refused',
  zh: '这个数据库是演示数据，里面的账号密码是公开的；请用 DATA_DIR 或 DATABASE_URL 指定正式的数据。',
  en: 'This database is a demo, whose passwords are public; name the real one with DATA_DIR or DATABASE_URL.',
};
