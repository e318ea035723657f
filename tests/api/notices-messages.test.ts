/** How notices reach people who do not open the pages: by a provider, or by whoever is at the desk, and once. */
import { beforeEach, describe, expect, it } from 'vitest';
import { explainers } from '../../api/app.ts';
import type { Engine } from '../../api/db/index.ts';
import { makeNotices } from '../../api/notices/index.ts';
import type { Carried, Message, MessageProvider } from '../../api/platform/index.ts';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, Visitor } from '../support/app.ts';
import { eachEngine, openForTest } from '../support/database.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';

const DAY_MS = 86_400_000;

type Line = {
  id: string;
  version: number;
  state: string;
  mayHaveCome: boolean;
  person: { id: string; name: string; house?: string };
  text: { zh: string };
  doneByName?: string;
};

/** A carrier that keeps what it was given, and answers as it is told to. */
function carrier(answers: (Carried | Error)[] = []) {
  const carried: Message[] = [];
  const provider: MessageProvider = {
    channels: ['sms'],
    send: (message) => {
      carried.push(message);
      const answer = answers.shift() ?? 'sent';
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
  return { carried, provider };
}

eachEngine((_name, open) => {
  let engine: Engine;
  let app: TestApp;
  let town: DemoTown;
  let member: string;

  async function begin(messages?: MessageProvider): Promise<void> {
    const off = { perSecond: 0, burst: 0 };
    engine = await open();
    app = await startApp(engine, {
      config: { limits: { key: off, person: off, address: off } },
      ...(messages && { messages }),
    });
    town = await demoTown(app);
    member = await app.resident({ role: 'member', place: town.estate });
    await town.settle(member);
  }
  beforeEach(() => begin());

  const make = (more: Partial<TestApp['server']['deps']> = {}) =>
    makeNotices({ ...app.server.deps, ...more }, explainers);
  const sent = () => engine.db.select().from(engine.tables.deliveries);
  const get = async <Answer>(path: string, by: Visitor): Promise<Answer> => {
    const answer = await app.request(`/api/v1${path}`, { by });
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as Answer;
  };
  const series = (days: number) => app.clock.now + days * DAY_MS;

  describe('without a provider', () => {
    it('they wait at the desk of the person’s estate, masked, until somebody has told them', async () => {
      const staff = await app.person({ role: 'staff', place: town.community });
      await town.give(member, (await town.merchant()).fund, 36, series(20));
      await make();
      const { items } = await get<{ items: Line[] }>(`/places/${town.estate}/outbox`, staff);
      expect(items).toMatchObject([{ state: 'waiting', mayHaveCome: false, person: { name: '王*' } }]);
      expect(items[0]?.person.house).toMatch(/^3栋2单元/);
      const path = `/api/v1/deliveries/${items[0]!.id}/told`;
      const tell = () => app.request(path, { json: { version: 1 }, by: staff });
      expect((await tell()).status).toBe(204);
      expect(await codeOf(await tell())).toBe('already-done');
      const done = await get<{ items: Line[] }>(`/places/${town.estate}/outbox?state=told`, staff);
      expect(done.items).toMatchObject([{ state: 'told', doneByName: '王*' }]);
      expect(await get(`/places/${town.estate}/outbox`, staff)).toEqual({ items: [] });
    });
  });

  describe('with a provider', () => {
    const due = async (answers: (Carried | Error)[] = []) => {
      const hook = carrier(answers);
      await begin(hook.provider);
      await town.give(member, (await town.merchant()).fund, 36, series(20));
      return hook;
    };

    it('each is sent once, also by two processes at the same moment', async () => {
      const { carried, provider } = await due();
      const other = await openForTest(engine.target);
      await Promise.allSettled([make(), make({ engine: other, messages: provider })]);
      await Promise.allSettled([make(), make({ engine: other, messages: provider })]);
      expect(carried).toHaveLength(1);
      expect(carried[0]).toMatchObject({ channel: 'sms', person: member, phone: '13800000001' });
      expect(carried[0]?.text).toContain('36 分消费积分');
      expect(await sent()).toMatchObject([{ state: 'sent' }]);
    });

    it('what was refused is tried again later, and goes to the desk in the end', async () => {
      const { carried } = await due(['refused', 'refused', 'refused']);
      for (let tries = 0; tries < 5; tries += 1) {
        await make();
        await make();
        app.clock.now += 3_600_000;
      }
      expect(carried).toHaveLength(3);
      expect(new Set(carried.map(({ id }) => id)).size).toBe(1);
      expect(await sent()).toMatchObject([{ state: 'waiting' }]);
    });

    it('what may have come is not sent again: somebody asks', async () => {
      const { carried } = await due(['unknown']);
      for (let tries = 0; tries < 3; tries += 1) {
        await make();
        app.clock.now += 3_600_000;
      }
      expect(carried).toHaveLength(1);
      expect(await sent()).toMatchObject([{ state: 'waiting', tries: 1 }]);
    });

    it('a program that stopped while it was sending does not send again', async () => {
      const { carried } = await due([new Error('killed')]);
      await make().catch(() => undefined);
      expect(await sent()).toMatchObject([{ state: 'sending' }]);
      await make();
      expect(await sent()).toMatchObject([{ state: 'sending' }]);
      app.clock.now += 6 * 60_000;
      await make();
      expect(await sent()).toMatchObject([{ state: 'waiting', tries: 1 }]);
      expect(carried).toHaveLength(1);
    });
  });
});
