/** For the generated access test: houses, and who lives in them. */
import { v7 as uuid } from 'uuid';
import type { Fixture } from './access-fixtures.ts';
import type { TestApp } from './app.ts';

const fresh = (app: TestApp) => ({ id: uuid(), version: 1, createdAt: app.clock.now });

async function houseAt(app: TestApp, place: string): Promise<string> {
  const row = { ...fresh(app), estate: place, building: '3', unit: '2', room: uuid() };
  await app.engine.db.insert(app.engine.tables.houses).values(row);
  return row.id;
}

async function livesAt(app: TestApp, place: string, person: string): Promise<string> {
  const row = { ...fresh(app), house: await houseAt(app, place), person, relation: 'owner' as const };
  await app.engine.db.insert(app.engine.tables.residencies).values({ ...row, since: '2020-01-01' });
  return row.id;
}

export const homes: Readonly<Record<string, Fixture>> = {
  house: houseAt,

  resident: async (app, place) => {
    const person = await app.resident();
    await livesAt(app, place, person);
    return person;
  },

  helper: async (app, place) => {
    const row = { ...fresh(app), principal: uuid(), proxy: uuid(), may: 'view' as const, place };
    const given = { given: 'house' as const, paper: '', recordedBy: `person:${row.principal}` };
    const { proxies } = app.engine.tables;
    await app.engine.db
      .insert(proxies)
      .values({ ...row, ...given, since: '2026-06-01', until: '2027-06-01' });
    return row.id;
  },

  residency: (app, place) => livesAt(app, place, uuid()),
};
