/** Changes of a firm's mappings as somebody else asked for them. */
import { v7 as uuid } from 'uuid';
import { ownerOf } from '../../api/fees/bill-mappings.ts';
import type { TestApp } from './whole-app.ts';

const BODY = {
  header: ['楼房', '名目', '所属', '本次'],
  columns: [{ column: '楼房', field: 'room' as const }],
};

type Of = { estate: string; colleague: string; state?: 'waiting' | 'approved' };

/** One of another mapping each time; one in force is the mapping's first version. */
export async function firmChange(
  app: TestApp,
  { estate, colleague, state = 'waiting' }: Of,
): Promise<string> {
  const { db, tables } = app.engine;
  const firm = await ownerOf(app.server.deps, estate);
  const [id, now] = [uuid(), app.clock.now];
  const of = { kind: 'mapping' as const, name: id, before: null, after: JSON.stringify(BODY), follows: 0 };
  const made = { version: 1, firm, estate, ...of, state, askedBy: colleague, createdAt: now };
  const ended = state === 'waiting' ? {} : { endedBy: colleague, endedAt: now };
  await db.insert(tables.firmChanges).values({ id, ...made, ...ended });
  if (state === 'approved') {
    const row = { id: uuid(), version: 1, firm, name: id, ...BODY, savedBy: colleague, createdAt: now };
    await db.insert(tables.feeMappings).values(row);
  }
  return id;
}

export function firmChangeThings(app: TestApp, of: Omit<Of, 'state'>) {
  return {
    firmChange: () => firmChange(app, of),
    firmChangeDeclined: () => firmChange(app, of),
    firmChangeMade: () => firmChange(app, { ...of, state: 'approved' }),
  };
}
