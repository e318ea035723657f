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

/** Two rows of a funder's that say the same, and the two documents that they may be. */
export async function tiedStatement(app: TestApp, place: string) {
  const { db, tables } = app.engine;
  const statement = await ofFunds.funderStatement(app, place);
  const row = { statement, field: 'accepted' as const, party: '', partyText: '结算中心', number: '' };
  const there = [1, 2].map((rowNumber) => ({
    ...{ ...row, id: uuid(), kind: 'missing-here' as const, rowNumber, ours: null, theirs: 360, tie: true },
  }));
  const here = ['DK-2605-0001', 'DK-2605-0002'].map((number) => ({
    ...{ ...row, id: uuid(), kind: 'missing-there' as const, rowNumber: null, number, theirs: null },
    ...{ ours: 360, tie: false },
  }));
  for (const one of [...there, ...here]) await db.insert(tables.fundDifferences).values(one);
  return { statement, theirs: there.map(({ id }) => id), ours: here.map(({ id }) => id) };
}

type Tied = Awaited<ReturnType<typeof tiedStatement>>;
const lastTied = new Map<string, Tied>();

/** The last one of a place: whoever names its rows there names its statement, too. */
export async function lastTiedAt(app: TestApp, place: string): Promise<Tied> {
  const last = lastTied.get(place) ?? (await tiedStatement(app, place));
  lastTied.set(place, last);
  return last;
}

export async function freshRowAt(app: TestApp, place: string, side: 'theirs' | 'ours'): Promise<string> {
  lastTied.delete(place);
  return (await lastTiedAt(app, place))[side][0]!;
}

export const ofFunds = {
  fund: (app, place) => fundAt(app, place),

  agreement: async (app, place) => {
    const [id, createdAt] = [uuid(), app.clock.now];
    const terms = { fund: '*', mode: 'stocked' as const, via: '', factor: 10_000, validTo: null };
    const row = { id, version: 1, createdAt, redeemer: place, ...terms };
    const validFrom = createdAt - Math.floor(Math.random() * 1e9);
    await app.engine.db.insert(app.engine.tables.agreements).values({ ...row, validFrom });
    return id;
  },

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

  fundPairing: async (app, place) => {
    const { db, tables } = app.engine;
    const { statement, theirs, ours } = await tiedStatement(app, place);
    const id = uuid();
    const sums = { oursRows: 1, oursFen: 360, theirsFen: 360, reason: '' };
    const made = { version: 1, statement, number: 1, theirs: theirs[0]!, ...sums, by: 'person:test' };
    await db.insert(tables.fundPairings).values({ id, ...made, at: app.clock.now });
    for (const difference of [theirs[0]!, ours[0]!])
      await db.insert(tables.fundPairingRows).values({ id: uuid(), pairing: id, difference });
    return id;
  },
} satisfies Record<string, Fixture>;
