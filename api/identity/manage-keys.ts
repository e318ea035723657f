import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { mayAt, problem } from '../platform/index.ts';
import type { Actor, After, Instant, PlaceTree, Problem, Scope } from '../platform/index.ts';
import { mintToken } from './system-keys.ts';
import type { SystemKeys } from './system-keys.ts';

interface KeyDeps {
  readonly engine: Engine;
  readonly keys: SystemKeys;
  readonly places: PlaceTree;
}

/** What may be shown of a key later: never the key. */
export interface SystemKeyView {
  readonly id: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: string[];
  readonly book: number;
  readonly place: string;
  readonly createdAt: Instant;
  readonly revokedAt: Instant | null;
  readonly lastUsedAt: Instant | null;
}

export interface CreateKeyInput {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly book: number;
  readonly place: string;
  readonly createdBy: string;
  readonly now: Instant;
}

/** Makes a key and tells it once: only its hash is kept. For the operator's routes and commands, which check who asks. */
export async function createSystemKey(
  engine: Engine,
  input: CreateKeyInput,
): Promise<{ readonly token: string; readonly view: SystemKeyView }> {
  const { token, prefix, hash } = mintToken();
  const { now, ...given } = input;
  const row = {
    ...given,
    scopes: [...input.scopes],
    prefix,
    createdAt: now,
    revokedAt: null,
    lastUsedAt: null,
  };
  await engine.db.insert(engine.tables.systemKeys).values({ ...row, hash });
  const { createdBy: _by, ...view } = row;
  return { token, view };
}

/** Revokes a key: at once here, within a second in the other processes. Revoking it again changes nothing. */
export async function revokeSystemKey(
  deps: KeyDeps,
  by: Actor,
  input: { id: string; now: Instant },
): Promise<Problem | undefined> {
  const { systemKeys } = deps.engine.tables;
  const [row] = await deps.engine.db.select().from(systemKeys).where(eq(systemKeys.id, input.id));
  if (row === undefined || !(await mayAt(by, ['operator'], row.place, deps.places)))
    return problem('not-found');
  await deps.engine.db
    .update(systemKeys)
    .set({ revokedAt: input.now })
    .where(and(eq(systemKeys.id, input.id), isNull(systemKeys.revokedAt)));
  deps.keys.forget(row.hash);
  return undefined;
}

/** The keys that this operator may see, in the order in which they were made. */
export async function listSystemKeys(
  deps: KeyDeps,
  by: Actor,
  page: { limit: number; after: After | undefined },
): Promise<SystemKeyView[]> {
  const t = deps.engine.tables.systemKeys;
  const columns = {
    id: t.id,
    name: t.name,
    prefix: t.prefix,
    scopes: t.scopes,
    book: t.book,
    place: t.place,
    createdAt: t.createdAt,
    revokedAt: t.revokedAt,
    lastUsedAt: t.lastUsedAt,
  };
  const seen: SystemKeyView[] = [];
  let after = page.after === undefined ? '' : String(page.after.id);
  // An operator of a part sees that part's keys; keys are few, so they are sifted here, page by page.
  while (seen.length < page.limit) {
    const rows = await deps.engine.reader
      .select(columns)
      .from(t)
      .where(gt(t.id, after))
      .orderBy(asc(t.id))
      .limit(100);
    for (const row of rows) if (await mayAt(by, ['operator'], row.place, deps.places)) seen.push(row);
    const last = rows.at(-1);
    if (rows.length < 100 || last === undefined) break;
    after = last.id;
  }
  return seen.slice(0, page.limit);
}
