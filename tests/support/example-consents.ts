/** What the examples of acting for somebody (代办) name. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { nameHelper } from '../../api/acting/index.ts';
import { makeHelperCode } from '../../api/acting/make-helper-code.ts';
import type { NamedInExamples } from '../../api/platform/index.ts';
import { must } from './demo-programme.ts';
import type { ExampleEstate } from './example-things.ts';

export function consentsOf({ app, made, member }: ExampleEstate) {
  const { deps } = app.server;
  const { db, tables } = app.engine;
  const { estate } = made;

  /** Somebody new of the member's house. */
  async function housemate(): Promise<string> {
    const { residencies: t } = tables;
    const [home] = await db.select({ house: t.house }).from(t).where(eq(t.person, member)).limit(1);
    const person = await app.resident({ role: 'member', place: estate });
    const row = { id: uuid(), version: 1, house: home!.house, person, createdAt: app.clock.now };
    await db.insert(t).values({ ...row, relation: 'family', since: '2026-01-01' });
    return person;
  }

  return {
    housemate,
    async helper() {
      const of = { principal: member, proxy: await housemate(), place: estate, by: `person:${member}` };
      const consent = must(await nameHelper(deps, { ...of, may: 'view', given: 'house' }));
      // As many as there are examples: five is a family's most.
      const { proxies: t } = tables;
      await db.update(t).set({ until: '2026-06-21' }).where(eq(t.id, consent.id));
      return consent.id;
    },
    async helperDigits() {
      return (await makeHelperCode(deps, await app.resident())).digits;
    },
  } satisfies Partial<Record<NamedInExamples, () => Promise<string>>>;
}
