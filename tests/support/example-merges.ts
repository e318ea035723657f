/** Two registrations of one human, for the examples: fresh ones each time, in one house of the estate. */
import { v7 as uuid } from 'uuid';
import { personRow } from '../../api/identity/index.ts';
import { askToMerge } from '../../api/places/ask-to-merge.ts';
import { mergeSides, type Pair } from '../../api/places/merge-sides.ts';
import { findMerge } from '../../api/places/merge-requests.ts';
import type { PersonActor } from '../../api/platform/index.ts';
import { actorNamed, must } from './demo-programme.ts';
import type { TestApp } from './whole-app.ts';

export async function twoOfOne(app: TestApp, estate: string): Promise<Pair> {
  const { db, tables } = app.engine;
  const { houses, people, residencies } = tables;
  const at = app.clock.now;
  const house = { id: uuid(), version: 1, estate, building: '9', unit: '1', room: uuid(), createdAt: at };
  await db.insert(houses).values(house);
  const lives = async (phone: string) => {
    const person = personRow({ id: uuid(), name: '王小明', phone }, at);
    await db.insert(people).values(person);
    const row = { id: uuid(), version: 1, house: house.id, person: person.id, createdAt: at };
    await db.insert(residencies).values({ ...row, relation: 'owner', since: '2024-05-01' });
    return person.id;
  };
  return { keeper: await lives('13900010001'), duplicate: await lives('13900010002') };
}

/** A merge of two such people that waits for somebody else than `by`. */
export async function waitingMerge(app: TestApp, estate: string, by?: PersonActor): Promise<string> {
  const colleague = by ?? actorNamed(uuid(), { role: 'staff', place: estate });
  const pair = await twoOfOne(app, estate);
  const { seen } = must(await mergeSides(app.server.deps, colleague, pair));
  return must(await askToMerge(app.server.deps, colleague, { ...pair, reason: '本人核对', seen })).id;
}

export function mergeThings(app: TestApp, { estate, worker }: { estate: string; worker: string }) {
  const operator = (person: string) => actorNamed(person, { role: 'operator', place: '' });
  let pair: Pair | undefined;
  let waiting = '';
  const seenOf = async (of: Pair) => must(await mergeSides(app.server.deps, operator(uuid()), of)).seen;
  return {
    keeper: async () => {
      pair = await twoOfOne(app, estate);
      return pair.keeper;
    },
    duplicate: () => Promise.resolve(pair!.duplicate),
    seenTogether: () => seenOf(pair!),
    personMerge: async () => {
      waiting = await waitingMerge(app, estate);
      return waiting;
    },
    seenWaiting: async () => seenOf((await findMerge(app.engine, waiting))!),
    ownMerge: () => waitingMerge(app, estate, operator(worker)),
  };
}
