/**
 * Three months of two estates through the real use cases, for whatever discloses them: services that are rated, voided
 * and earn nothing, points that are spent, refunded, taken back and end, and somebody who moves.
 */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { countBook } from '../../api/disclosure/index.ts';
import { addPlace } from '../../api/places/index.ts';
import { runExpiry } from '../../api/programme/index.ts';
import { rateService, recordService } from '../../api/volunteering/index.ts';
import { voidService } from '../../api/volunteering/void-service.ts';
import type { Grade } from '../../api/programme/index.ts';
import { actorNamed, demoTown, must, type DemoTown } from './demo-programme.ts';
import type { TestApp } from './whole-app.ts';

const at = (local: string): number => Date.parse(`${local}+08:00`);
const HOUR_MS = 3_600_000;

export interface DisclosedBook {
  readonly town: DemoTown;
  readonly second: string;
  /** Of the first estate, its tenant's neighbour who moves to the second on 1 July, and one who lives nowhere. */

  readonly wang: string;
  readonly mover: string;
  readonly visitor: string;
  readonly fund: DemoTown['volunteerFund'];
  count(): Promise<number>;
  /** Two hours of a service on a day from 9 in the morning, rated at once; its id. */
  serve(
    member: string,
    day: string,
    of?: { type?: string; grade?: Grade; trust?: 'scan' | 'typed' },
  ): Promise<string>;
  voided(service: string): Promise<void>;
}

export async function disclosedBook(app: TestApp): Promise<DisclosedBook> {
  const { deps } = app.server;
  app.clock.now = at('2026-06-01T08:00');
  const town = await demoTown(app);
  const second = must(
    await addPlace(deps, { book: 1, parent: town.community, kind: 'estate', name: `second ${uuid()}` }),
  ).id;
  const [wang, mover, visitor] = [await app.resident(), await app.resident(), await app.resident()];
  await town.settle(wang);
  const old = await town.settle(mover);
  const fund = town.volunteerFund;
  const [leader, rater] = [actorNamed(), actorNamed()];

  const serve: DisclosedBook['serve'] = async (member, day, of = {}) => {
    const { type = '人居环境', grade = 'satisfied', trust = 'scan' } = of;
    const [startsAt, endsAt] = [at(`${day}T09:00`), at(`${day}T11:00`)];
    app.clock.now = Math.max(app.clock.now, endsAt + HOUR_MS);
    const input = { member, type, startsAt, endsAt, attendedFrom: startsAt, attendedTo: endsAt, trust };
    const asked = { scope: 'test', key: uuid() };
    const recording = { input: { ...input, place: town.estate }, actor: leader, ...asked };
    const { service } = must(await recordService(deps, recording));
    if (trust === 'scan')
      must(await rateService(deps, { service, grade, actor: rater, scope: 'test', key: uuid() }));
    return service;
  };
  const voided: DisclosedBook['voided'] = async (service) => {
    must(await voidService(deps, { service, reason: '登记错了', actor: rater, scope: 'test', key: uuid() }));
  };
  const count = () => countBook(deps, 1);
  const book = { town, second, wang, mover, visitor, fund, count, serve, voided };

  const merchant = await town.merchant();
  const spend = (member: string, points: number, unit = 'VOL') => {
    const take = { points, unit };
    const terms = { '*': { mode: 'stocked' as const } };
    return town.posted([{ do: 'spend', member, redeemer: merchant.id, take, terms }]);
  };

  // June: 2 × 10 on a workday; 2 × 10 × 1.5 on a Saturday.
  const wrong = await serve(wang, '2026-06-10');
  await serve(wang, '2026-06-13', { type: '垃圾分类' });
  await serve(wang, '2026-06-17', { grade: 'dissatisfied' });
  await serve(mover, '2026-06-11');
  await serve(mover, '2026-06-12', { trust: 'typed' });
  await town.give(visitor, merchant.fund, 70, at('2026-08-01T00:00'));
  const [spent] = await spend(wang, 12);
  const slip = await serve(mover, '2026-06-18');
  await voided(slip);
  // July: what June gave is partly taken back; the mover has moved.
  app.clock.now = at('2026-07-01T00:00');
  const { residencies } = app.engine.tables;
  await app.engine.db.update(residencies).set({ until: '2026-07-01' }).where(eq(residencies.house, old));
  await settleAt(app, second, mover);
  await voided(wrong);
  await town.posted([{ do: 'refund', of: spent ?? 0, points: 5 }]);
  await serve(mover, '2026-07-04');
  await spend(visitor, 20, 'CON');
  // August: what is left of the consumer points has ended. September: nothing at all.
  app.clock.now = at('2026-08-02T03:00');
  await runExpiry(deps, 1, app.clock.now);
  app.clock.now = at('2026-09-02T03:00');
  return book;
}

async function settleAt(app: TestApp, estate: string, person: string): Promise<void> {
  const { houses, residencies } = app.engine.tables;
  const fresh = { version: 1, createdAt: app.clock.now };
  const house = { id: uuid(), estate, building: '1', unit: '1', room: '0101', ...fresh };
  await app.engine.db.insert(houses).values(house);
  const row = { id: uuid(), house: house.id, person, relation: 'owner' as const, since: '2026-07-01' };
  await app.engine.db.insert(residencies).values({ ...row, until: null, ...fresh });
}
