/**
 * For the generated access test: one thing of each kind, at a given place. A new path parameter gets one line here; the
 * test fails with its name until it does.
 */
import { v7 as uuid } from 'uuid';
import { isProblem, post } from '../../api/platform/index.ts';
import type { TestApp } from './app.ts';

/** Ids of the right shape that nothing has, where a random UUID is not of that shape. */
export const absent: Readonly<Record<string, string>> = { book: '99', transaction: '1' };

export type Fixture = (app: TestApp, place: string) => Promise<string>;

export const fixtures: Readonly<Record<string, Fixture>> = {
  place: (_app, place) => Promise.resolve(place),

  person: (app, place) => app.resident({ role: 'member', place }),

  grant: async (app, place) => {
    const id = uuid();
    const row = { id, person: uuid(), role: 'member', place, validFrom: 0, validTo: null, grantedBy: 'test' };
    await app.engine.db.insert(app.engine.tables.roles).values(row);
    return id;
  },

  book: async (app, place) => String(await app.server.deps.places.bookOf(place)),

  owner: () => Promise.resolve(uuid()),

  transaction: async (app, place) => {
    const book = (await app.server.deps.places.bookOf(place)) ?? 0;
    const ask = { book, scope: 'test', key: uuid(), request: 'budget' };
    const commands = [{ do: 'budget' as const, unit: 'VOL', fund: uuid(), amount: 100 }];
    const posted = await post(app.server.deps, ask, { actor: 'test', place, commands });
    if (isProblem(posted)) throw new Error(posted.code);
    return String(posted.transactions[0]);
  },

  key: async (app, place) => (await app.key({ scopes: ['ledger:read'], place })).id,
};
