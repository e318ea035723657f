/** Relatives who act for residents (代办), for tests. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { FOR_HEADER } from '../../api/platform/index.ts';
import type { TestApp, TestPerson, Visitor } from './whole-app.ts';

type Given = { may: 'view' | 'spend'; until?: string; endedAt?: number };

/** Somebody who can sign in and has, with the principal's consent as the row says. */
export async function helperOf(
  app: TestApp,
  principal: string,
  { may, until = '2027-06-01', endedAt }: Given,
): Promise<TestPerson & { consent: string }> {
  const person = await app.person();
  const { people } = app.engine.tables;
  await app.engine.db.update(people).set({ name: '李敏' }).where(eq(people.id, person.id));
  const row = { id: uuid(), version: 1, principal, proxy: person.id, may, since: '2026-06-01', until };
  const given = { given: 'house' as const, paper: '', place: '', recordedBy: `person:${principal}` };
  const ended = endedAt === undefined ? {} : { endedAt, endedBy: 'test' };
  await app.engine.db
    .insert(app.engine.tables.proxies)
    .values({ ...row, ...given, ...ended, createdAt: app.clock.now });
  return { ...person, consent: row.id };
}

/** What they send while they act for somebody. */
export function actingFor(by: Visitor, principal: string): Visitor {
  return { headers: { ...by.headers, [FOR_HEADER]: principal } };
}
