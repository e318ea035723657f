/** A resident hears that the firm has posted their offset: once, with the points that it used, and only they. */
import { expect, it } from 'vitest';
import { explainers } from '../../api/app.ts';
import { makeNotices } from '../../api/notices/index.ts';
import { signIn } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { residentOf } from '../support/fees-world.ts';
import { openJune, postedRow, takePosted } from '../support/june-month.ts';

type Told = { items: { kind: string; text: { zh: string }; transaction?: string }[] };

eachEngine((_name, open) => {
  it('an offset that the firm’s list has is told to whose points it took, and nothing before or twice', async () => {
    const world = await openJune(open, { rooms: ['0501', '0502'], points: { con: 2_000 } });
    const { app, estate, deps } = world;
    app.clock.now += 24 * 3_600_000;
    const staff = await app.person({ role: 'staff', place: estate.id });
    const noticesOf = async (room: string) => {
      const person = await residentOf(world, room);
      const username = `u.${room}`;
      const json = { username, password: 'spring 2026 magnolia' };
      await app.request(`/api/v1/people/${person}/sign-in`, { method: 'PUT', by: staff, json });
      const cookie = await signIn(app.request, username, json.password);
      const answer = await app.request('/api/v1/me/notices', { by: { headers: { cookie } } });
      return ((await answer.json()) as Told).items.filter(({ kind }) => kind === 'offset-posted');
    };
    await makeNotices(deps, explainers);
    expect(await noticesOf('0501')).toEqual([]);
    await takePosted(world, 'posted.csv', [postedRow(1, '10.00')]);
    for (let runs = 0; runs < 2; runs += 1) await makeNotices(deps, explainers);
    const [told, ...more] = await noticesOf('0501');
    expect([told?.text.zh, more]).toEqual([expect.stringMatching(/1,?000/), []]);
    expect(told?.transaction).toMatch(/^\d+$/);
    expect(await noticesOf('0502')).toEqual([]);
  });
});
