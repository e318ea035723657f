/** Whose WeChat it is: bound by its owner alone, one to one, until it is removed or somebody else sets a password. */
import { beforeEach, expect, it } from 'vitest';
import { erasePerson, sweepIdentity } from '../../api/identity/index.ts';
import { codeOf } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { registeredAsDead } from '../support/registered-as-dead.ts';
import { jarOf, openWechatWorld, type Jar, type WechatWorld } from '../support/wechat-world.ts';

const MINUTE_MS = 60_000;

eachEngine((_name, open) => {
  let world: WechatWorld;
  beforeEach(async () => {
    world = await openWechatWorld(await open());
  });

  it('the two apps know one phone by two openids, and each is bound for itself', async () => {
    await world.bound(world.member, 'desk');
    expect(await (await world.through(new Map(), 'inside')).json()).toEqual({ outcome: 'unbound' });
    await world.bound(world.member, 'inside');
    expect(await (await world.through(new Map(), 'inside')).json()).toMatchObject({ outcome: 'signed-in' });
  });

  it('the picture that WeChat shows before a page is opened wholly is bound to nobody', async () => {
    world.wechat.trouble = 'snapshot';
    const jar = jarOf(world.member);
    expect(await codeOf(await world.through(jar, 'inside'))).toBe('wechat-snapshot');
    expect(await codeOf(await world.confirm(jar))).toBe('wechat-ended');
  });

  it('one WeChat is one person, and one person has one WeChat of an app', async () => {
    await world.bound(world.member);
    const neighbour = await world.app.person({ role: 'member', place: world.estate });
    const jar = jarOf(neighbour);
    expect(await codeOf(await world.through(jar))).toBe('wechat-of-another');
    expect(await world.meOf(jar)).toBe(neighbour.id);
    world.wechat.owner = 'li';
    const mine = jarOf(world.member);
    expect(await (await world.through(mine)).json()).toEqual({ outcome: 'unbound' });
    expect(await codeOf(await world.confirm(mine))).toBe('wechat-has-another');
    // Two confirm the same WeChat at the same moment.
    const [one, two] = [
      jarOf(neighbour),
      jarOf(await world.app.person({ role: 'member', place: world.estate })),
    ];
    for (const each of [one, two]) await world.through(each);
    const both = await Promise.all([world.confirm(one), world.confirm(two)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('what waits to be confirmed counts for a quarter of an hour, in this browser, and cannot be made up', async () => {
    const jar = jarOf(world.member);
    await world.through(jar);
    const [name, sealed = ''] = [...jar].find(([key]) => key.endsWith('waiting'))!;
    jar.set(
      name,
      sealed.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    );
    expect(await codeOf(await world.confirm(jar))).toBe('wechat-ended');
    jar.set(name, sealed);
    world.app.clock.now += 15 * MINUTE_MS;
    expect(await codeOf(await world.confirm(jar))).toBe('wechat-ended');
  });

  it('a WeChat is removed, signs nobody in any more, and both stand in the access log', async () => {
    await world.bound(world.member);
    const jar = jarOf(world.member);
    expect((await world.remove(jar)).status).toBe(204);
    expect((await world.remove(jar)).status).toBe(204);
    expect(await (await world.through(new Map())).json()).toEqual({ outcome: 'unbound' });
    const logged = (await world.logOf(world.member.id)).filter(({ action }) => action.endsWith('wechat'));
    const who = { actor: `person:${world.member.id}`, place: world.estate };
    expect(logged).toMatchObject([
      { ...who, action: 'bind-wechat' },
      { ...who, action: 'unbind-wechat' },
    ]);
    const auditor = await world.app.person({ role: 'auditor', place: world.estate });
    const read = await world.app.request(`/api/v1/places/${world.estate}/access-log?action=bind-wechat`, {
      by: auditor,
    });
    expect(((await read.json()) as { items: object[] }).items).toHaveLength(1);
  });

  it('a password that somebody else sets ends it, as it ends every other way in', async () => {
    await world.bound(world.member);
    const staff = await world.app.person({ role: 'staff', place: world.estate });
    const json = { username: world.member.username, password: 'what staff chose 2026' };
    await world.app.request(`/api/v1/people/${world.member.id}/sign-in`, { method: 'PUT', by: staff, json });
    const ended = (await world.logOf(world.member.id)).filter(({ action }) => action === 'unbind-wechat');
    expect(ended).toMatchObject([{ actor: `person:${staff.id}` }]);
    expect(await (await world.through(new Map())).json()).toEqual({ outcome: 'unbound' });
  });

  it('who is erased is signed in by nothing any more', async () => {
    await world.bound(world.member);
    const erased = {
      person: world.member.id,
      by: 'operator:test',
      place: world.estate,
      reason: '',
      now: world.app.clock.now,
    };
    await erasePerson(world.app.engine, { ...erased, logId: world.app.server.deps.ids() });
    expect(await (await world.through(new Map())).json()).toEqual({ outcome: 'unbound' });
  });

  it('who is registered as dead is told so after WeChat has said who they are, until it is put right', async () => {
    await world.bound(world.member);
    const takeBack = await registeredAsDead(world.app, { person: world.member.id, estate: world.estate });
    const jar: Jar = new Map();
    expect(await codeOf(await world.through(jar))).toBe('account-ended');
    expect(await world.meOf(jar)).toBe(401);
    await takeBack();
    expect(await (await world.through(jar)).json()).toMatchObject({ outcome: 'signed-in' });
  });

  it('nothing of WeChat’s is stored or logged: no token, no openid, no code', async () => {
    await world.bound(world.member);
    for (const trouble of ['wrong-secret', 'broken', 'none'] as const) {
      world.wechat.trouble = trouble;
      await world.through(new Map());
    }
    const { wechatBindings, wechatReturns, accessLog, credentials, users, sessions } =
      world.app.engine.tables;
    const tables = [wechatBindings, wechatReturns, accessLog, credentials, users, sessions];
    const rows = await Promise.all(tables.map((table) => world.app.engine.db.select().from(table)));
    const kept = JSON.stringify([rows, world.app.logged]);
    const codes = world.wechat.asked.flatMap((url) => url.searchParams.get('code') ?? []);
    expect(world.wechat.given.length * codes.length).toBeGreaterThan(0);
    for (const secret of [...world.wechat.given, ...codes, world.wechat.config.apps.desk!.secret])
      expect(kept).not.toContain(secret);
    world.app.clock.now += 11 * MINUTE_MS;
    await sweepIdentity(world.app.engine, world.app.clock.now);
    expect(await world.app.engine.db.select().from(wechatReturns)).toEqual([]);
  });
});
