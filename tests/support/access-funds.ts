/** A fund at a place, and what its funder says of a month: for the generated access test. */
import { v7 as uuid } from 'uuid';
import type { Fixture } from './access-fixtures.ts';
import type { TestApp } from './whole-app.ts';

export async function fundAt(app: TestApp, place: string): Promise<string> {
  const [id, createdAt] = [uuid(), app.clock.now];
  const book = (await app.server.deps.places.bookOf(place)) ?? 0;
  const row = {
    id,
    version: 1,
    book,
    place,
    createdAt,
    name: '经费',
    unit: `U${id.slice(-6).toUpperCase()}`,
  };
  await app.engine.db.insert(app.engine.tables.funds).values({ ...row, rateMicro: 1, budgetReturns: true });
  return id;
}

export const ofFunds = {
  fund: (app, place) => fundAt(app, place),

  funderStatement: async (app, place) => {
    const [id, createdAt] = [uuid(), app.clock.now];
    const of = { fund: await fundAt(app, place), month: '2026-05', number: 1, source: 'typed' as const };
    const said = { fileName: '', fileHash: uuid(), rows: 1, matched: 1, differences: 0, theirsFen: null };
    const row = {
      id,
      version: 1,
      createdAt,
      ...of,
      ...said,
      ...{ oursFen: 0, rejected: 0, reason: '' },
      takenBy: 'person:test',
    };
    await app.engine.db.insert(app.engine.tables.funderStatements).values(row);
    return id;
  },
} satisfies Record<string, Fixture>;
